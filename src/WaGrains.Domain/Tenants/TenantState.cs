using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tenants;

/// <summary>A tenant: its configuration and the keys to its API.</summary>
public sealed record TenantState
{
    /// <summary>Which tenant.</summary>
    public required TenantId Id { get; init; }

    /// <summary>How many durable writes the row has had: the version that is given out with the
    /// configuration.</summary>
    public long Version { get; init; }

    /// <summary>The version that brought the configuration; 0: every version may have.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition =
        System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public long ConfiguredAt { get; init; }

    /// <summary>What Meta takes from none of an account's numbers at present, oldest first; null for nothing.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition =
        System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SendStop>? Stops { get; init; }

    /// <summary>Its name, 1 to 100 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>Everything the tenant may set.</summary>
    public TenantConfiguration Configuration { get; init; } = new();

    /// <summary>The pool of silos that serves it, set by the operator; null is the shared one.</summary>
    public string? Pool { get; init; }

    /// <summary>Whether the configuration that was given out with this version is still the one in force.</summary>
    public bool IsCurrent(long version) =>
        version == Version || (ConfiguredAt > 0 && version >= ConfiguredAt && version < Version);

    /// <summary>Its address.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public OwnerKey Owner => OwnerKey.Of(Id);
}

/// <summary>Writes a tenant's row.</summary>
public sealed record TenantWritten(TenantState State) : StateWritten
{
    /// <inheritdoc/>
    public override long Version => State.Version;

    /// <inheritdoc/>
    public override OwnerKey Owner => State.Owner;
}

/// <summary>What an API key may do, from most to least.</summary>
public enum Role
{
    /// <summary>Everything in the tenant: settings, keys, numbers.</summary>
    Owner = 0,

    /// <summary>Conversations of all agents, assignments, teams, alerts.</summary>
    Supervisor = 1,

    /// <summary>The conversations of one agent, who is named by the key.</summary>
    Agent = 2,

    /// <summary>Reads everything, changes nothing.</summary>
    ReadOnly = 3,
}

/// <summary>A key to the tenant's API. Only a hash of it is stored.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Hash">SHA-256 of the key, lower-case hex.</param>
/// <param name="Name">What it is for, 1 to 100 characters.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Agent">The agent it speaks for; set exactly for <see cref="Role.Agent"/>.</param>
/// <param name="At">When it was made.</param>
public sealed record ApiKeyAdded(
    TenantId Tenant, string Hash, string Name, Role Role, AgentId? Agent, DateTimeOffset At) : Change;

/// <summary>Ends a key.</summary>
public sealed record ApiKeyRevoked(TenantId Tenant, string Hash) : Change;

/// <summary>What a tenant may be told.</summary>
public abstract record TenantMessage : OwnerMessage;

/// <summary>Creates the tenant; refused where it exists.</summary>
public sealed record CreateTenant(string Name, TenantConfiguration Configuration) : TenantMessage;

/// <summary>Replaces the configuration as a whole; <paramref name="ExpectedVersion"/> guards against losing another's
/// change.</summary>
public sealed record ConfigureTenant(
    TenantConfiguration Configuration,
    long? ExpectedVersion,
    IdempotencyKey? Idempotency) : TenantMessage;

/// <summary>Gives the tenant to a pool of silos; null gives it back to the shared one.</summary>
public sealed record PlaceTenant(string? Pool, IdempotencyKey? Idempotency) : TenantMessage;

/// <summary>Adds a key, whose secret only the caller knows.</summary>
public sealed record AddApiKey(string Hash, string Name, Role Role, AgentId? Agent) : TenantMessage;

/// <summary>Ends a key.</summary>
public sealed record RevokeApiKey(string Hash) : TenantMessage;

/// <summary>Reads the tenant.</summary>
public sealed record ReadTenant : TenantMessage;

/// <summary>Answer to <see cref="ReadTenant"/>, <see cref="CreateTenant"/> and <see cref="ConfigureTenant"/>.</summary>
public sealed record TenantView(TenantState State) : Reply;
