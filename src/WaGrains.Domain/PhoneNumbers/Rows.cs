using WaGrains.Domain.Ids;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// The rows of one queue, each at a place of its own while it is here; others remember the place. So a row is referred
/// to from one dense array and from nowhere else: where thousands of queues replace what they hold every few seconds, a
/// collection costs as much as there are spots in old memory that were written with something young.
/// </summary>
internal sealed class Rows
{
    private readonly Dictionary<MessageId, int> _places = [];
    private readonly Stack<int> _left = new();
    private QueuedSend?[] _sends = [];

    /// <summary>Rows here.</summary>
    public int Count => _places.Count;

    /// <summary>All of them, in no particular order.</summary>
    public IEnumerable<QueuedSend> All => _places.Values.Select(place => this[place]);

    /// <summary>The row at a place that is taken.</summary>
    public QueuedSend this[int place]
    {
        get => _sends[place]!;
        set => _sends[place] = value;
    }

    /// <summary>Where this message's row is; null where it is not here.</summary>
    public int? PlaceOf(MessageId message) => _places.TryGetValue(message, out var place) ? place : null;

    /// <summary>This message's row, if it is here.</summary>
    public QueuedSend? Find(MessageId message) => PlaceOf(message) is { } place ? this[place] : null;

    /// <summary>Adds a row that is not here yet.</summary>
    /// <returns>Its place.</returns>
    public int Add(QueuedSend send)
    {
        var place = _left.TryPop(out var left) ? left : Count;
        _places.Add(send.Row.Message, place);
        if (place >= _sends.Length)
        {
            Array.Resize(ref _sends, Math.Max(4, 2 * _sends.Length));
        }

        _sends[place] = send;
        return place;
    }

    /// <summary>The row at this place is gone.</summary>
    public void RemoveAt(int place)
    {
        _places.Remove(this[place].Row.Message);
        _sends[place] = null;
        _left.Push(place);
    }
}
