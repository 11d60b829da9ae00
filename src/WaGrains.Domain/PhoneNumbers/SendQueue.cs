using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// What waits in one number's queue, in memory: rebuilt from the queue's rows, never stored itself. Serves replies
/// before utility before campaigns, inside a lane takes turns between bulk sends and then between recipients, and keeps
/// each recipient's messages in order: a line of messages is served at the rank of its most urgent one, and while one
/// of its messages is under way the next waits. Mutable; lives and dies with its activation.
/// </summary>
public sealed partial class SendQueue
{
    /// <summary>How long the next message to a contact waits for the answer to the one before, when that answer is in
    /// doubt: 30 s (design 7), less what its own slot and commit may take after it.</summary>
    public static readonly TimeSpan DoubtHoldsFor = TimeSpan.FromSeconds(28);

    private readonly Rows _rows = new();
    private readonly Dictionary<ConversationId, Line> _lines = [];
    private readonly Stack<Line> _spare = new();
    private readonly FairLane[] _ready = [new(), new(), new()];
    private readonly Lately _settled = new();
    private readonly HashSet<BulkSendId> _held = [];
    private readonly Dictionary<BulkSendId, int> _ofSend = [];
    private readonly PriorityQueue<(Line Line, int Stamp), long> _later = new();
    private readonly PriorityQueue<ConversationId, long> _cooling = new();
    private readonly SortedList<MessageId, Doubt> _underWay = [];
    private readonly ByTime _byAge;
    private readonly ByTime _byDeadline;

    /// <summary>Nothing waits.</summary>
    public SendQueue()
    {
        _byAge = new ByTime(_rows, static send => send.Row.QueuedAt);

        // What is under way has its chance: it is looked at again when it is put back.
        _byDeadline = new ByTime(
            _rows, static send => send.Row.Phase == QueuePhase.Queued ? send.Row.Deadline : null);
    }

    /// <summary>What the number knows of its portfolio's budget.</summary>
    public BudgetInHand Budget { get; } = new();

    /// <summary>Those of the messages here that may need budget: where there is none of them, nobody thinks of
    /// it.</summary>
    public int Templates { get; private set; }

    /// <summary>Messages waiting or under way.</summary>
    public int Count => _rows.Count;

    /// <summary>Recipients it remembers: those with messages here, and those written to so lately that Meta's bucket is
    /// not full.</summary>
    public int Recipients => _lines.Count;

    /// <summary>Messages whose attempt has started and is not settled.</summary>
    public int UnderWay => _underWay.Count;

    /// <summary>When the oldest message here was queued; null when there is none.</summary>
    public DateTimeOffset? Oldest => _byAge.Earliest;

    /// <summary>When the first deadline of a message that waits ends; null where none waits.</summary>
    public DateTimeOffset? NextDeadline => _byDeadline.Earliest;

    /// <summary>A waiting message whose deadline has passed; null where none has.</summary>
    public QueuedSend? NextOverdue(DateTimeOffset now) =>
        _byDeadline.First is { } send && send.Row.Deadline <= now ? send : null;

    /// <summary>Messages that wait, by lane.</summary>
    public IReadOnlyDictionary<Lane, int> Waiting => _rows.All
        .Where(send => send.Row.Phase == QueuePhase.Queued)
        .GroupBy(send => send.Row.Lane)
        .OrderBy(lane => lane.Key)
        .ToDictionary(lane => lane.Key, lane => lane.Count());

    /// <summary>The row of this message, if it is here.</summary>
    public QueuedSend? Find(MessageId message) => _rows.Find(message);

    /// <summary>Attempts under way, by message.</summary>
    public IList<Doubt> Doubts => _underWay.Values;

    /// <summary>How many messages of a bulk send are here, waiting or under way.</summary>
    public int CountOf(BulkSendId send) => _ofSend.GetValueOrDefault(send);

    /// <summary>Keeps a bulk send's messages from being tried, or lets them be tried again.</summary>
    public void Hold(BulkSendId send, bool held)
    {
        if (held ? _held.Add(send) : _held.Remove(send))
        {
            foreach (var line in _lines.Values.Where(line => line.Has(send)))
            {
                Place(line);
            }
        }
    }

    /// <summary>Whether this message is here, or left for good within the last minute.</summary>
    public bool Knows(MessageId message) => _rows.PlaceOf(message) is not null || _settled.Has(message);

