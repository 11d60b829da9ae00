using WaGrains.Domain.Ids;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// Messages that left a queue for good within the last minute. A hint about one of them that comes so late, because it
/// was repeated while a silo died, is no news: taken in again it would be tried, refused by its row, and cost its
/// number the memory of all the others.
/// </summary>
internal sealed class Lately
{
    /// <summary>Longer than a hint is repeated with its own message.</summary>
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(1);

    private readonly Queue<(MessageId Message, DateTimeOffset At)> _gone = new();
    private readonly HashSet<MessageId> _known = [];

    /// <summary>Whether this message left lately.</summary>
    public bool Has(MessageId message) => _known.Contains(message);

    /// <summary>This message has left.</summary>
    public void Add(MessageId message, DateTimeOffset now)
    {
        while (_gone.TryPeek(out var oldest) && now - oldest.At > RememberedFor)
        {
            _known.Remove(_gone.Dequeue().Message);
        }

        if (_known.Add(message))
        {
            _gone.Enqueue((message, now));
        }
    }
}
