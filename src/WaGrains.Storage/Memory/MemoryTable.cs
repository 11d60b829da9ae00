using System.Diagnostics.CodeAnalysis;

namespace WaGrains.Storage.Memory;

/// <summary>
/// Rows under unique keys, always in the order of the keys. Rows are immutable; every write can be taken back.
/// </summary>
internal sealed class MemoryTable<TKey, TRow>(MemoryJournal journal)
    where TKey : notnull
{
    private readonly Dictionary<TKey, TRow> _rows = [];
    private readonly SortedSet<TKey> _keys = [];

    public int Count => _rows.Count;

    /// <summary>All rows by key.</summary>
    public IEnumerable<TRow> All => _keys.Select(key => _rows[key]);

    /// <summary>All keys in order.</summary>
    public IEnumerable<TKey> Keys => _keys;

    public bool Has(TKey key) => _rows.ContainsKey(key);

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TRow row) => _rows.TryGetValue(key, out row);

    public TRow? Find(TKey key) => _rows.GetValueOrDefault(key);

    /// <summary>The keys from one to another, both included, ascending.</summary>
    public IEnumerable<TKey> Between(TKey from, TKey to) =>
        Comparer<TKey>.Default.Compare(from, to) <= 0 ? _keys.GetViewBetween(from, to) : [];

    /// <summary>The keys from one to another, both included, descending.</summary>
    public IEnumerable<TKey> Backwards(TKey from, TKey to) =>
        Comparer<TKey>.Default.Compare(from, to) <= 0 ? _keys.GetViewBetween(from, to).Reverse() : [];

    /// <summary>The rows whose keys lie between these, both included.</summary>
    public IEnumerable<TRow> Rows(TKey from, TKey to) => Between(from, to).Select(key => _rows[key]);

    public void Set(TKey key, TRow row)
    {
        if (_rows.TryGetValue(key, out var before))
        {
            journal.Note(() => _rows[key] = before);
        }
        else
        {
            _keys.Add(key);
            journal.Note(() => Drop(key));
        }

        _rows[key] = row;
    }

    public bool Add(TKey key, TRow row)
    {
        if (_rows.ContainsKey(key))
        {
            return false;
        }

        Set(key, row);
        return true;
    }

    public bool Remove(TKey key)
    {
        if (!_rows.TryGetValue(key, out var before))
        {
            return false;
        }

        Drop(key);
        journal.Note(() =>
        {
            _rows[key] = before;
            _keys.Add(key);
        });
        return true;
    }

    private void Drop(TKey key)
    {
        _rows.Remove(key);
        _keys.Remove(key);
    }
}
