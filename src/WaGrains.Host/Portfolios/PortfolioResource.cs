using WaGrains.Domain.Ids;
using WaGrains.Domain.Portfolios;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Portfolios;

/// <summary>A business portfolio: with how many different people its numbers may start conversations outside their
/// service windows in any 24 hours, and how many they have.</summary>
/// <param name="Id">Its id.</param>
/// <param name="LimitState">unknown while Meta has not told, limited or unlimited. Nobody is counted unless
/// limited.</param>
/// <param name="Limit">People in any 24 hours; null unless limited.</param>
/// <param name="LimitSince">Since when; null where nobody has told.</param>
/// <param name="LimitCause">Who has told: webhook, number_read or operator; null where nobody has.</param>
/// <param name="Counted">People who were written to and count now.</param>
/// <param name="Held">People, beside those, for whom budget is held: messages to them wait, or are on their
/// way.</param>
/// <param name="Unused">Limit less counted and held; null unless limited.</param>
/// <param name="NextToExpire">When the next of them ceases to count; null where there is none.</param>
/// <param name="FullSince">Since when messages have been waiting for it; null while none does.</param>
/// <param name="StoppedUntil">Meta has refused for the limit: nobody new is written to before this; null where it has
/// not.</param>
/// <param name="Numbers">Its numbers.</param>
internal sealed record PortfolioResource(
    PortfolioId Id,
    LimitState LimitState,
    int? Limit,
    DateTimeOffset? LimitSince,
    string? LimitCause,
    int Counted,
    int Held,
    int? Unused,
    DateTimeOffset? NextToExpire,
    DateTimeOffset? FullSince,
    DateTimeOffset? StoppedUntil,
    IReadOnlyList<PhoneNumberId> Numbers)
{
    public static PortfolioResource Of(PortfolioView view)
    {
        var state = view.State;
        return new PortfolioResource(
            state.Id,
            state.Limit == MessagingLimit.Unlimited ? LimitState.Unlimited
                : state.Limit.IsOpen ? LimitState.Unknown
                : LimitState.Limited,
            state.Limit.IsOpen ? null : state.Limit.Users,
            state.LimitSince,
            state.LimitCause,
            view.Counted,
            view.Held,
            view.Unused,
            view.NextExpiry,
            state.FullSince,
            state.StoppedUntil,
            state.Numbers);
    }
}

/// <summary>What is known of a messaging limit.</summary>
internal enum LimitState
{
    /// <summary>Meta has not told.</summary>
    Unknown,

    /// <summary>So many people.</summary>
    Limited,

    /// <summary>As many as one likes.</summary>
    Unlimited,
}

/// <summary>A portfolio's messaging limit: exactly one of the two.</summary>
/// <param name="Users">People in any 24 hours, 1 to 1,000,000.</param>
/// <param name="Unlimited">true for no limit.</param>
internal sealed record LimitRequest(int? Users = null, bool? Unlimited = null)
{
    private const int UsersMax = 1_000_000;

    [System.Text.Json.Serialization.JsonIgnore]
    public MessagingLimit Limit => Users is { } users ? new MessagingLimit(users) : MessagingLimit.Unlimited;

    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<FieldMistake> Mistakes() =>
        Users is < 1 or > UsersMax ? [new FieldMistake("users", "out_of_range", $"1 to {UsersMax}.")]
        : Users is null && Unlimited is not true
            ? [new FieldMistake("users", "missing", "Give users, or unlimited as true.")]
        : Users is not null && Unlimited is true
            ? [new FieldMistake("unlimited", "not_allowed", "There cannot be both a number and no limit.")]
        : [];
}
