namespace WaGrains.Simulation.Tests.World;

/// <summary>What one run is like: everything in it is drawn from the seed. Rates are probabilities unless said
/// otherwise.</summary>
internal sealed record SimPlan
{
    public required ulong Seed { get; init; }

    public DateTimeOffset Start { get; init; } = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    /// <summary>How long traffic and faults last.</summary>
    public TimeSpan Storm { get; init; } = TimeSpan.FromMinutes(10);

    public int Silos { get; init; } = 2;

    /// <summary>Most a silo's wall clock is off, either way; seconds.</summary>
    public double ClockOff { get; init; }

    /// <summary>Messages a minute that the customers of one tenant write.</summary>
    public double InboundPerMinute { get; init; } = 12;

    /// <summary>Seconds between two deeds of an agent, and between two sends of a tenant's systems, in the
    /// mean.</summary>
    public double DeskSeconds { get; init; } = 12;

    public bool ResendUnknown { get; init; }

    public double HintLost { get; init; }

    public double HintDoubled { get; init; }

    /// <summary>Most a hint is held up; seconds.</summary>
    public double HintDelay { get; init; } = 0.01;

    /// <summary>A call is taken by Meta and its answer is lost.</summary>
    public double AnswerLost { get; init; }

    /// <summary>A call is taken and never answered; of half of them no status tells either.</summary>
    public double NeverAnswered { get; init; }

    /// <summary>How long the tenants wait for a status of what was not answered, seconds; null for the usual.</summary>
    public int? UnknownAfterSeconds { get; init; }

    public double NoConnection { get; init; }

    /// <summary>A call is held up beyond the second it may start in.</summary>
    public double LateStart { get; init; }

    /// <summary>Longest a commit takes; seconds.</summary>
    public double CommitSeconds { get; init; } = 0.01;

    /// <summary>Mean seconds between two deaths of a silo; 0 for none.</summary>
    public double CrashSeconds { get; init; }

    /// <summary>Mean seconds between two spells without the store; 0 for none.</summary>
    public double OutageSeconds { get; init; }

    /// <summary>Longest spell without the store; seconds.</summary>
    public double OutageLongest { get; init; } = 10;

    /// <summary>Mean seconds between two silos whose machine stops for 1 to 25 s; 0 for none.</summary>
    public double PauseSeconds { get; init; }

    /// <summary>Mean seconds between two silos declared dead that live on; 0 for none.</summary>
    public double ZombieSeconds { get; init; }

    /// <summary>Mean seconds between two owners that come to live twice; 0 for none.</summary>
    public double TwinSeconds { get; init; }

    /// <summary>Mean seconds between two idle owners that leave memory; 0 for none.</summary>
    public double EvictSeconds { get; init; } = 2;

    /// <summary>A webhook comes twice at once.</summary>
    public double WebhookTwice { get; init; }

    /// <summary>A webhook brings something whose handling throws.</summary>
    public double Poison { get; init; }

    /// <summary>Meta refuses a call: throttles, spam, outages.</summary>
    public double Refusal { get; init; }

    /// <summary>People whom the numbers of a tenant may write to outside a window in 24 hours; 0 for no
    /// limit.</summary>
    public int MessagingLimit { get; init; }

    /// <summary>Numbers of each tenant beside the usual three.</summary>
    public int FurtherNumbers { get; init; }

    /// <summary>Whether each tenant has one more, after all others, that may use the whole of Meta's throughput, 80 a
    /// second.</summary>
    public bool HasFastNumber { get; init; }

    public Sabotage Sabotage { get; init; }

    /// <summary>How many trace lines to keep for a failure.</summary>
    public int TraceLines { get; init; }

    /// <summary>Collect every finding instead of ending with the first.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>The plan of a seed for one process: it crashes and comes back, but nobody ever lives twice.</summary>
    public static SimPlan Of(ulong seed) => Cluster(seed) with
    {
        Silos = 1, ZombieSeconds = 0, TwinSeconds = 0, PauseSeconds = 0, ClockOff = 0, OutageLongest = 10,
    };

    /// <summary>
    /// The plan of a seed for a cluster, with silos that are voted out and owners that live twice. Each fault is absent
    /// in
    /// about half of the runs, so that few of them mask one another.
    /// </summary>
    public static SimPlan Cluster(ulong seed)
    {
        var dice = Dice.For(seed, 1);
        double Maybe(double most) => dice.Happens(0.5) ? dice.Between(0, most) : 0;
        double Spell(double shortest, double longest) => dice.Happens(0.5) ? dice.Between(shortest, longest) : 0;
        return new SimPlan
        {
            Seed = seed,
            Start = new DateTimeOffset(2026, 11, 22, dice.Happens(0.1) ? 23 : 10, 55, 0, TimeSpan.Zero),
            Silos = 2 + dice.Below(2),
            ClockOff = Maybe(0.25),
            InboundPerMinute = dice.Between(4, 20),
            DeskSeconds = dice.Between(6, 20),
            ResendUnknown = dice.Happens(0.2),
            HintLost = dice.Happens(0.25) ? dice.Between(0, 0.02) : 0,
            HintDoubled = Maybe(0.2),
            HintDelay = dice.Happens(0.5) ? 0.01 : dice.Between(0.01, 3),
            AnswerLost = Maybe(0.15),
            NoConnection = Maybe(0.1),
            LateStart = Maybe(0.1),
            CommitSeconds = dice.Happens(0.7) ? 0.01 : dice.Between(0.01, 0.2),
            CrashSeconds = Spell(20, 300),
            OutageSeconds = Spell(60, 300),
            OutageLongest = dice.Happens(0.8) ? 10 : 90,
            PauseSeconds = Spell(30, 300),
            ZombieSeconds = Spell(60, 300),
            TwinSeconds = Spell(5, 100),
            EvictSeconds = Spell(0.5, 10),
            WebhookTwice = Maybe(0.2),
            Poison = Maybe(0.03),
            Refusal = Maybe(0.1),
        };
    }
}
