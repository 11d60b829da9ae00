using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// The messages to one recipient that wait in a number's queue or are under way, by ordinal. There is a line for each
/// recipient of a campaign, most of them with one message or none, so what is rare takes no room until it is there.
/// </summary>
/// <param name="rows">The queue's rows, which the line knows by their places.</param>
/// <param name="held">Bulk sends whose messages stay; the queue's own set.</param>
internal sealed class Line(Rows rows, IReadOnlySet<BulkSendId> held)
{
    private ShortList<int> _places;
    private Dictionary<MessageId, DateTimeOffset>? _resting;
    private HashSet<MessageId>? _released;
    private Instant _parkedUntil;
    private Instant _windowClosesAt;
    private Instant _awaitsUntil;
    private int _holding;

    /// <summary>Counts the line's moves: an entry elsewhere with an older stamp is stale.</summary>
    public int Stamp { get; set; }

    /// <summary>How many times in a row Meta refused this pair.</summary>
    public int Refusals { get; set; }

    /// <summary>Meta's bucket for this pair.</summary>
    public PairLimit Pair { get; set; } = PairLimit.Full;

    /// <summary>Meta takes no marketing for this recipient before this; null where nothing is known.</summary>
    public DateTimeOffset? ParkedUntil
    {
        get => _parkedUntil;
        set => _parkedUntil = value;
    }

    /// <summary>Until when the recipient's service window is open, as far as is known here.</summary>
    public DateTimeOffset? WindowClosesAt
    {
        get => _windowClosesAt;
        set => _windowClosesAt = value;
    }

    /// <summary>Its messages wait for the portfolio's budget and are looked at then; null where they need
    /// not.</summary>
    public DateTimeOffset? AwaitsUntil
    {
        get => _awaitsUntil;
        set => _awaitsUntil = value;
    }

    /// <summary>Its messages that wait.</summary>
    public IEnumerable<MessageId> Waiting => Sends().Where(Waits).Select(send => send.Row.Message);

    /// <summary>The message that may be tried next: the first that waits, unless one is under way and holds the line.
    /// What rests lets the others pass.</summary>
    public QueuedSend? Head => _holding > 0 ? null : First();

    /// <summary>What gives the line its place: the message that may be tried next, and how urgent the line is; null
    /// while it waits for an answer.</summary>
    public (MessageId Message, Lane Lane)? Rank => Head is { } head ? (head.Row.Message, Lane) : null;

    /// <summary>The rank at which the line is served: that of its most urgent message, so that a reply is not stuck
    /// behind a campaign. Of a line in which nothing waits: the last.</summary>
    public Lane Lane
    {
        get
        {
            var most = Lane.Campaign;
            for (var i = 0; i < _places.Count; i++)
            {
                var send = rows[_places[i]];
                most = Waits(send) && send.Row.Lane < most ? send.Row.Lane : most;
            }

            return most;
        }
    }

    /// <summary>Whose turn it takes among the lines of its lane: that of its head's bulk send; 0 where it belongs to
    /// none.</summary>
    public ulong Source => Head?.Row.Send?.Value ?? 0;

    /// <summary>Adds the row at this place, by its ordinal. One that is under way already blocks the line.</summary>
    public void Add(int place)
    {
        // Nearly always the last.
        var send = rows[place];
        var at = _places.Count;
        while (at > 0 && rows[_places[at - 1]].Row.Ordinal > send.Row.Ordinal)
        {
            at--;
        }

        _places.Insert(at, place);
        _holding += Holds(send) ? 1 : 0;

        // A retry waits too, but in its place; only what was never tried was accepted in order to rest.
        if (send.Row is { Attempt: 0, NotBefore: { } notBefore })
        {
            Rest(send.Row.Message, notBefore);
        }
    }

    /// <summary>This message waits so long, and lets the others pass.</summary>
    public void Rest(MessageId message, DateTimeOffset until) => (_resting ??= [])[message] = until;

    /// <summary>How long this message rests; null where it does not.</summary>
    public DateTimeOffset? RestsUntil(MessageId message) =>
        _resting is not null && _resting.TryGetValue(message, out var until) ? until : null;

    /// <summary>The row at this place as it stands now: from when an attempt starts until it is put back, it blocks
    /// the line.</summary>
    public void Replace(int place, QueuedSend send)
    {
        _holding += (Holds(send) ? 1 : 0) - (Holds(rows[place]) ? 1 : 0);
        rows[place] = send;
        if (send.Row.Phase == QueuePhase.Attempting)
        {
            Wakes(send.Row.Message);
        }
        else
        {
            _released?.Remove(send.Row.Message);
        }
    }

    /// <summary>The row at this place goes.</summary>
    public void Remove(int place)
    {
        var at = 0;
        while (_places[at] != place)
        {
            at++;
        }

        _holding -= Holds(rows[place]) ? 1 : 0;
        _places.RemoveAt(at);
        _released?.Remove(rows[place].Row.Message);
        Wakes(rows[place].Row.Message);
    }

    /// <summary>An attempt that is in doubt, at this place, blocks the line no more.</summary>
    public void Release(int place)
    {
        _holding -= Holds(rows[place]) ? 1 : 0;
        (_released ??= []).Add(rows[place].Row.Message);
    }

    /// <summary>Forgets all but its stamp, to serve another recipient: where it was entered it stays stale.</summary>
    public void Clear()
    {
        Stamp++;
        Refusals = 0;
        Pair = PairLimit.Full;
        (_parkedUntil, _windowClosesAt, _awaitsUntil, _holding) = (default, default, default, 0);
        (_places, _resting, _released) = (default, null, null);
    }

    /// <summary>When its head may be tried, by the pair limit.</summary>
    public DateTimeOffset AllowedAt(DateTimeOffset now) =>
        Later(
            Later(
                Head!.Row.Lane == Lane.Campaign ? Pair.NextAllowedForCampaign(now) : Pair.NextAllowed(now),
                RestsUntil(Head.Row.Message)),
            AwaitsUntil);

    /// <summary>Whether nothing of it needs remembering.</summary>
    public bool IsIdle(DateTimeOffset now) => _places.Count == 0 && Pair.IsFull(now) && !(ParkedUntil > now);

    /// <summary>Whether it has messages of this bulk send.</summary>
    public bool Has(BulkSendId send) => Sends().Any(queued => queued.Row.Send == send);

    private bool Waits(QueuedSend send) =>
        send.Row.Phase == QueuePhase.Queued && !(send.Row.Send is { } bulk && held.Contains(bulk));

    private bool Holds(QueuedSend send) =>
        send.Row.Phase == QueuePhase.Attempting && _released?.Contains(send.Row.Message) != true;

    private IEnumerable<QueuedSend> Sends() => _places.Items().Select(place => rows[place]);

    private void Wakes(MessageId message)
    {
        if (_resting is not null && _resting.Remove(message) && _resting.Count == 0)
        {
            _resting = null;
        }
    }

    private QueuedSend? First()
    {
        QueuedSend? rested = null;
        for (var i = 0; i < _places.Count; i++)
        {
            var send = rows[_places[i]];
            if (!Waits(send))
            {
                continue;
            }

            if (RestsUntil(send.Row.Message) is not { } until)
            {
                return send;
            }

            rested = rested is null || until < RestsUntil(rested.Row.Message) ? send : rested;
        }

        return rested;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b > a ? b.Value : a;
}
