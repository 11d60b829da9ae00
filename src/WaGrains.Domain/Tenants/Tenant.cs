using WaGrains.Domain.Conversations;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tenants;

/// <summary>The tenant's configuration has changed: the silo's snapshot follows.</summary>
public sealed record ConfigurationChanged(TenantState State) : Effect;

/// <summary>Every decision of a tenant.</summary>
public static class Tenant
{
    /// <summary>Decides one message.</summary>
    public static Turn<TenantState> Decide(TenantState state, OwnerMessage message, DateTimeOffset now) =>
        message switch
    {
        CreateTenant create => state.Version > 0
            ? Turn.Refuse(state, Refusals.AlreadyExists)
            : Write(state with { Name = create.Name, Configuration = create.Configuration }),
        _ when state.Version == 0 => Turn.Refuse(state, Refusals.NotFound),
        ConfigureTenant configure => Configure(state, configure, now),
        RaiseStop raise => Stopping.Raise(state, raise, now),
        EndStop end => Stopping.End(state, end, now),
        LiftStop lift => Stopping.Lift(state, lift, now),
        PlaceTenant place => Write(state with { Pool = place.Pool }).Keep(state.Id, place.Idempotency, now),
        AddApiKey add =>
            Turn.Accept(state).Change(new ApiKeyAdded(state.Id, add.Hash, add.Name, add.Role, add.Agent, now)),
        RevokeApiKey revoke => Turn.Accept(state).Change(new ApiKeyRevoked(state.Id, revoke.Hash)),
        ReadTenant or Wake => Turn.Answer(state, new TenantView(state)),
        _ => throw new InvalidOperationException($"a tenant takes no {message.GetType().Name}"),
    };

    private static Turn<TenantState> Configure(TenantState state, ConfigureTenant configure, DateTimeOffset now) =>
        configure.ExpectedVersion is { } expected && !state.IsCurrent(expected)
            ? Turn.Refuse(state, Refusals.StaleVersion).Keep(state.Id, configure.Idempotency, now)
            : Write(state with
            {
                Configuration = configure.Configuration,

                // Told apart from the row's version only where stops move that: an older program reads the row.
                ConfiguredAt = state.Stops is null ? 0 : state.Version + 1,
            })
            .Keep(state.Id, configure.Idempotency, now);

    internal static Turn<TenantState> Write(TenantState state)
    {
        var next = state with { Version = state.Version + 1 };
        return Turn.Answer(next, new TenantView(next)).Change(new TenantWritten(next))
            .Emit(new ConfigurationChanged(next));
    }
}
