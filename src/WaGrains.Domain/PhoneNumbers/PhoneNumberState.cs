using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>What of a number is stored in its own row; what waits in its queue is in the queue's rows.</summary>
public sealed record PhoneNumberState
{
    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Our id.</summary>
    public required PhoneNumberId Id { get; init; }

    /// <summary>How many durable writes the row has had.</summary>
    public long Version { get; init; }

    /// <summary>What the tenant has set.</summary>
    public PhoneNumberSettings Settings { get; init; } = new();

    /// <summary>The slow loop: what quality has earned.</summary>
    public WarmUp WarmUp { get; init; } = new();

    /// <summary>The fast loop: what throttling has taken.</summary>
    public Pacing Pacing { get; init; }

    /// <summary>When the next send may start; committed with each attempt, so that neither a crash nor a move bursts.</summary>
    public Gcra Slot { get; init; }

    /// <summary>Not before this, after a throttle answer; null if nothing holds.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Why the number does not send at all; null while it does.</summary>
    public string? Stopped { get; init; }

    /// <summary>Its address.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public OwnerKey Owner => OwnerKey.Of(Tenant, Id);
}

/// <summary>What a tenant sets for a number.</summary>
public sealed record PhoneNumberSettings
{
    /// <summary>Meta's id of the number: digits, unique over all tenants.</summary>
    public string PhoneNumberId { get; init; } = "";

    /// <summary>Meta's id of the account the number belongs to.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>The number as people read it.</summary>
    public string DisplayNumber { get; init; } = "";

    /// <summary>A name for lists, at most 100 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>How its pace is governed.</summary>
    public PacePolicy Policy { get; init; }

    /// <summary>The plan's ceiling, messages per minute; up to 120 for a warmed-up number.</summary>
    public double CeilingPerMinute { get; init; } = 120;

    /// <summary>Meta's throughput level, messages per second, in and out together: 20, 80 or 1,000.</summary>
    public int ThroughputPerSecond { get; init; } = 80;

    /// <summary>The team that gets this number's conversations; null for the tenant's default.</summary>
    public TeamId? Team { get; init; }

    /// <summary>The access token, sealed by the host's key; never in clear outside the sender.</summary>
    public string SealedToken { get; init; } = "";
}

/// <summary>Writes a number's row.</summary>
public sealed record PhoneNumberWritten(PhoneNumberState State) : StateWritten
{
    /// <inheritdoc/>
    public override long Version => State.Version;

    /// <inheritdoc/>
    public override OwnerKey Owner => State.Owner;
}
