using WaGrains.Domain.Ids;
using WaGrains.Engine.Feed;

namespace WaGrains.Engine.Reading;

/// <summary>What has happened in a tenant, in the order of the commits.</summary>
public interface IFeedReads
{
    /// <summary>
    /// Events after a position, oldest first. Any number of readers may ask at once. What a commit under way will add
    /// lies after everything that was returned before it, so nothing is ever skipped.
    /// </summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="after">Where the page before ended; null for the oldest event that is kept.</param>
    /// <param name="most">Page size, 1 to 200.</param>
    /// <param name="cancel">The caller has stopped waiting.</param>
    /// <returns>The page; null where what follows the position may not be kept any more, or the store was
    /// restored since: begin anew.</returns>
    ValueTask<FeedPage?> Feed(TenantId tenant, FeedPosition? after, int most, CancellationToken cancel);

    /// <summary>After everything that every reader may see by now: where one begins who wants what comes.</summary>
    ValueTask<FeedPosition> FeedEnd(CancellationToken cancel);
}

/// <summary>A place in a tenant's feed; ordered as its members are.</summary>
/// <param name="Epoch">How often the store had been restored when the place was given; a place of another epoch leads
/// nowhere.</param>
/// <param name="Commit">Which commit, in the store's own count.</param>
/// <param name="Ordinal">Which event of the commit.</param>
public readonly record struct FeedPosition(long Epoch, long Commit, int Ordinal);

/// <summary>An event and its place.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="At">When its commit began, by the store's clock.</param>
/// <param name="Event">What happened.</param>
public sealed record StoredEvent(FeedPosition Position, DateTimeOffset At, FeedEvent Event);

/// <summary>Some events.</summary>
/// <param name="Events">Oldest first; empty where nothing has happened since.</param>
/// <param name="Next">Where to go on: after the last event or, where there is no more, after everything there is. So a
/// reader that keeps asking does not fall behind what is kept, however little happens.</param>
/// <param name="HasMore">Whether there may be more already.</param>
public sealed record FeedPage(IReadOnlyList<StoredEvent> Events, FeedPosition Next, bool HasMore);
