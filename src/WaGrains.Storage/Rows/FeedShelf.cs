using WaGrains.Engine.Feed;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Serialization;

namespace WaGrains.Storage.Rows;

/// <summary>How a store's feed stands at the moment of a read.</summary>
/// <param name="Epoch">Counts restores.</param>
/// <param name="Gone">Commits up to here may have been removed.</param>
/// <param name="Settled">Nothing will appear up to here any more.</param>
/// <param name="Newest">No commit has a higher count yet.</param>
internal readonly record struct FeedShelf(long Epoch, long Gone, long Settled, long Newest)
{
    /// <summary>The ordinal that stands for all of a commit.</summary>
    private const int End = int.MaxValue;

    /// <summary>Before everything that may be kept.</summary>
    public static readonly (long Commit, int Ordinal) Start = (-1, -1);

    /// <summary>Whether what follows this position is all there. A position beyond the newest commit is of a time that
    /// a restore has undone.</summary>
    public bool Has(FeedPosition? after) => after is not { } position
        || (position.Epoch == Epoch && position.Commit <= Newest
            && (position.Commit > Gone || position is { Ordinal: End } && position.Commit == Gone));

    /// <summary>After everything there is.</summary>
    public FeedPosition Last => new(Epoch, Settled, End);

    /// <summary>The page that these rows make.</summary>
    /// <param name="rows">Rows after the position, in order; more than it takes are left.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="most">Page size.</param>
    public FeedPage Page(IEnumerable<KeptFeedRow> rows, FeedPosition? after, int most)
    {
        var (commit, ordinal) = after is { } known ? (known.Commit, known.Ordinal) : Start;
        List<StoredEvent> events = [];
        foreach (var row in rows)
        {
            var told = StoredJson.Read<IReadOnlyList<FeedEvent>>(row.Events);
            var first = row.Last - told.Count + 1;
            for (var i = row.Commit == commit ? Math.Max(0, ordinal + 1 - first) : 0; i < told.Count; i++)
            {
                events.Add(new StoredEvent(
                    new FeedPosition(Epoch, row.Commit, first + i), Moment.At(row.At), told[i]));
                if (events.Count == most)
                {
                    return new FeedPage(events, events[^1].Position, HasMore: true);
                }
            }
        }

        return new FeedPage(events, Last, HasMore: false);
    }
}

/// <summary>A row of the feed as read.</summary>
/// <param name="Commit">Which commit.</param>
/// <param name="Last">The ordinal of its last event.</param>
/// <param name="At">When, microseconds.</param>
/// <param name="Events">The events as stored JSON.</param>
internal readonly record struct KeptFeedRow(long Commit, int Last, long At, byte[] Events);
