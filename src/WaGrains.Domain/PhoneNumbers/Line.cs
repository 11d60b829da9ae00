using WaGrains.Domain.Ids;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>The messages to one recipient that wait in a number's queue, by ordinal.</summary>
/// <param name="held">Bulk sends whose messages stay; the queue's own set.</param>
internal sealed class Line(IReadOnlySet<BulkSendId> held)
{
    private readonly SortedList<long, QueuedSend> _sends = [];
    private readonly HashSet<MessageId> _blocking = [];
    private readonly Dictionary<MessageId, DateTimeOffset> _resting = [];

    /// <summary>Counts the line's moves: an entry elsewhere with an older stamp is stale.</summary>
    public int Stamp { get; set; }

    /// <summary>How many times in a row Meta refused this pair.</summary>
    public int Refusals { get; set; }

    /// <summary>Meta's bucket for this pair.</summary>
    public PairLimit Pair { get; set; } = PairLimit.Full;

    /// <summary>Meta takes no marketing for this recipient before this; null where nothing is known.</summary>
    public DateTimeOffset? ParkedUntil { get; set; }

    /// <summary>Until when the recipient's service window is open, as far as is known here.</summary>
    public DateTimeOffset? WindowClosesAt { get; set; }

    /// <summary>Its messages wait for the portfolio's budget and are looked at then; null where they need
    /// not.</summary>
    public DateTimeOffset? AwaitsUntil { get; set; }

    /// <summary>Its messages that wait.</summary>
    public IEnumerable<MessageId> Waiting => _sends.Values.Where(Waits).Select(send => send.Row.Message);

    /// <summary>The message that may be tried next: the first that waits, unless one is under way and holds the line.
    /// What rests lets the others pass.</summary>
    public QueuedSend? Head => _blocking.Count > 0 ? null : First();

    /// <summary>What gives the line its place: the message that may be tried next, and how urgent the line is; null
    /// while it waits for an answer.</summary>
    public (MessageId Message, Lane Lane)? Rank => Head is { } head ? (head.Row.Message, Lane) : null;

    /// <summary>The rank at which the line is served: that of its most urgent message, so that a reply is not stuck
    /// behind a campaign.</summary>
    public Lane Lane => _sends.Values.Where(Waits).Min(send => send.Row.Lane);

    /// <summary>Whose turn it takes among the lines of its lane: that of its head's bulk send; 0 where it belongs to
    /// none.</summary>
    public ulong Source => Head?.Row.Send?.Value ?? 0;

    public void Add(QueuedSend send)
    {
        _sends[send.Row.Ordinal] = send;

        // A retry waits too, but in its place; only what was never tried was accepted in order to rest.
        if (send.Row is { Attempt: 0, NotBefore: { } notBefore })
        {
            _resting[send.Row.Message] = notBefore;
        }
    }

    public void Rest(MessageId message, DateTimeOffset until) => _resting[message] = until;

    /// <summary>How long this message rests; null where it does not.</summary>
    public DateTimeOffset? RestsUntil(MessageId message) =>
        _resting.TryGetValue(message, out var until) ? until : null;

    public void Replace(QueuedSend send) => _sends[send.Row.Ordinal] = send;

    public void Remove(MessageId message)
    {
        var index = _sends.Values.ToList().FindIndex(send => send.Row.Message == message);
        if (index >= 0)
        {
            _sends.RemoveAt(index);
        }

        _resting.Remove(message);
    }

    public void Blocks(MessageId message)
    {
        _blocking.Add(message);
        _resting.Remove(message);
    }

    public void Unblocks(MessageId message) => _blocking.Remove(message);

    /// <summary>When its head may be tried, by the pair limit.</summary>
    public DateTimeOffset AllowedAt(DateTimeOffset now) =>
        Later(
            Later(
                Head!.Row.Lane == Lane.Campaign ? Pair.NextAllowedForCampaign(now) : Pair.NextAllowed(now),
                RestsUntil(Head.Row.Message)),
            AwaitsUntil);

    /// <summary>Whether nothing of it needs remembering.</summary>
    public bool IsIdle(DateTimeOffset now) => _sends.Count == 0 && _blocking.Count == 0
        && Pair.IsFull(now) && !(ParkedUntil > now);

    /// <summary>Whether it has messages of this bulk send.</summary>
    public bool Has(BulkSendId send) => _sends.Values.Any(queued => queued.Row.Send == send);

    private bool Waits(QueuedSend send) =>
        send.Row.Phase == QueuePhase.Queued && !(send.Row.Send is { } bulk && held.Contains(bulk));

    private QueuedSend? First()
    {
        QueuedSend? rested = null;
        foreach (var send in _sends.Values)
        {
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
