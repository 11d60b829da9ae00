using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;

namespace WaGrains.Host.PhoneNumbers;

/// <summary>Reads as much of a number's pace history as a drawing needs.</summary>
internal sealed class PaceHistoryReader(IStore store, TimeProvider clock)
{
    private const int PageRows = 200;

    /// <summary>Entries that are drawn at most: more would lie on each other. Older ones are left out.</summary>
    private const int EntriesMax = 5_000;

    /// <summary>
    /// The changes of the time until now, oldest first, with the last one before it: what held at its begin.
    /// </summary>
    public async Task<(IReadOnlyList<PaceChanged> Changes, DateTimeOffset Now)> Of(
        PhoneNumberState number, TimeSpan back, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        List<PaceChanged> found = [];
        long? before = null;
        while (found.Count < EntriesMax && !(found.Count > 0 && found[^1].At < now - back))
        {
            var page = await store.Reads.PaceHistory(
                new PaceHistoryFilter(number.Tenant, number.Id, Since: null, before, PageRows), cancel);
            found.AddRange(page);
            if (page.Count < PageRows)
            {
                break;
            }

            before = page[^1].Entry;
        }

        var needed = found.FindIndex(change => change.At < now - back);
        var kept = needed < 0 ? found : found[..(needed + 1)];
        kept.Reverse();
        return (kept, now);
    }
}
