namespace WaGrains.Domain.Messaging;

/// <summary>
/// What one attempt to send came to, or what a later failed status says of it. Policies switch on it without a discard
/// arm.
/// </summary>
public enum SendOutcomeKind
{
    /// <summary>Meta answered with a wamid; it may still fail later.</summary>
    Accepted,

    /// <summary>Too fast for the number or its account: slow the number, the message stays queued.</summary>
    ThrottledNumber,

    /// <summary>Too fast for this recipient only: the message stays queued, others go on.</summary>
    ThrottledPair,

    /// <summary>Certainly not sent and worth repeating: no connection, or Meta says it is out of order.</summary>
    Transient,

    /// <summary>This message will never be taken; others are not concerned.</summary>
    Rejected,

    /// <summary>Meta holds this recipient back for a day or so; nothing is wrong with number or template.</summary>
    ParkRecipient,

    /// <summary>The recipient wants no marketing from us; never try again until they say otherwise.</summary>
    SuppressRecipient,

    /// <summary>The template cannot be sent by anyone now: stop what uses it.</summary>
    StopTemplate,

    /// <summary>Marketing of the whole account is held back: stop its campaigns, replies go on.</summary>
    StopCampaigns,

    /// <summary>
    /// The number cannot send until somebody repairs it (payment, registration, name); not a risk event.
    /// </summary>
    HoldNumber,

    /// <summary>
    /// Meta restricts the number for spam or policy: a risk event, its sending stops and its warm-up starts over.
    /// </summary>
    StopNumber,

    /// <summary>The token or a permission is gone: nothing of this number can leave until there is a new one.</summary>
    AuthenticationLost,

    /// <summary>
    /// The request may have reached Meta and no answer tells: never blindly repeated, a status settles it.
    /// </summary>
    Unknown,
}

/// <summary>The outcome of one attempt.</summary>
/// <param name="Kind">Which policy applies.</param>
/// <param name="Wamid">Meta's id of the message, when accepted.</param>
/// <param name="WaId">The digits Meta knows the recipient by, when it told; may differ from what we addressed.</param>
/// <param name="Error">What went wrong, when something did.</param>
/// <param name="Retry">Whether and when the same message may be tried again.</param>
/// <param name="Alert">Whether a person must look at it.</param>
public sealed record SendOutcome(
    SendOutcomeKind Kind,
    string? Wamid,
    string? WaId,
    SendError? Error,
    RetryRule Retry,
    bool Alert)
{
    /// <summary>
    /// Whether Meta took the message but holds it back to judge the template's quality first (template pacing).
    /// </summary>
    public bool HeldForQuality { get; init; }

    /// <summary>Kind and reason alone, so that no log line can carry the recipient's number by accident.</summary>
    public override string ToString() => Error is null ? $"{Kind}" : $"{Kind} ({Error.Code} {Error.Reason})";

    /// <summary>Meta took the message.</summary>
    public static SendOutcome Accepted(string wamid, string? waId) =>
        new(SendOutcomeKind.Accepted, wamid, waId, null, RetryRule.Never, Alert: false);

    /// <summary>Nothing left us, so repeating is safe.</summary>
    /// <param name="reason">A stable snake_case word.</param>
    public static SendOutcome NotSent(string reason) =>
        new(SendOutcomeKind.Transient, null, null, new SendError(0, reason, null), RetryRule.Backoff, Alert: false);

    /// <summary>The request may have left and nobody knows.</summary>
    /// <param name="reason">A stable snake_case word.</param>
    public static SendOutcome InDoubt(string reason) =>
        new(SendOutcomeKind.Unknown, null, null, new SendError(0, reason, null), RetryRule.Never, Alert: false);
}

/// <summary>
/// When the same message may be tried again: the first wait, multiplied after each try, up to the longest.
/// </summary>
/// <param name="First">Wait before the first repeat.</param>
/// <param name="Factor">What each further wait is multiplied with.</param>
/// <param name="Longest">No wait is longer.</param>
/// <param name="Repeats">How many repeats at most; null: until the message's own deadline. 0: never.</param>
public sealed record RetryRule(TimeSpan First, int Factor, TimeSpan Longest, int? Repeats)
{
    /// <summary>
    /// Not tried again by the clock. What a held or stopped number was refused waits for the number's release instead.
    /// </summary>
    public static RetryRule Never { get; } = new(TimeSpan.Zero, 1, TimeSpan.Zero, 0);

    /// <summary>
    /// Meta's own rule for its rate limits: 4^X seconds, X = 0, 1, 2, ... (error codes page, read 2026-09-11).
    /// </summary>
    public static RetryRule PowersOfFour { get; } = new(TimeSpan.FromSeconds(1), 4, TimeSpan.FromHours(1), null);

    /// <summary>For outages: 1 s, doubled up to 5 minutes, until the message's deadline.</summary>
    public static RetryRule Backoff { get; } = new(TimeSpan.FromSeconds(1), 2, TimeSpan.FromMinutes(5), null);

    /// <summary>A fixed wait, until the message's deadline.</summary>
    public static RetryRule Every(TimeSpan wait) => new(wait, 1, wait, null);

    /// <summary>At most so many repeats of this rule.</summary>
    public RetryRule AtMost(int repeats) => this with { Repeats = repeats };

    /// <summary>The wait before repeat number <paramref name="repeat"/>, or null when there is none.</summary>
    /// <param name="repeat">1 for the first repeat.</param>
    public TimeSpan? WaitBefore(int repeat)
    {
        if (repeat < 1 || (Repeats is { } most && repeat > most))
        {
            return null;
        }

        var wait = First.TotalSeconds * Math.Pow(Factor, repeat - 1);
        return wait >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(wait);
    }
}
