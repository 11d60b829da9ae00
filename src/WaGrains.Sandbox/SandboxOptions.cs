namespace WaGrains.Sandbox;

/// <summary>
/// One sandboxed app: its numbers, its customers, how the business is called back and how badly the network behaves.
/// The defaults run a demo beside a local engine. <see cref="Problems"/> names every mistake at once.
/// </summary>
public sealed class SandboxOptions
{
    /// <summary>Where the HTTP shell listens; loopback only. Default http://127.0.0.1:5081.</summary>
    public string Url { get; set; } = "http://127.0.0.1:5081";

    /// <summary>
    /// Further addresses it listens on, loopback only: who is given one of its own can be told from others at
    /// `/sandbox/callers`. Default none.
    /// </summary>
    public IList<string> AlsoOn { get; init; } = [];

    /// <summary>Where webhooks are posted; loopback only.</summary>
    public string CallbackUrl { get; set; } = "http://127.0.0.1:5080/webhooks/whatsapp/demo";

    /// <summary>Key of the webhook signature. Default demo-app-secret.</summary>
    public string AppSecret { get; set; } = "demo-app-secret";

    /// <summary>Sent in the verification handshake. Default demo-verify-token.</summary>
    public string VerifyToken { get; set; } = "demo-verify-token";

    /// <summary>The only bearer the Graph calls accept (others: error 190). Default demo-access-token.</summary>
    public string AccessToken { get; set; } = "demo-access-token";

    /// <summary>The numbers of the app; ids unique. Default two Brazilian demo numbers.</summary>
    public IList<SandboxNumber> Numbers { get; init; } = SandboxNumber.Demo();

    /// <summary>Templates that exist; any other name or language is error 132001.</summary>
    public IList<SandboxTemplate> Templates { get; init; } = SandboxTemplate.Demo();

    /// <summary>How many seeded customers write, spread evenly over the numbers; 0 to 1,000,000. Default 40.</summary>
    public int Customers { get; set; } = 40;

    /// <summary>Messages per minute all customers write together; 0 to 6,000,000. Default 36.</summary>
    public double MessagesPerMinute { get; set; } = 36;

    /// <summary>Seed of everything random; used by the shell, the core takes its own argument. Default 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>How customers behave between two messages.</summary>
    public CustomerHabits Habits { get; init; } = new();

    /// <summary>How soon statuses follow a send.</summary>
    public StatusDelays Statuses { get; init; } = new();

    /// <summary>What goes wrong with statuses, and how often.</summary>
    public Misbehaviour Misbehaviour { get; init; } = new();

    /// <summary>How webhooks are batched, bounded and repeated.</summary>
    public WebhookPolicy Webhooks { get; init; } = new();

    /// <summary>How exactly and how far back the judge looks.</summary>
    public JudgeOptions Judge { get; init; } = new();

    /// <summary>Every mistake in these options, one sentence each; empty when they can be used.</summary>
    public IReadOnlyList<string> Problems() => SandboxOptionsRules.Check(this);
}

/// <summary>Time between a customer's messages.</summary>
public sealed class CustomerHabits
{
    /// <summary>Mean seconds between an answer and the next message; 0 to 86,400. Default 8.</summary>
    public double ThinkSeconds { get; set; } = 8;

    /// <summary>Seconds a customer waits for an answer before writing again; 1 to 86,400. Default 300.</summary>
    public double PatienceSeconds { get; set; } = 300;

    /// <summary>Share of customers without a visible phone number (user_id only), 0 to 1. Default 0.1.</summary>
    public double HiddenNumbers { get; set; } = 0.1;

    /// <summary>Share of messages that are not plain text (images, taps, edits, ...), 0 to 1. Default 0.25.</summary>
    public double OtherThanText { get; set; } = 0.25;

    /// <summary>What every message says, for a bot that is to answer each; empty: the phrase book. Default
    /// empty.</summary>
    public string Says { get; set; } = "";
}

/// <summary>Delays of well-behaved statuses; each is drawn evenly between its two bounds, in seconds.</summary>
public sealed class StatusDelays
{
    /// <summary>Send to `sent`, shortest. Default 0.03.</summary>
    public double SentFrom { get; set; } = 0.03;

    /// <summary>Send to `sent`, longest. Default 0.3.</summary>
    public double SentTo { get; set; } = 0.3;

    /// <summary>`sent` to `delivered`, shortest. Default 0.05.</summary>
    public double DeliveredFrom { get; set; } = 0.05;

    /// <summary>`sent` to `delivered`, longest. Default 1.</summary>
    public double DeliveredTo { get; set; } = 1;

