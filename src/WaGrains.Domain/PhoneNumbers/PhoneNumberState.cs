using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>What of a number is stored in its own row; what waits in its queue is in the queue's rows.</summary>
public sealed record PhoneNumberState
{
    private readonly Instant _since;
    private readonly Instant _heldUntil;
    private readonly Instant _heldSince;
    private readonly Instant _stoppedSince;
    private readonly Instant _pausedSince;
    private readonly Instant _levelSince;
    private readonly Instant _budgetSince;
    private readonly Instant _budgetUntil;

    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Our id.</summary>
    public required PhoneNumberId Id { get; init; }

    /// <summary>How many durable writes the row has had.</summary>
    public long Version { get; init; }

    /// <summary>What the tenant has set.</summary>
    public PhoneNumberSettings Settings { get; init; } = new();

    /// <summary>The slow loop: what quality has earned.</summary>
    public required WarmUp WarmUp { get; init; }

    /// <summary>The fast loop: what throttling has taken.</summary>
    public Pacing Pacing { get; init; }

    /// <summary>When the next send may start; committed with each attempt, so that neither a crash nor a move
    /// bursts.</summary>
    public Gcra Slot { get; init; }

    /// <summary>The UTC day that <see cref="Traffic"/> counts.</summary>
    public DateOnly Day { get; init; }

    /// <summary>What the number has done on <see cref="Day"/> so far; the last minutes of it may be lost with a
    /// crash.</summary>
    public DayTraffic Traffic { get; init; } = DayTraffic.None;

    /// <summary>Meta's rating, as last told.</summary>
    public QualityRating Quality { get; init; }

    /// <summary>When the number came under this tenant's control.</summary>
    public DateTimeOffset Since
    {
        get => _since.Value;
        init => _since = value;
    }

    /// <summary>How many throttle answers have come in a row.</summary>
    public int Throttles { get; init; }

    /// <summary>Not before this, after a throttle answer; null if nothing holds.</summary>
    public DateTimeOffset? HeldUntil
    {
        get => _heldUntil;
        init => _heldUntil = value;
    }

    /// <summary>Why <see cref="HeldUntil"/> holds, a snake_case word; null for throttling.</summary>
    public string? HeldFor { get; init; }

    /// <summary>Since when it is held; null where that was not noted.</summary>
    public DateTimeOffset? HeldSince
    {
        get => _heldSince;
        init => _heldSince = value;
    }

    /// <summary>Why the number does not send at all; null while it does.</summary>
    public string? Stopped { get; init; }

    /// <summary>Meta's error code that has stopped it; 0 for an operator's word, or where that was not noted.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition =
        System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public int StoppedCode { get; init; }

    /// <summary>Bulk sends whose messages stay in the queue; null for none.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition =
        System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BulkSendId>? HeldSends { get; init; }

    /// <summary>Since when it is stopped; null where that was not noted.</summary>
    public DateTimeOffset? StoppedSince
    {
        get => _stoppedSince;
        init => _stoppedSince = value;
    }

    /// <summary>Since when an operator has paused it; null while it is not paused.</summary>
    public DateTimeOffset? PausedSince
    {
        get => _pausedSince;
        init => _pausedSince = value;
    }

    /// <summary>Since when the throughput level is what it is; null for since the beginning.</summary>
    public DateTimeOffset? LevelSince
    {
        get => _levelSince;
        init => _levelSince = value;
    }

    /// <summary>Since when messages wait for the portfolio's budget; null while none does.</summary>
    public DateTimeOffset? BudgetSince
    {
        get => _budgetSince;
        init => _budgetSince = value;
    }

    /// <summary>When there may be budget again at the earliest; null where that is not known.</summary>
    public DateTimeOffset? BudgetUntil
    {
        get => _budgetUntil;
        init => _budgetUntil = value;
    }

    /// <summary>The pace that its history last tells of; null before the first entry.</summary>
    public RecordedPace? Recorded { get; init; }

    /// <summary>Whether nothing leaves until somebody says so.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsStopped => Stopped is not null || PausedSince is not null;

    /// <summary>Its address.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public OwnerKey Owner => OwnerKey.Of(Tenant, Id);

    /// <summary>The state of a number of which nothing is stored: its warm-up begins now.</summary>
    public static PhoneNumberState Fresh(TenantId tenant, PhoneNumberId id, DateTimeOffset now) => new()
    {
        Tenant = tenant,
        Id = id,
        WarmUp = WarmUp.Begin(now),
        Pacing = Pacing.Unthrottled(
            PacingRules.Default.Throttling.FloorPerMinute, ThroughputLevel.Standard.PerMinute()),
        Slot = Gcra.Fresh(PacingRules.Default.WarmUp.StartPerMinute),
        Day = DateOnly.FromDateTime(now.UtcDateTime),
        Since = now,
    };
}

/// <summary>What a tenant sets for a number.</summary>
public sealed record PhoneNumberSettings
{
    /// <summary>Meta's id of the number: digits, unique over all tenants.</summary>
    public string PhoneNumberId { get; init; } = "";

    /// <summary>Meta's id of the account the number belongs to.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>Meta's id of the business portfolio; null where nobody has told: then its account is taken for
    /// one.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition =
        System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? BusinessId { get; init; }

    /// <summary>The portfolio whose messaging limit it shares; null for a number that has not even an
    /// account.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public PortfolioId? Portfolio => BusinessId is { Length: > 0 } business ? PortfolioId.Of(business)
        : AccountId is { Length: > 0 } account ? PortfolioId.Of(account)
        : null;

    /// <summary>The number as people read it.</summary>
    public string DisplayNumber { get; init; } = "";

    /// <summary>A name for lists, at most 100 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>How its pace is governed.</summary>
    public SendingPolicy Policy { get; init; } = SendingPolicy.WarmUp;

    /// <summary>The plan's ceiling, messages per minute; null for what the policy itself allows at most.</summary>
    public double? CeilingPerMinute { get; init; }

    /// <summary>Meta's throughput level.</summary>
    public ThroughputLevel Throughput { get; init; } = ThroughputLevel.Standard;

    /// <summary>Messages that may wait in its queue, 1 to 50,000; beyond it a send is refused.</summary>
    public int QueueMax { get; init; } = 10_000;

    /// <summary>The team that gets this number's conversations; null for the tenant's default.</summary>
    public TeamId? Team { get; init; }

    /// <summary>The access token, sealed by the host's key; never in clear outside the sender.</summary>
    public string SealedToken { get; init; } = "";
}

/// <summary>Writes a number's row.</summary>
public sealed record PhoneNumberWritten(PhoneNumberState State) : StateWritten
{
    /// <summary>The state this write follows: what the feed of events tells the difference from. Null: unknown, and
    /// nothing is told.</summary>
    public PhoneNumberState? Before { get; init; }

    /// <inheritdoc/>
    public override long Version => State.Version;

    /// <inheritdoc/>
    public override OwnerKey Owner => State.Owner;
}