    /// <summary>Adds a committed row; one that is already here, or left lately, is left as it stands.</summary>
    /// <param name="send">The row.</param>
    /// <param name="healthy">The intake's healthy time so far: where the clock of a doubt starts.</param>
    public void Add(QueuedSend send, TimeSpan healthy)
    {
        if (_settled.Has(send.Row.Message))
        {
            return;
        }

        if (_rows.PlaceOf(send.Row.Message) is { } taken)
        {
            if (_rows[taken].Status.CanMoveTo(send.Status))
            {
                _rows[taken] = _rows[taken] with { Status = send.Status };
            }

            if (_underWay.TryGetValue(send.Row.Message, out var doubt) && doubt.Looks == Looks.Asked)
            {
                _underWay[send.Row.Message] = doubt with { Looks = Looks.Taken };
            }

            return;
        }

        var place = _rows.Add(send);
        _byAge.Add(send);
        _byDeadline.Add(send);
        Tally(send, 1);
        var line = LineOf(send.Row.Conversation);
        var before = line.Rank;
        line.Add(place);
        if (send.Row.WindowClosesAt is { } closesAt)
        {
            OpenWindow(send.Row.Conversation, closesAt);
        }

        if (send.Row.Phase == QueuePhase.Attempting)
        {
            _underWay[send.Row.Message] =
                new Doubt(send.Row.Message, send.Row.Attempt, send.Row.AttemptAt!.Value, healthy);
        }

        // Who writes more meanwhile keeps its place: to go to the end each time would be never to be served.
        if (line.Rank != before)
        {
            Place(line);
        }
    }

    /// <summary>Counts an attempt made before this activation: the pair limit remembers it.</summary>
    public void Remember(ConversationId conversation, DateTimeOffset at)
    {
        var line = LineOf(conversation);
        line.Pair = line.Pair.Take(at);
        _cooling.Enqueue(conversation, line.Pair.Due.UtcTicks);
    }

    /// <summary>The next message that may be tried now, or null: nothing waits, or all that waits must wait
    /// longer.</summary>
    public QueuedSend? Next(DateTimeOffset now)
    {
        Forget(now);
        while (_later.TryPeek(out var entry, out var due) && due <= now.UtcTicks)
        {
            _later.Dequeue();
            if (entry.Stamp == entry.Line.Stamp)
            {
                _ready[(int)entry.Line.Lane].Enqueue(entry);
            }
        }

        foreach (var lane in _ready)
        {
            while (lane.TryPeek(out var entry))
            {
                if (entry.Stamp != entry.Line.Stamp || entry.Line.Head is not { } head)
                {
                    lane.Dequeue();
                    continue;
                }

                var at = entry.Line.AllowedAt(now);
                if (at <= now)
                {
                    return head;
                }

                lane.Dequeue();
                _later.Enqueue(entry, at.UtcTicks);
            }
        }

        return null;
    }

    /// <summary>When something that must wait may be tried; null where nothing has to wait.</summary>
    public DateTimeOffset? NextLater
    {
        get
        {
            while (_later.TryPeek(out var entry, out var due))
            {
                if (entry.Stamp == entry.Line.Stamp)
                {
                    return new DateTimeOffset(due, TimeSpan.Zero);
                }

                _later.Dequeue();
            }

            return null;
        }
    }

    /// <summary>An attempt starts: the row is under way and its recipient's line waits for it.</summary>
    /// <param name="message">Whose.</param>
    /// <param name="now">When that is decided.</param>
    /// <param name="startsAt">When its call is to leave.</param>
    /// <param name="healthy">The intake's healthy time so far: where the clock of a doubt starts.</param>
    public QueuedSend Start(MessageId message, DateTimeOffset now, DateTimeOffset startsAt, TimeSpan healthy)
    {
        var place = PlaceOf(message);
        var send = _rows[place];
        var started = send with
        {
            Row = send.Row with
            {
                Phase = QueuePhase.Attempting, Attempt = send.Row.Attempt + 1, AttemptAt = now, NotBefore = null,
            },
        };
        _underWay[message] = new Doubt(message, started.Row.Attempt, now, healthy);
        var line = LineOf(send.Row.Conversation);
        line.Pair = line.Pair.Take(startsAt);
        line.Replace(place, started);
        Place(line);
        return started;
    }

    /// <summary>The attempt surely did not reach the contact: the row waits again.</summary>
    public void Return(MessageId message, DateTimeOffset? notBefore)
    {
        var place = PlaceOf(message);
        var send = _rows[place];
        var waiting = send with { Row = send.Row with { Phase = QueuePhase.Queued, NotBefore = notBefore } };
        _underWay.Remove(message);
        var line = LineOf(send.Row.Conversation);
        line.Replace(place, waiting);
        _byDeadline.Add(waiting);
        Place(line);
    }

