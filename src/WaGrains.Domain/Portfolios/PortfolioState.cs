using System.Text.Json.Serialization;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Portfolios;

/// <summary>What of a portfolio is stored in its own row; who was written to is in the reservations' rows.</summary>
public sealed record PortfolioState
{
    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Which.</summary>
    public required PortfolioId Id { get; init; }

    /// <summary>How many durable writes the row has had. Each grant is one, so that of two lives only one can
    /// grant.</summary>
    public long Version { get; init; }

    /// <summary>Meta's limit, as last told.</summary>
    public MessagingLimit Limit { get; init; }

    /// <summary>Since when; null where nobody has told any.</summary>
    public DateTimeOffset? LimitSince { get; init; }

    /// <summary>Who has told it: webhook, number_read, operator; null where nobody has.</summary>
    public string? LimitCause { get; init; }

    /// <summary>The numbers that have asked for budget here, or were told to, by id.</summary>
    public IReadOnlyList<PhoneNumberId> Numbers { get; init; } = [];

    /// <summary>Since when somebody has been waiting for budget; null while there is enough.</summary>
    public DateTimeOffset? FullSince { get; init; }

    /// <summary>Meta has refused for the limit, whatever we count: nobody new is written to before this.</summary>
    public DateTimeOffset? StoppedUntil { get; init; }

    /// <summary>Its address.</summary>
    [JsonIgnore]
    public OwnerKey Owner => OwnerKey.Of(Tenant, Id);

    /// <summary>Whether Meta's refusal holds.</summary>
    public bool IsStopped(DateTimeOffset now) => StoppedUntil > now;
}

/// <summary>Writes a portfolio's row.</summary>
public sealed record PortfolioWritten(PortfolioState State) : StateWritten
{
    /// <summary>The state this write follows: what the feed of events tells the difference from. Null: unknown, and
    /// nothing is told.</summary>
    public PortfolioState? Before { get; init; }

    /// <inheritdoc/>
    public override long Version => State.Version;

    /// <inheritdoc/>
    public override OwnerKey Owner => State.Owner;
}

/// <summary>
/// One message to somebody outside their service window. It is held while it may still be delivered, and counted
/// for 24 hours from when it was.
/// </summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Portfolio">On whose budget.</param>
/// <param name="Message">The message: what becomes of it decides about the reservation.</param>
/// <param name="Contact">To whom; one person counts once, however many messages there are.</param>
/// <param name="Number">Who sends it.</param>
/// <param name="At">When it was granted.</param>
/// <param name="ExpiresAt">Until when it counts; null while it is held.</param>
public sealed record BudgetReservation(
    TenantId Tenant,
    PortfolioId Portfolio,
    MessageId Message,
    ContactId Contact,
    PhoneNumberId Number,
    DateTimeOffset At,
    DateTimeOffset? ExpiresAt);

/// <summary>Writes a reservation, over the one that stands for its message.</summary>
public sealed record BudgetReserved(BudgetReservation Row) : Change;

/// <summary>Takes a reservation away, whether it stands or not.</summary>
public sealed record BudgetReleased(TenantId Tenant, PortfolioId Portfolio, MessageId Message) : Change;
