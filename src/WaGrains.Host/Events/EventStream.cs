using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;
using WaGrains.Host.Lists;

namespace WaGrains.Host.Events;

/// <summary>One reader that follows the feed. A slow one holds up nobody: the store is asked when it has taken what
/// there was.</summary>
internal sealed class EventStream(EventStreams streams, TenantId tenant) : IDisposable
{
    private const int PageSize = 200;

    /// <summary>Other silos' commits ring no bell here: they are found so often.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>A busy tenant's feed is read no more often.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    /// <summary>A silent reader is told so often how far it has come; without it a connection that is gone would hold
    /// its place for ever.</summary>
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15);

    /// <summary>Then the client must show its key again, which may have been ended.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private FeedPosition _place;
    private int _disposed;

    /// <summary>Begins after this place, or now; false where what follows the place is not kept any more.</summary>
    public async Task<bool> Begin(FeedPosition? after, CancellationToken cancel)
    {
        if (after is null)
        {
            _place = await streams.Feed.FeedEnd(cancel);
            return true;
        }

        _place = after.Value;
        return await streams.Feed.Feed(tenant, after, 1, cancel) is not null;
    }

    /// <summary>What happens, until the client goes, the silo ends, or it is time to connect again.</summary>
    public async IAsyncEnumerable<SseItem<EventResource>> Items([EnumeratorCancellation] CancellationToken gone)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, streams.Stopping);
        var began = streams.Clock.GetTimestamp();
        var spoke = began;
        yield return Heartbeat();
        while (!either.IsCancellationRequested && streams.Clock.GetElapsedTime(began) < Longest)
        {
            var heard = streams.Bell.Next(tenant);
            var read = streams.Clock.GetTimestamp();
            if (await streams.Feed.Feed(tenant, _place, PageSize, gone) is not { } page)
            {
                yield break;
            }

            _place = page.Next;
            foreach (var stored in page.Events)
            {
                yield return Item(EventResource.Of(tenant, stored), stored.Event.Kind);
            }

            if (page.Events.Count > 0)
            {
                spoke = streams.Clock.GetTimestamp();
            }
            else if (streams.Clock.GetElapsedTime(spoke) >= HeartbeatEvery)
            {
                spoke = streams.Clock.GetTimestamp();
                yield return Heartbeat();
            }

            if (!page.HasMore)
            {
                await Rest(heard, read, either.Token);
            }
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            streams.Close(tenant);
        }
    }

    /// <summary>Until there may be something new, and not less than a breath since the last look.</summary>
    private async Task Rest(Task heard, long read, CancellationToken end)
    {
        await heard.WaitAsync(Poll, streams.Clock, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var left = Breath - streams.Clock.GetElapsedTime(read);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, streams.Clock, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private SseItem<EventResource> Heartbeat() =>
        Item(EventResource.Heartbeat(tenant, _place, streams.Clock.GetUtcNow()), "heartbeat");

    private static SseItem<EventResource> Item(EventResource shown, string type) =>
        new(shown, type) { EventId = shown.Id, ReconnectionInterval = Poll };
}
