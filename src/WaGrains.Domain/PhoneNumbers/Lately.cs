using WaGrains.Domain.Ids;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// Messages that left a queue for good within the last minute. A hint about one of them that comes so late, because it
/// was repeated while a silo died, is no news: taken in again it would be tried, refused by its row, and cost its
/// number the memory of all the others.
/// </summary>
internal sealed class Lately
{
    /// <summary>Longer than a hint is repeated with its own message. What left in one such span is forgotten together,
    /// at the end of the next.</summary>
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(1);

    private HashSet<MessageId> _now = [];
    private HashSet<MessageId> _before = [];
    private DateTimeOffset _began;

    /// <summary>Whether this message left lately.</summary>
    public bool Has(MessageId message) => _now.Contains(message) || _before.Contains(message);

    /// <summary>This message has left.</summary>
    public void Add(MessageId message, DateTimeOffset now)
    {
        if (now - _began > RememberedFor)
        {
            (_now, _before) = (_before, _now);
            _now.Clear();
            _began = now;
        }

        _now.Add(message);
    }
}
