using WaGrains.Domain.Ids;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// The rows of a queue by a time of theirs, the earliest first. What a row leaves behind when it goes, or when its time
/// changes, is dropped when it comes first or when there is more of that than of rows.
/// </summary>
/// <param name="rows">The queue's rows.</param>
/// <param name="timeOf">A row's time; null while it does not count.</param>
internal sealed class ByTime(Rows rows, Func<QueuedSend, DateTimeOffset?> timeOf)
{
    private const int LeftMin = 16;

    private readonly PriorityQueue<MessageId, long> _entries = new();

    /// <summary>The earliest row that counts; null for none.</summary>
    public QueuedSend? First
    {
        get
        {
            while (_entries.TryPeek(out var message, out var at))
            {
                if (rows.Find(message) is { } send && timeOf(send)?.UtcTicks == at)
                {
                    return send;
                }

                _entries.Dequeue();
            }

            return null;
        }
    }

    /// <summary>When that is; null for none.</summary>
    public DateTimeOffset? Earliest => First is { } send ? timeOf(send) : null;

    /// <summary>Takes note of a row that is new, or counts again.</summary>
    public void Add(QueuedSend send)
    {
        Note(send);
        if (_entries.Count <= (2 * rows.Count) + LeftMin)
        {
            return;
        }

        _entries.Clear();
        foreach (var row in rows.All)
        {
            Note(row);
        }
    }

    private void Note(QueuedSend send)
    {
        if (timeOf(send) is { } at)
        {
            _entries.Enqueue(send.Row.Message, at.UtcTicks);
        }
    }
}
