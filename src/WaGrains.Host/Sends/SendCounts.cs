using System.Collections.Concurrent;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;

namespace WaGrains.Host.Sends;

/// <summary>Counts of a bulk send's recipients, and when they were taken.</summary>
internal sealed record SendCount(BulkTally Tally, DateTimeOffset At);

/// <summary>
/// Counts the recipients of bulk sends, and remembers: a million rows take the store a second or two. A count is handed
/// out for twenty times as long as it took, two seconds at the least, so that however many ask, counting takes no more
/// than a twentieth of a connection's time.
/// </summary>
internal sealed class SendCounts(IStore store, TimeProvider clock)
{
    /// <summary>Sends that are remembered; beyond them all are forgotten.</summary>
    private const int SendsMax = 1_000;

    private const int TimesAsLong = 20;

    private static readonly TimeSpan GoodForMin = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(TenantId Tenant, BulkSendId Send), Known> _known = new();
    private readonly ConcurrentDictionary<(TenantId Tenant, BulkSendId Send), Lazy<Task<Known>>> _underWay = new();

    /// <summary>How many recipients have come how far.</summary>
    public async Task<SendCount> Of(TenantId tenant, BulkSendId send, CancellationToken cancel)
    {
        var key = (tenant, send);
        if (_known.TryGetValue(key, out var known) && clock.GetElapsedTime(known.Since) < known.GoodFor)
        {
            return known.Count;
        }

        // Whoever asks while it is being counted waits for the same count; nobody's leaving ends it.
        var counting = _underWay.GetOrAdd(key, _ => new Lazy<Task<Known>>(() => Count(key)));
        return (await counting.Value.WaitAsync(cancel)).Count;
    }

    private async Task<Known> Count((TenantId Tenant, BulkSendId Send) key)
    {
        try
        {
            var begin = clock.GetTimestamp();
            var at = clock.GetUtcNow();
            var tally = await store.Reads.BulkTally(key.Tenant, key.Send, CancellationToken.None);
            var took = clock.GetElapsedTime(begin) * TimesAsLong;
            var known = new Known(
                new SendCount(tally, at), clock.GetTimestamp(), took > GoodForMin ? took : GoodForMin);
            if (_known.Count >= SendsMax)
            {
                _known.Clear();
            }

            _known[key] = known;
            return known;
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }

    private sealed record Known(SendCount Count, long Since, TimeSpan GoodFor);
}
