using WaGrains.Domain.Tenants;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Tenants;

public sealed class TenantTests
{
    private TenantState _state = new() { Id = Given.Tenant };

    private Turn<TenantState> Tell(TenantMessage message)
    {
        var turn = TurnCheck.Run(_state, state => Tenant.Decide(state, message, Given.Now));
        _state = turn.Next;
        return turn;
    }

    private static string? Code(Turn<TenantState> turn) => (turn.Reply as Refused)?.Refusal.Code;

    [Fact]
    public void Tenant_is_created_once()
    {
        Assert.Equal("not_found", Code(Tell(new ReadTenant())));
        var turn = Tell(new CreateTenant("Demo", Given.Configuration));
        Assert.Equal(1, Assert.Single(turn.Effects.OfType<ConfigurationChanged>()).State.Version);
        Assert.Equal("already_exists", Code(Tell(new CreateTenant("Demo", Given.Configuration))));
    }

    [Fact]
    public void Configuration_is_replaced_at_the_version_it_was_read_at()
    {
        Tell(new CreateTenant("Demo", new TenantConfiguration()));
        var stale = Tell(new ConfigureTenant(Given.Configuration, 7, Given.Key));
        Assert.Equal("stale_version", Code(stale));
        Assert.Equal(stale.Reply, Assert.Single(stale.Changes.OfType<IdempotencyKept>()).Answer);
        var turn = Tell(new ConfigureTenant(Given.Configuration, 1, Given.Key));
        Assert.Equal((2L, Given.Sales), (_state.Version, _state.Configuration.Keywords[1].HandOver!.Value));
        Assert.Single(turn.Changes.OfType<IdempotencyKept>());
    }

    [Fact]
    public void Keys_are_rows_of_their_own()
    {
        Tell(new CreateTenant("Demo", new TenantConfiguration()));
        Assert.IsType<ApiKeyAdded>(Assert.Single(Tell(new AddApiKey("hash", "desk", Role.Agent, Given.Ana)).Changes));
        Assert.IsType<ApiKeyRevoked>(Assert.Single(Tell(new RevokeApiKey("hash")).Changes));
        Assert.Equal(1, _state.Version);
    }
}