    /// <summary>The attempt under way is the last: the row is not to be tried again.</summary>
    public void Withdraw(MessageId message)
    {
        var place = PlaceOf(message);
        var send = _rows[place];
        LineOf(send.Row.Conversation).Replace(place, send with { Row = send.Row.Withdrawn() });
    }

    /// <summary>Meta says this recipient's bucket is empty.</summary>
    public void RefusePair(ConversationId conversation, DateTimeOffset now)
    {
        var line = LineOf(conversation);
        line.Pair = line.Pair.OnRefused(now, line.Refusals++);
        Place(line);
    }

    /// <summary>A message must not be tried before this, and lets the others to its recipient pass meanwhile.</summary>
    public void Rest(MessageId message, DateTimeOffset until)
    {
        var line = LineOf(_rows[PlaceOf(message)].Row.Conversation);
        line.Rest(message, until);
        Place(line);
    }

    /// <summary>Meta takes no marketing for this recipient before this.</summary>
    public void Park(ConversationId conversation, DateTimeOffset until)
    {
        LineOf(conversation).ParkedUntil = until;
        _cooling.Enqueue(conversation, until.UtcTicks);
    }

    /// <summary>Until when Meta takes no marketing for this recipient; null where it does, as far as is
    /// known.</summary>
    public DateTimeOffset? ParkedUntil(ConversationId conversation, DateTimeOffset now) =>
        _lines.TryGetValue(conversation, out var line) && line.ParkedUntil > now ? line.ParkedUntil : null;

    /// <summary>The row is settled and gone.</summary>
    public void Remove(MessageId message, DateTimeOffset now)
    {
        if (_rows.PlaceOf(message) is not { } place)
        {
            return;
        }

        _settled.Add(message, now);
        Budget.Forget(message);
        _underWay.Remove(message);
        var send = _rows[place];
        Tally(send, -1);
        var line = LineOf(send.Row.Conversation);
        line.Remove(place);
        _rows.RemoveAt(place);
        line.AwaitsUntil = null;
        line.Refusals = 0;
        Place(line);
        _cooling.Enqueue(send.Row.Conversation, line.Pair.Due.UtcTicks);
        Forget(now);
    }

    /// <summary>The line stops waiting for an answer that is in doubt; the attempt itself stays in doubt.</summary>
    public void ReleaseLine(MessageId message)
    {
        var doubt = _underWay[message];
        _underWay[message] = doubt with { Holds = false };
        var place = PlaceOf(message);
        var line = LineOf(_rows[place].Row.Conversation);
        line.Release(place);
        Place(line);
    }

    /// <summary>The rows are being read again before this doubt may end.</summary>
    public void AskAgain(MessageId message) => _underWay[message] = _underWay[message] with { Looks = Looks.Asked };

    /// <summary>Drops recipients of whom nothing needs remembering any more.</summary>
    private void Forget(DateTimeOffset now)
    {
        while (_cooling.TryPeek(out var conversation, out var due) && due <= now.UtcTicks)
        {
            _cooling.Dequeue();
            if (_lines.TryGetValue(conversation, out var line) && line.IsIdle(now))
            {
                _lines.Remove(conversation);
                Spare(line);
            }
        }
    }

    private void Tally(QueuedSend queued, int by)
    {
        Templates += queued.Content is TemplateContent ? by : 0;
        if (queued.Row.Send is { } send && (_ofSend[send] = CountOf(send) + by) == 0)
        {
            _ofSend.Remove(send);
        }
    }

    private Line LineOf(ConversationId conversation)
    {
        if (!_lines.TryGetValue(conversation, out var line))
        {
            _lines[conversation] = line = _spare.TryPop(out var spare) ? spare : new Line(_rows, _held);
        }

        return line;
    }

    /// <summary>Recipients come and go as fast as messages: a line that is not needed serves the next one.</summary>
    private void Spare(Line line)
    {
        line.Clear();
        if (_spare.Count <= _lines.Count)
        {
            _spare.Push(line);
        }
    }

    private int PlaceOf(MessageId message) => _rows.PlaceOf(message) ?? throw new KeyNotFoundException();

    private void Place(Line line)
    {
        line.Stamp++;
        if (line.Head is { } head)
        {
            var entry = (line, line.Stamp);
            if ((line.AwaitsUntil ?? line.RestsUntil(head.Row.Message) ?? head.Row.NotBefore) is { } notBefore)
            {
                _later.Enqueue(entry, notBefore.UtcTicks);
            }
            else
            {
                _ready[(int)line.Lane].Enqueue(entry);
            }
        }
    }
}
