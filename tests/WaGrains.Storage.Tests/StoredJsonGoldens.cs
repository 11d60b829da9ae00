using System.Runtime.CompilerServices;
using System.Text;
using WaGrains.Domain.Agents;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Engine.Serialization;

namespace WaGrains.Storage.Tests;

/// <summary>
/// The stored form of each type, as it was first written to a disk: it must be written so, and must load for ever.
/// <c>WAGRAINS_UPDATE_GOLDENS=1 dotnet test</c> writes the files anew.
/// </summary>
public sealed class StoredJsonGoldens
{
    [Fact]
    public void Team_is_stored_as_agreed() => Check("team_state.v1", new TeamState
    {
        Tenant = Sample.Acme,
        Id = Sample.Team,
        Version = 3,
        Name = "Sales",
        Strategy = RoutingStrategy.RoundRobin,
        Members = [Sample.Ana, new AgentId(2)],
    });

    [Fact]
    public void Agent_is_stored_as_agreed() => Check("agent_state.v1", new AgentState
    {
        Tenant = Sample.Acme,
        Id = Sample.Ana,
        Version = 4,
        Name = "Ana",
        Presence = Presence.Available,
        Teams = [Sample.Team],
    });

    [Fact]
    public void Tenant_is_stored_as_agreed() => Check("tenant_state.v1", new TenantState
    {
        Id = Sample.Acme,
        Version = 2,
        Name = "Acme Ltda",
        Configuration = new TenantConfiguration
        {
            DefaultTeam = Sample.Team, CloseIdleHours = 48, ResendUnknown = true,
        },
    });

    [Fact]
    public void Portfolio_is_stored_as_agreed() => Check("portfolio_state.v1", new PortfolioState
    {
        Tenant = Sample.Acme,
        Id = PortfolioId.Of("506914307656634"),
        Version = 5,
        Limit = new MessagingLimit(2_000),
        LimitSince = Sample.At(1),
        LimitCause = "webhook",
        Numbers = [Sample.Number],
        FullSince = Sample.At(2),
        StoppedUntil = Sample.At(3),
    });

    [Fact]
    public void Text_is_stored_as_agreed() => Check<MessageContent>(
        "message_content.text.v1", new TextContent("Olá \ud83d\ude00 <b>\"x\"</b>", PreviewUrl: true));

    private static void Check<T>(string name, T value, [CallerFilePath] string here = "")
    {
        var written = Encoding.UTF8.GetString(StoredJson.Write(value)) + "\n";
        if (Environment.GetEnvironmentVariable("WAGRAINS_UPDATE_GOLDENS") == "1")
        {
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(here)!, "Goldens", name + ".json"), written);
            return;
        }

        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Goldens", name + ".json"));
        Assert.Equal(golden, written);
        var loaded = StoredJson.Read<T>(Encoding.UTF8.GetBytes(golden));
        Assert.Equal(golden, Encoding.UTF8.GetString(StoredJson.Write(loaded)) + "\n");
    }
}
