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
        All.Count == 0 ? null : Held(Wide(account), now).FirstOrDefault(stop => stop.Scope == StopScope.Everything);

    /// <summary>Why this message of this account may not leave now; null if it may.</summary>
    public SendStop? Of(string account, MessageContent content, DateTimeOffset now)
    {
        if (All.Count == 0)
        {
            return null;
        }

        IEnumerable<SendStop> noted = content is TemplateContent template
            ? Wide(account).Concat(_stops[(account, template.Name)])
            : Wide(account);
        return FirstOf(Held(noted, now), account, content);
    }

    /// <summary>The first of these that concerns such a message of this account; null for none.</summary>
    public static SendStop? FirstOf(IEnumerable<SendStop> stops, string account, MessageContent content)
    {
        foreach (var stop in stops)
        {
            if (stop.Concerns(account, content))
            {
                return stop;
            }
        }

        return null;
    }

    private static IEnumerable<SendStop> Held(IEnumerable<SendStop> stops, DateTimeOffset now) =>
        stops.Where(stop => stop.HoldsAt(now));

    private IEnumerable<SendStop> Wide(string account) => _stops[(account, null)];
}
