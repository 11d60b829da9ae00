using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox.Webhooks;

/// <summary>
/// Webhooks to one endpoint: batched when taken, bounded in flight, repeated with the same bytes until a 200 or until
/// they are too old (facts 3.4). What is taken must be answered, or its place stays occupied.
/// </summary>
internal sealed class WebhookOutbox(WebhookPolicy policy, WebhookSignature signature, Chance chance)
{
    private readonly Queue<Update> _waiting = new();
    private readonly Queue<byte[]> _ready = new();
    private readonly Agenda<Webhook> _retries = new();
    private readonly Dictionary<long, Webhook> _inFlight = [];
    private long _lastId;
    private DateTimeOffset _newestDue = DateTimeOffset.MinValue;

    public long Created { get; private set; }

    public long Acknowledged { get; private set; }

    public long Retried { get; private set; }

    public long GivenUp { get; private set; }

    /// <summary>Made, neither acknowledged nor given up.</summary>
    public long Pending => _inFlight.Count + _retries.Count + _ready.Count;

    /// <summary>Updates that are due but not yet part of a POST.</summary>
    public int Waiting => _waiting.Count;

    public bool IsFull => _waiting.Count + _retries.Count + _ready.Count >= policy.BacklogMax;

    /// <summary>When a POST can leave; null while nothing waits or every place is taken.</summary>
    public DateTimeOffset? NextDue => _inFlight.Count >= policy.InFlightMax ? null
        : _waiting.Count + _ready.Count > 0 ? _newestDue
        : _retries.NextDue;

    public void Add(Update update, DateTimeOffset due)
    {
        _waiting.Enqueue(update);
        _newestDue = due;
    }

    /// <summary>A POST of its own, bytes as given.</summary>
    public void AddBody(byte[] body, DateTimeOffset due)
    {
        _ready.Enqueue(body);
        Created++;
        _newestDue = due;
    }

    public IReadOnlyList<WebhookCall> Take(DateTimeOffset now, int most)
    {
        var calls = new List<WebhookCall>();
        while (calls.Count < most && _inFlight.Count < policy.InFlightMax && Next(now) is { } webhook)
        {
            webhook.Attempt++;
            _inFlight.Add(webhook.Id, webhook);
            calls.Add(new WebhookCall(webhook.Id, webhook.Body, webhook.Signature, webhook.Attempt));
        }

        return calls;
    }

    /// <summary>How many inbound messages this answer acknowledged for the first time.</summary>
    public int Answered(DateTimeOffset now, long id, int httpStatus)
    {
        if (!_inFlight.Remove(id, out var webhook))
        {
            return 0;
        }

        if (httpStatus == 200)
        {
            Acknowledged++;
            return webhook.Messages;
        }

        var due = now + Backoff(webhook.Attempt);
        if (due > webhook.Created + TimeSpan.FromDays(policy.GiveUpAfterDays))
        {
            GivenUp++;
            return 0;
        }

        _retries.Add(due, webhook);
        return 0;
    }

    /// <summary>At once after the first attempt, then doubling.</summary>
    private TimeSpan Backoff(int attempts)
    {
        if (attempts == 1)
        {
            return TimeSpan.Zero;
        }

        var seconds = policy.RetryFirstSeconds * Math.Pow(2, Math.Min(attempts - 2, 40));
        return TimeSpan.FromSeconds(Math.Min(seconds, policy.RetryLongestSeconds));
    }

    private Webhook? Next(DateTimeOffset now)
    {
        if (_retries.TryTakeDue(now, out var retry, out _))
        {
            Retried++;
            return retry;
        }

        if (_ready.TryDequeue(out var body))
        {
            return New(now, body, 0);
        }

        if (_waiting.Count == 0)
        {
            return null;
        }

        Created++;
        var batch = new List<Update>();
        for (var size = 1 + chance.Below(policy.UpdatesPerPost); size > 0 && _waiting.Count > 0; size--)
        {
            batch.Add(_waiting.Dequeue());
        }

        return New(now, Envelope.Write(batch), batch.Count(each => each.Kind == UpdateKind.Message));
    }

    private Webhook New(DateTimeOffset now, byte[] body, int messages) =>
        new(++_lastId, now, body, signature.Of(body)) { Messages = messages };

    private sealed class Webhook(long id, DateTimeOffset created, byte[] body, string signature)
    {
        public long Id => id;

        public DateTimeOffset Created => created;

        public byte[] Body => body;

        public string Signature => signature;

        public int Attempt { get; set; }

        public int Messages { get; init; }
    }
}
