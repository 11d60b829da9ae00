namespace WaGrains.Engine;

/// <summary>Every bound of the engine on one page. What is full answers as the constant says; nothing waits without
/// end.</summary>
public static class Limits
{
    /// <summary>Turns in one commit. Beyond some hundreds a batch gains nothing but latency (measured: 200 rows cost 8
    /// us each, 1,000 cost 7).</summary>
    public const int BatchTurnsMax = 400;

    /// <summary>Turns staged and not yet durable, per silo. Full: the caller is told to come back, before anything is
    /// decided.</summary>
    public const int StagedTurnsMax = 20_000;

    /// <summary>Turns of one owner staged and not yet durable. Full: as above; keeps one hot owner from taking the
    /// whole silo's share.</summary>
    public const int StagedPerOwnerMax = 4_000;

    /// <summary>Hints on their way or waiting to be repeated, per silo. Full: the hint is dropped and counted; recovery
    /// finds its rows.</summary>
    public const int HintsMax = 50_000;

    /// <summary>Hints under way at once, per silo: enough to fill a batch while the one before commits.</summary>
    public const int HintsInFlightMax = 1_024;

    /// <summary>Tries of one hint before its receiver is only told to look at its rows; with the back-off below that is
    /// about a minute.</summary>
    public const int HintTriesMax = 12;

    /// <summary>Recipients of one bulk send that are given to their conversations at once: enough for a full batch, and
    /// little beside what else a silo has staged.</summary>
    public const int BulkCallsMax = 64;

    /// <summary>Messages with held budget that one look compares with the archive, the newest; the others have their
    /// turn
    /// when those have settled. About 50 ms of the database.</summary>
    public const int HeldBudgetMax = 50_000;

    /// <summary>Of those that have settled, so many in one turn: each is a row of its commit.</summary>
    public const int FatesPerTurnMax = 500;

    /// <summary>Failures (exceptions) of one input before it is set aside as a dead letter.</summary>
    public const int InputFailuresMax = 2;

    /// <summary>Fast numbers whose last departure a silo remembers before it drops those that owe nothing.</summary>
    public const int PacesRemembered = 1_000;

    /// <summary>Calls to Meta under way at once, per silo. Full: attempts that are committed wait their turn, and are
    /// fenced anew if that took too long.</summary>
    public const int GraphCallsMax = 512;

    /// <summary>Owners that recovery wakes in one round, per silo; the next round takes the next.</summary>
    public const int RecoveryOwnersMax = 5_000;

    /// <summary>Activations loading at once, per silo: a silo's death must not become the database's.</summary>
    public const int LoadsInFlightMax = 64;

    /// <summary>Durable timers read into the wheel in one round.</summary>
    public const int TimersPerRoundMax = 5_000;

    /// <summary>Entries of the silo's cache of identities; the least recently added go first. About 200 bytes
    /// each.</summary>
    public const int IdentityCacheMax = 200_000;

    /// <summary>First wait before a hint is repeated; doubled each time up to
    /// <see cref="HintBackoffLongest"/>.</summary>
    public static readonly TimeSpan HintBackoffFirst = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest wait between two tries of a hint.</summary>
    public static readonly TimeSpan HintBackoffLongest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest time from the start of an attempt's commit to the start of its call; later it is fenced anew (MUST S2
    /// allows 1 s; a minute's slots leave 0.6 s for late starts). Monotonic clock.
    /// </summary>
    public static readonly TimeSpan AttemptStartsWithin = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// What the clocks of two silos may differ by. A number's slots are committed in the time of the silo that sends;
    /// one that takes the number over waits so much longer, or a fast clock would let a minute at Meta's door hold too
    /// many.
    /// </summary>
    public static readonly TimeSpan ClocksDifferBy = TimeSpan.FromMilliseconds(500);

    /// <summary>Rows nobody has claimed for so long are found by the safety net and counted.</summary>
    public static readonly TimeSpan UnclaimedAfter = TimeSpan.FromSeconds(2);

    /// <summary>A team whose conversations wait asks its members again how they stand, so often: their word may have
    /// been lost. A number whose messages wait for no slot looks again, so often.</summary>
    public static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(30);

    /// <summary>What a silo remembers of who somebody is, it reads again after so long: others may have merged the
    /// contact.</summary>
    public static readonly TimeSpan IdentityRememberedFor = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A merge stays open so long after nothing of it seems to be left: another silo may still take the absorbed
    /// contact for the person, and open a conversation of it. Twice <see cref="IdentityRememberedFor"/>, for clocks
    /// that
    /// jump.
    /// </summary>
    public static readonly TimeSpan MergeStaysOpenFor = TimeSpan.FromMinutes(10);

    /// <summary>How far ahead durable timers are read into the wheel, and how often.</summary>
    public static readonly TimeSpan TimerHorizon = TimeSpan.FromMinutes(5);
}
