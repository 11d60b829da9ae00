using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>The feed: one list of rows per tenant, in commit order.</summary>
internal sealed class MemoryFeed
{
    private readonly Dictionary<TenantId, List<KeptFeedRow>> _rows = [];
    private long _epoch = 1;
    private long _gone = -1;
    private long _commits;

    public int Count => _rows.Values.Sum(rows => rows.Count);

    /// <summary>How it stands.</summary>
    public FeedShelf Shelf => new(_epoch, _gone, _commits, _commits);

    /// <summary>Adds what the turns of one commit tell.</summary>
    public void Add(IEnumerable<TurnRows> turns, long at)
    {
        _commits++;
        foreach (var row in FeedRow.Of(turns, 0))
        {
            if (!_rows.TryGetValue(row.Tenant, out var rows))
            {
                _rows.Add(row.Tenant, rows = []);
            }

            rows.Add(new KeptFeedRow(_commits, row.Last, at, row.Events));
        }
    }

    public FeedPage? Read(TenantId tenant, FeedPosition? after, int most)
    {
        var shelf = Shelf;
        if (!shelf.Has(after))
        {
            return null;
        }

        var (commit, ordinal) = after is { } known ? (known.Commit, known.Ordinal) : FeedShelf.Start;
        return shelf.Page(
            _rows.GetValueOrDefault(tenant, [])
                .SkipWhile(row => (row.Commit, row.Last).CompareTo((commit, ordinal)) <= 0),
            after,
            most);
    }

    /// <summary>Removes what is older.</summary>
    public void Trim(long before)
    {
        foreach (var rows in _rows.Values)
        {
            var old = rows.Count(row => row.At < before);
            _gone = old > 0 ? Math.Max(_gone, rows[old - 1].Commit) : _gone;
            rows.RemoveRange(0, old);
        }
    }

    /// <summary>As a restore would.</summary>
    public void RaiseEpoch() => _epoch++;
}
