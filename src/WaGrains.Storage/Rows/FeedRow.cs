using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Feed;

namespace WaGrains.Storage.Rows;

/// <summary>
/// What one commit tells one tenant, all of it in one row: at a load where a commit holds many turns, a row per event
/// would cost a third of the commit.
/// </summary>
/// <param name="Tenant">Whom.</param>
/// <param name="Last">The ordinal of the last event within the commit; the others come before it without gaps.</param>
/// <param name="Count">How many events.</param>
/// <param name="Events">The events as stored JSON.</param>
internal sealed record FeedRow(TenantId Tenant, int Last, int Count, byte[] Events)
{
    /// <summary>Ordinals set aside for each turn where a commit is written in parts: far more than a turn has
    /// rows.</summary>
    private const int OrdinalsPerTurn = 1 << 16;

    /// <summary>The rows of some turns, by tenant.</summary>
    /// <param name="turns">The turns that stand, in order.</param>
    /// <param name="first">Which turn of the commit the first of them is, so that the parts of one follow one
    /// another.</param>
    /// <exception cref="UnwritableException">An event has no stored form.</exception>
    public static IEnumerable<FeedRow> Of(IEnumerable<TurnRows> turns, int first)
    {
        SortedDictionary<TenantId, List<FeedEvent>> told = [];
        List<FeedEvent> events = [];
        foreach (var change in turns.SelectMany(turn => turn.Changes))
        {
            FeedEvents.Tell(change, events);
            if (events.Count > 0)
            {
                Of(told, FeedEvents.TenantOf(change)).AddRange(events);
                events.Clear();
            }
        }

        foreach (var (tenant, all) in told)
        {
            yield return new FeedRow(
                tenant,
                (first * OrdinalsPerTurn) + all.Count - 1,
                all.Count,
                Poison.Json<IReadOnlyList<FeedEvent>>(Table.Feed, all));
        }
    }

    private static List<FeedEvent> Of(SortedDictionary<TenantId, List<FeedEvent>> told, TenantId tenant)
    {
        if (!told.TryGetValue(tenant, out var events))
        {
            events = [];
            told.Add(tenant, events);
        }

        return events;
    }
}