    /// <summary>`delivered` to `read`, shortest. Default 0.2.</summary>
    public double ReadFrom { get; set; } = 0.2;

    /// <summary>`delivered` to `read` (and `read` to `played`), longest. Default 6.</summary>
    public double ReadTo { get; set; } = 6;

    /// <summary>Share of messages that are read at all, 0 to 1. Default 0.85.</summary>
    public double ReadShare { get; set; } = 0.85;
}

/// <summary>Probabilities, 0 to 1, of what Meta documents as possible: late, repeated and unordered statuses.</summary>
public sealed class Misbehaviour
{
    /// <summary>A status arrives up to <see cref="LateSeconds"/> late. Default 0.01.</summary>
    public double Late { get; set; } = 0.01;

    /// <summary>Longest lateness in seconds; 0 to 604,800. Default 30.</summary>
    public double LateSeconds { get; set; } = 30;

    /// <summary>A status arrives a second time within 5 s. Default 0.02.</summary>
    public double Doubled { get; set; } = 0.02;

    /// <summary>`sent` and `delivered` change places. Default 0.02.</summary>
    public double Reordered { get; set; } = 0.02;

    /// <summary>`delivered` is left out; `read` implies it. Default 0.02.</summary>
    public double DeliveredSkipped { get; set; } = 0.02;

    /// <summary>`read` arrives before `delivered`. Default 0.02.</summary>
    public double ReadFirst { get; set; } = 0.02;

    /// <summary>`failed` (131026) follows `sent`. Default 0.003.</summary>
    public double FailedAfterSent { get; set; } = 0.003;

    /// <summary>`sent` is on its way before the send's own answer. Default 0.01.</summary>
    public double SentBeforeAnswer { get; set; } = 0.01;

    /// <summary>A send is taken and its answer never comes: the connection stays open until the sender gives up.
    /// Default 0.</summary>
    public double NeverAnswered { get; set; }

    /// <summary>Share of the sends without an answer of which no status tells either. Default 0.5.</summary>
    public double NeverTold { get; set; } = 0.5;

    /// <summary>Everything arrives once, in order, in time.</summary>
    public static Misbehaviour None => new()
    {
        Late = 0,
        Doubled = 0,
        Reordered = 0,
        DeliveredSkipped = 0,
        ReadFirst = 0,
        FailedAfterSent = 0,
        SentBeforeAnswer = 0,
    };
}

/// <summary>How webhooks leave. Rules of Meta's webhook overview, updated 2026-04-29.</summary>
public sealed class WebhookPolicy
{
    /// <summary>POSTs without an answer yet; more wait. 1 to 10,000. Default 64.</summary>
    public int InFlightMax { get; set; } = 64;

    /// <summary>Most updates in one POST; each POST draws its own size up to this. 1 to 1,000. Default 10.</summary>
    public int UpdatesPerPost { get; set; } = 10;

    /// <summary>
    /// How long the shell lets updates gather before it posts again, in milliseconds; 0 to 1,000. Saves wake-ups, and
    /// fills POSTs, where there are hundreds of updates a second. Default 0.
    /// </summary>
    public int GatherMs { get; set; }

    /// <summary>Back-off after the immediate retry, doubled each time, in seconds. Default 1.</summary>
    public double RetryFirstSeconds { get; set; } = 1;

    /// <summary>The back-off never grows past this, in seconds. Default 3,600.</summary>
    public double RetryLongestSeconds { get; set; } = 3600;

    /// <summary>A webhook not acknowledged for so long is given up, in days. Default 7.</summary>
    public double GiveUpAfterDays { get; set; } = 7;

    /// <summary>
    /// Updates and unacknowledged POSTs kept; when full, sends are refused with code 2 and customers pause.
    /// 1,000 to 10,000,000. Default 500,000.
    /// </summary>
    public int BacklogMax { get; set; } = 500_000;
}

/// <summary>The judge's measures.</summary>
public sealed class JudgeOptions
{
    /// <summary>
    /// How much earlier than a limit allows a request may arrive, in milliseconds; 0 to 1,000. Default 50.
    /// </summary>
    public double ToleranceMs { get; set; } = 50;

    /// <summary>Callback ids and contents remembered to find repeats; older are forgotten. Default 2,000,000.</summary>
    public int RememberedSends { get; set; } = 2_000_000;

    /// <summary>Pairs of number and recipient remembered at least; idle ones are forgotten. Default 500,000.</summary>
    public int RememberedPairs { get; set; } = 500_000;
}
