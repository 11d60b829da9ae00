namespace WaGrains.Simulation.Tests.World;

/// <summary>One way to break a rule, so that its checker can be seen to fail.</summary>
internal enum Sabotage
{
    None,

    /// <summary>Webhooks are answered 200 before anything of them is durable.</summary>
    AcknowledgeEarly,

    /// <summary>A repeat carries another timestamp, and with it another id.</summary>
    ShiftRepeats,

    /// <summary>Effects and replies leave when their turn is taken, before the store has it.</summary>
    ReleaseBeforeCommit,

    /// <summary>Calls to Meta are made before their attempt is committed.</summary>
    CallBeforeCommit,

    /// <summary>An answer comes before the call has reached Meta, so that the next overtakes it.</summary>
    AnswerBeforeArrival,

    /// <summary>Statuses in the store fall back.</summary>
    StatusFallsBack,

    /// <summary>The end of an attempt is not written.</summary>
    LoseAttemptEnds,

    /// <summary>Numbers are set up without their warm-up.</summary>
    IgnoreWarmUp,

    /// <summary>Agents are set up with room for everything.</summary>
    IgnoreCapacity,

    /// <summary>Agents never hear that a conversation has left them.</summary>
    LoseReleases,

    /// <summary>Some webhooks are taken for the other tenant's.</summary>
    CrossTenants,

    /// <summary>An unknown outcome is told as not sent.</summary>
    ResendUnknown,

    /// <summary>A queue row takes the ordinal after its own.</summary>
    SkipOrdinals,

    /// <summary>The survivor of a merge forgets whom it absorbed.</summary>
    ForgetAliases,

    /// <summary>Hints that queue messages never arrive, and recovery sleeps.</summary>
    LoseQueueing,

    /// <summary>Hints are lost and nobody counts them.</summary>
    LoseHintsSilently,

    /// <summary>Sends carry no callback data.</summary>
    OmitCallback,

    /// <summary>The store keeps another state than the one it was given.</summary>
    StoreAnotherState,

    /// <summary>A repeated call finds its key free.</summary>
    ForgetKeys,

    /// <summary>A silo is declared dead and its fence stays open.</summary>
    LeaveFenceOpen,

    /// <summary>A call to Meta starts however long ago its attempt was committed.</summary>
    StartLate,

    /// <summary>A number that moves sends its newest message again from where it was.</summary>
    SendAgainAfterMove,

    /// <summary>The store takes a state whatever version it was decided on.</summary>
    DropVersionCheck,

    /// <summary>What a portfolio has granted is not written.</summary>
    LoseReservations,

    /// <summary>A state does not say what it follows.</summary>
    ForgetBefore,
}
