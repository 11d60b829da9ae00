using WaGrains.Domain.Agents;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Teams;

/// <summary>What of a team is stored: its settings. Who waits is in the conversations' rows, who has room is known by
/// the agents.</summary>
public sealed record TeamState
{
    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Which team.</summary>
    public required TeamId Id { get; init; }

    /// <summary>How many durable writes the row has had.</summary>
    public long Version { get; init; }

    /// <summary>Its name, 1 to 100 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>How it chooses among those with room.</summary>
    public RoutingStrategy Strategy { get; init; } = RoutingStrategy.LeastLoaded;

    /// <summary>Its members, sorted by id.</summary>
    public IReadOnlyList<AgentId> Members { get; init; } = [];

    /// <summary>Its address.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public OwnerKey Owner => OwnerKey.Of(Tenant, Id);
}

/// <summary>Writes a team's row.</summary>
public sealed record TeamWritten(TeamState State) : StateWritten
{
    /// <inheritdoc/>
    public override long Version => State.Version;

    /// <inheritdoc/>
    public override OwnerKey Owner => State.Owner;
}
