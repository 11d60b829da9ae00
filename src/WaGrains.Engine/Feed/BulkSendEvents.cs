using WaGrains.Domain.Bulk;

namespace WaGrains.Engine.Feed;

/// <summary>What the life of a bulk send tells.</summary>
internal static class BulkSendEvents
{
    public static void Tell(BulkSendState before, BulkSendState state, ICollection<FeedEvent> into)
    {
        if (before.Version == 0)
        {
            Say(FeedKinds.SendCreated, null, new SortedDictionary<string, int> { ["total"] = state.Total });
        }

        if (before.Cursor == 0 && state.Cursor > 0)
        {
            Say(FeedKinds.SendStarted, null, null);
        }

        if (before.Phase != state.Phase && Kind(before.Phase, state) is { } kind)
        {
            var isOver = state.Phase == BulkPhase.Ended;
            Say(kind, isOver ? state.Ends : null, isOver ? Totals(state) : null);
        }

        void Say(string kind, string? detail, IReadOnlyDictionary<string, int>? counts) =>
            into.Add(new FeedEvent { Kind = kind, Send = state.Id, Detail = detail, Counts = counts });
    }

    private static string? Kind(BulkPhase before, BulkSendState state) => state.Phase switch
    {
        BulkPhase.Running => before == BulkPhase.Paused ? FeedKinds.SendResumed : null,
        BulkPhase.Paused => FeedKinds.SendPaused,
        BulkPhase.Closing => state.Ends == "cancelled" ? FeedKinds.SendCancelled : FeedKinds.SendOverdue,
        BulkPhase.Ended => FeedKinds.SendEnded,
    };

    private static SortedDictionary<string, int> Totals(BulkSendState state)
    {
        var totals = new SortedDictionary<string, int>(StringComparer.Ordinal) { ["total"] = state.Total };
        if (state.Drain is [.., var last])
        {
            totals["sent"] = last.Sent;
            totals["delivered"] = last.Delivered;
            totals["read"] = last.Read;
            totals["failed"] = last.Failed;
        }

        return totals;
    }
}
