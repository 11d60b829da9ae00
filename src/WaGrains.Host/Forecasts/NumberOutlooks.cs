using WaGrains.Domain.Bulk;
using WaGrains.Domain.Forecasts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;

namespace WaGrains.Host.Forecasts;

/// <summary>Asks numbers how they stand, and what else waits for them.</summary>
internal sealed class NumberOutlooks(IOwners owners, IStore store, TimeProvider clock)
{
    /// <summary>What keeps coming is told from what the number did so long.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(10);

    private const int AttemptsMax = 20_000;

    /// <summary>Other bulk sends that are looked at, newest first: more than these at once are not forecast.</summary>
    private const int OthersMax = 50;

    private const int AtOnceMax = 32;

    /// <summary>How each of these numbers stands now.</summary>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="numbers">Which.</param>
    /// <param name="lane">Whose other sends are looked at.</param>
    /// <param name="asked">The send that is asked about, which does not stand in its own way; null where it is not
    /// made yet.</param>
    /// <param name="cancel">The caller has stopped waiting.</param>
    /// <exception cref="OwnerUnavailableException">One of them cannot be asked now.</exception>
    public async Task<IReadOnlyList<NumberOutlook>> Of(
        TenantId tenant, IReadOnlyList<PhoneNumberId> numbers, Lane lane, BulkSendId? asked, CancellationToken cancel)
    {
        var sends = (await store.Reads.BulkSends(tenant, null, OthersMax, cancel))
            .Where(send => send.Phase == BulkPhase.Running && send.Lane == lane)
            .ToList();
        List<NumberOutlook> outlooks = [];
        foreach (var piece in numbers.Chunk(AtOnceMax))
        {
            outlooks.AddRange(await Task.WhenAll(piece.Select(
                number => Of(OwnerKey.Of(tenant, number), lane, sends, asked, cancel))));
        }

        return outlooks;
    }

    private async Task<NumberOutlook> Of(
        OwnerKey owner, Lane lane, List<BulkSendState> sends, BulkSendId? asked, CancellationToken cancel)
    {
        var pace = (PaceReport)await owners.Ask(owner, new ReadPace(), cancel);
        var single = pace.Queued.GetValueOrDefault(lane);
        List<int> beside = [];
        foreach (var send in sends.Where(send => send.Numbers.Contains(owner.Number)))
        {
            var queued = await owners.Ask(owner, new ReadRoom(send.Id), cancel) is BulkRoom room ? room.Queued : 0;
            single -= queued;
            if (send.Id != asked)
            {
                beside.Add(queued + ((send.Total - send.Cursor) / send.Numbers.Count));
            }
        }

        return new NumberOutlook(pace, [.. beside, Math.Max(0, single)])
        {
            OtherPerMinute = lane == Lane.Reply ? 0 : await Others(owner, pace, sends, cancel),
        };
    }

    /// <summary>What the number has sent of late besides bulk sends, by the minute.</summary>
    private async Task<double> Others(
        OwnerKey number, PaceReport pace, List<BulkSendState> sends, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var from = pace.State.Since > now - LookBack ? pace.State.Since : now - LookBack;
        if (now - from < TimeSpan.FromMinutes(1))
        {
            return 0;
        }

        var all = await store.Reads.AttemptsStarted(number.Tenant, number.Number, from, now, AttemptsMax, cancel);
        var bulk = sends.Where(send => send.Numbers.Contains(number.Number))
            .Sum(send => (double)SentSince(send, from) / send.Numbers.Count);
        return Math.Max(0, all - bulk) / (now - from).TotalMinutes;
    }

    private static int SentSince(BulkSendState send, DateTimeOffset from) => send.Drain is [.., var last]
        ? last.Sent - (send.Drain.LastOrDefault(point => point.At <= from)?.Sent ?? 0)
        : 0;
}
