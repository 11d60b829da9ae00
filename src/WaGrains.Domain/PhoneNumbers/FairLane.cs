namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// The lines of one lane that may be served: bulk sends take turns, and inside each the lines in the order they came.
/// Entries go stale where they lie and are dropped by whoever takes them.
/// </summary>
internal sealed class FairLane
{
    private readonly Dictionary<ulong, Queue<(Line Line, int Stamp)>> _of = [];
    private readonly Queue<ulong> _turns = new();

    /// <summary>The last one that ran empty: most lanes have one source, which runs empty all the time.</summary>
    private Queue<(Line Line, int Stamp)>? _spare;

    /// <summary>Adds a line at the end of its source's own.</summary>
    public void Enqueue((Line Line, int Stamp) entry)
    {
        var source = entry.Line.Source;
        if (!_of.TryGetValue(source, out var lines))
        {
            _of[source] = lines = _spare ?? new();
            _spare = null;
            _turns.Enqueue(source);
        }

        lines.Enqueue(entry);
    }

    /// <summary>The first line of the source whose turn it is.</summary>
    public bool TryPeek(out (Line Line, int Stamp) entry)
    {
        if (_turns.TryPeek(out var source))
        {
            entry = _of[source].Peek();
            return true;
        }

        entry = default;
        return false;
    }

    /// <summary>All lines in the order in which they would be served, stale ones too.</summary>
    public IEnumerable<(Line Line, int Stamp)> Ahead()
    {
        var sources = _turns.Select(source => _of[source].GetEnumerator()).ToArray();
        for (var left = sources.Length; left > 0;)
        {
            left = 0;
            for (var i = 0; i < sources.Length; i++)
            {
                if (sources[i].MoveNext())
                {
                    left++;
                    yield return sources[i].Current;
                }
            }
        }
    }

    /// <summary>Takes that line, and gives the turn on.</summary>
    public void Dequeue()
    {
        var source = _turns.Dequeue();
        var lines = _of[source];
        lines.Dequeue();
        if (lines.Count > 0)
        {
            _turns.Enqueue(source);
        }
        else
        {
            _of.Remove(source);
            _spare = lines;
        }
    }
}
