using System.Text.Json;
using WaGrains.LocalCluster.Proxy;

namespace WaGrains.LocalCluster.Judging;

/// <summary>
/// What went through the proxy: which messages of customers, whether a silo answered them 200, and how often a webhook
/// was refused. Kept apart from sandbox and host, so that neither of them judges itself. Exact for up to
/// <paramref name="messagesMax"/> messages, some 50 bytes each; what comes after them is counted, and spoils the run.
/// </summary>
internal sealed class WebhookLedger(TimeProvider clock, int messagesMax = WebhookLedger.MessagesMax)
{
    /// <summary>Four hours at 300 messages a second.</summary>
    public const int MessagesMax = 4_500_000;

    /// <summary>Stands for a status where no silo wanted the webhook.</summary>
    public const int NoSilo = -1;

    /// <summary>Stands for a status where nobody waited for one.</summary>
    public const int Abandoned = -2;

    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, bool> _acknowledged = [];
    private readonly SortedDictionary<int, long> _refused = [];
    private HashSet<UInt128> _fresh = [];
    private DateTimeOffset _oldestFresh = DateTimeOffset.MaxValue;

    /// <summary>How long numbers went without a webhook that was answered 200.</summary>
    public NumberGaps Gaps { get; } = new(clock);

    /// <summary>Messages that came when the ledger was full: nobody can say what became of them.</summary>
    public long Unjudged { get; private set; }

    /// <summary>Webhooks that were not answered 200, by status; 0 for those whose sender gave up waiting.</summary>
    public Refusals Refused
    {
        get
        {
            lock (_gate)
            {
                return new Refusals(new SortedDictionary<int, long>(_refused));
            }
        }
    }

    /// <summary>Each message that passed, by its print, and whether it was acknowledged.</summary>
    public IReadOnlyDictionary<UInt128, bool> Messages
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<UInt128, bool>(_acknowledged);
            }
        }
    }

    /// <summary>What has been acknowledged since this was last asked.</summary>
    public Acknowledged TakeAcknowledged()
    {
        lock (_gate)
        {
            var taken = new Acknowledged(_fresh, _oldestFresh);
            (_fresh, _oldestFresh) = ([], DateTimeOffset.MaxValue);
            return taken;
        }
    }

    /// <summary>Lets a webhook pass and notes what became of it.</summary>
    public async Task Watch(HttpContext context, byte[] body, Func<HttpContext, byte[], Task> next)
    {
        var status = 0;
        var since = clock.GetTimestamp();
        var isProbe = context.Request.Headers.ContainsKey(ServingProbe.Header);
        try
        {
            await next(context, body);
            status = context.Response.Headers.ContainsKey(ReverseProxy.NoSilo) ? NoSilo : context.Response.StatusCode;
        }
        finally
        {
            // A probe is impatient on purpose: that it does not wait is nobody's refusal.
            Note(body, status == 0 && isProbe ? Abandoned : status, since);
        }
    }

    /// <summary>Notes one webhook, its answer (0 where there was none) and the clock's timestamp of its coming; null:
    /// now.</summary>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    public void Note(ReadOnlyMemory<byte> body, int status, long? since = null)
    {
        var isAcknowledged = status == StatusCodes.Status200OK;
        var webhook = WebhookReading.Of(body.Span);
        var came = since ?? clock.GetTimestamp();
        if (isAcknowledged)
        {
            Gaps.Served(webhook.Numbers, came);
        }
        else
        {
            Gaps.Refused(webhook.Numbers, came);
        }

        lock (_gate)
        {
            if (!isAcknowledged && status != Abandoned)
            {
                _refused[status] = _refused.GetValueOrDefault(status) + 1;
            }

            foreach (var message in webhook.Messages)
            {
                Note(message, webhook.Oldest, isAcknowledged);
            }
        }
    }

    private void Note(UInt128 message, DateTimeOffset written, bool isAcknowledged)
    {
        var isKnown = _acknowledged.TryGetValue(message, out var before);
        if (!isKnown && _acknowledged.Count >= messagesMax)
        {
            Unjudged++;
            return;
        }

        _acknowledged[message] = isAcknowledged || before;
        if (isAcknowledged && !before)
        {
            _fresh.Add(message);
            _oldestFresh = written < _oldestFresh ? written : _oldestFresh;
        }
    }
}

/// <summary>Messages that were answered 200 for the first time within some while.</summary>
/// <param name="Messages">Their prints.</param>
/// <param name="Oldest">None of them was written before this; the end of time where there is none.</param>
internal sealed record Acknowledged(IReadOnlySet<UInt128> Messages, DateTimeOffset Oldest);
