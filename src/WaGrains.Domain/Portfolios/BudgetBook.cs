using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Portfolios;

/// <summary>
/// Who counts against a portfolio's limit, in memory: rebuilt from the reservations' rows, never stored itself. A
/// person counts once, by whatever number and however often they are written to. Mutable; lives and dies with its
/// activation.
/// </summary>
public sealed class BudgetBook
{
    /// <summary>Meta tries to deliver for 30 days at most: what it has not told of by then never arrived.</summary>
    private static readonly TimeSpan DeliveredWithin = TimeSpan.FromDays(31);

    /// <summary>Settled messages that may lie among the held ones before they are swept out.</summary>
    private const int StaleMax = 1_024;

    private readonly Dictionary<MessageId, Entry> _rows = [];
    private readonly Dictionary<ContactId, People> _people = [];
    private readonly PriorityQueue<MessageId, long> _ends = new();
    private Queue<MessageId> _holds = new();

    /// <summary>Different people who count, or for whom budget is held.</summary>
    public int Users => _people.Count;

    /// <summary>Those of them who were written to.</summary>
    public int Counted { get; private set; }

    /// <summary>Messages whose budget is held.</summary>
    public int HeldMessages { get; private set; }

    /// <summary>When the next of those who count ceases to; null where there is none.</summary>
    public DateTimeOffset? NextEnd
    {
        get
        {
            while (_ends.TryPeek(out var message, out var at))
            {
                if (_rows.TryGetValue(message, out var entry) && entry.ExpiresAt?.UtcTicks == at)
                {
                    return new DateTimeOffset(at, TimeSpan.Zero);
                }

                _ends.Dequeue();
            }

            return null;
        }
    }

    /// <summary>Whether there is a reservation for this message.</summary>
    public bool Has(MessageId message) => _rows.ContainsKey(message);

    /// <summary>Whether this person counts already, so that another message to them costs nothing.</summary>
    public bool Knows(ContactId contact) => _people.ContainsKey(contact);

    /// <summary>Whether this message's budget is held.</summary>
    public bool Holds(MessageId message) => _rows.TryGetValue(message, out var entry) && entry.ExpiresAt is null;

    /// <summary>The reservation of a message.</summary>
    public BudgetReservation? Find(PortfolioState of, MessageId message) => _rows.TryGetValue(message, out var entry)
        ? new BudgetReservation(of.Tenant, of.Id, message, entry.Contact, entry.Number, entry.At, entry.ExpiresAt)
        : null;

    /// <summary>Takes a reservation in, over the one that stands for its message. Those that are held come in the order
    /// in which they were granted.</summary>
    public void Put(BudgetReservation row)
    {
        Remove(row.Message);
        var entry = new Entry(row.Contact, row.Number, row.At, row.ExpiresAt);
        _rows[row.Message] = entry;
        Tally(entry, 1);
        if (row.ExpiresAt is { } end)
        {
            _ends.Enqueue(row.Message, end.UtcTicks);
            return;
        }

        if (_holds.Count > StaleMax + (2 * HeldMessages))
        {
            _holds = new Queue<MessageId>(_holds.Where(Holds));
        }

        _holds.Enqueue(row.Message);
    }

    /// <summary>Takes a reservation away; false where there is none.</summary>
    public bool Remove(MessageId message)
    {
        if (!_rows.Remove(message, out var entry))
        {
            return false;
        }

        Tally(entry, -1);
        return true;
    }

    /// <summary>Takes away what counts no longer, at most so many.</summary>
    public IReadOnlyList<MessageId> Expire(DateTimeOffset now, int most)
    {
        List<MessageId> gone = [];
        while (gone.Count < most && NextEnd <= now)
        {
            var message = _ends.Dequeue();
            Remove(message);
            gone.Add(message);
        }

        while (gone.Count < most && _holds.TryPeek(out var oldest)
            && (!Holds(oldest) || _rows[oldest].At + DeliveredWithin <= now))
        {
            _holds.Dequeue();
            if (Holds(oldest) && Remove(oldest))
            {
                gone.Add(oldest);
            }
        }

        return gone;
    }

    private void Tally(Entry entry, int by)
    {
        var before = _people.GetValueOrDefault(entry.Contact);
        var held = entry.ExpiresAt is null;
        var after = held ? before with { Held = before.Held + by } : before with { Counted = before.Counted + by };
        HeldMessages += held ? by : 0;
        Counted += (after.Counted > 0 ? 1 : 0) - (before.Counted > 0 ? 1 : 0);
        if (after == default)
        {
            _people.Remove(entry.Contact);
        }
        else
        {
            _people[entry.Contact] = after;
        }
    }

    /// <summary>A reservation without what all of them share: there may be hundreds of thousands.</summary>
    private readonly record struct Entry(
        ContactId Contact, PhoneNumberId Number, DateTimeOffset At, DateTimeOffset? ExpiresAt);

    /// <summary>A person's messages.</summary>
    private readonly record struct People(int Held, int Counted);
}
