namespace WaGrains.Domain.Messaging;

/// <summary>How one attempt to send ended. Policies switch on it without a discard arm.</summary>
public enum SendOutcomeKind
{
    /// <summary>Meta answered with a wamid; it may still fail later.</summary>
    Accepted,

    /// <summary>Meta refused it; what that stops is in <see cref="Errors.ErrorTable"/>.</summary>
    Refused,

    /// <summary>Certainly not sent and worth repeating: no connection, or it came too late.</summary>
    NotSent,

    /// <summary>
    /// The request may have reached Meta and no answer tells: never blindly repeated, a status settles it.
    /// </summary>
    Unknown,
}

/// <summary>The outcome of one attempt.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Wamid">Meta's id of the message, when accepted.</param>
/// <param name="WaId">The digits Meta knows the recipient by, when it told; may differ from what we addressed.</param>
/// <param name="Error">What went wrong; null exactly when accepted.</param>
public sealed record SendOutcome(SendOutcomeKind Kind, string? Wamid, string? WaId, SendError? Error)
{
    /// <summary>
    /// Whether Meta took the message but holds it back to judge the template's quality first (template pacing).
    /// </summary>
    public bool HeldForQuality { get; init; }

    /// <summary>Kind and reason alone, so that no log line can carry the recipient's number by accident.</summary>
    public override string ToString() => Error is null ? $"{Kind}" : $"{Kind} ({Error.Code} {Error.Reason})";

    /// <summary>Meta took the message.</summary>
    public static SendOutcome Accepted(string wamid, string? waId) => new(SendOutcomeKind.Accepted, wamid, waId, null);

    /// <summary>Meta refused it.</summary>
    public static SendOutcome Refused(SendError error) => new(SendOutcomeKind.Refused, null, null, error);

    /// <summary>Nothing left us, so repeating is safe.</summary>
    /// <param name="reason">A stable snake_case word.</param>
    public static SendOutcome NotSent(string reason) =>
        new(SendOutcomeKind.NotSent, null, null, new SendError(0, reason, null));

    /// <summary>The request may have left and nobody knows.</summary>
    /// <param name="reason">A stable snake_case word.</param>
    public static SendOutcome InDoubt(string reason) =>
        new(SendOutcomeKind.Unknown, null, null, new SendError(0, reason, null));
}

/// <summary>
/// When the same message may be tried again: the first wait, multiplied after each try, up to the longest. The budget
/// is the number of repeats, and the message's own deadline in any case.
/// </summary>
/// <param name="First">Wait before the first repeat.</param>
/// <param name="Factor">What each further wait is multiplied with.</param>
/// <param name="Longest">No wait is longer.</param>
/// <param name="Repeats">How many repeats at most; null: until the message's own deadline. 0: never.</param>
public sealed record RetryRule(TimeSpan First, int Factor, TimeSpan Longest, int? Repeats)
{
    private const double JitterRatio = 0.25;

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
    /// <summary>
    /// The same, and up to a quarter more where waits grow, so that many who were refused at once do not come back at
    /// once. The same seed and repeat give the same wait.
    /// </summary>
    /// <param name="repeat">1 for the first repeat.</param>
    /// <param name="seed">Whose wait: a message's or number's id.</param>
    public TimeSpan? WaitBefore(int repeat, UInt128 seed) => WaitBefore(repeat) is not { } wait ? null
        : Factor == 1 ? wait
        : wait + TimeSpan.FromTicks((long)(wait.Ticks * JitterRatio * Fraction(seed, repeat)));

    /// <summary>Evenly spread in [0, 1): SplitMix64's last step (Steele, Lea, Flood: "Fast Splittable Pseudorandom
    /// Number Generators", 2014).</summary>
    private static double Fraction(UInt128 seed, int repeat)
    {
        var mixed = (ulong)seed ^ (ulong)(seed >> 64) ^ ((ulong)repeat * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
