using WaGrains.Domain.Messaging;

namespace WaGrains.Domain.Stops;

/// <summary>A tenant's stops as numbers look them up: by account and template. Immutable.</summary>
public sealed class StopBook
{
    private readonly ILookup<(string Account, string? Template), SendStop> _stops;

    /// <summary>Takes the stops of a tenant; null for none.</summary>
    public StopBook(IReadOnlyList<SendStop>? stops)
    {
        All = stops ?? [];
        _stops = All.ToLookup(stop => (stop.Account, stop.Template));
    }

    /// <summary>No stops.</summary>
    public static StopBook None { get; } = new(null);

    /// <summary>Every stop that was noted, ended ones too.</summary>
    public IReadOnlyList<SendStop> All { get; }

    /// <summary>Why nothing of this account may leave now; null if something may.</summary>
    public SendStop? OfAccount(string account, DateTimeOffset now) =>
        All.Count == 0 ? null : Wide(account).FirstOrDefault(
            stop => stop.Scope == StopScope.Everything && stop.HoldsAt(now));

    /// <summary>Why this message of this account may not leave now; null if it may.</summary>
    public SendStop? Of(string account, MessageContent content, DateTimeOffset now)
    {
        if (All.Count == 0)
        {
            return null;
        }

        IEnumerable<SendStop> candidates = content is TemplateContent template
            ? Wide(account).Concat(_stops[(account, template.Name)])
            : Wide(account);
        return candidates.FirstOrDefault(stop => stop.HoldsAt(now) && stop.Concerns(account, content));
    }

    private IEnumerable<SendStop> Wide(string account) => _stops[(account, null)];
}
