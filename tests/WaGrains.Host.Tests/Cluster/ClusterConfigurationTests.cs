using Microsoft.Extensions.Configuration;
using WaGrains.Host.Configuration;

namespace WaGrains.Host.Tests.Cluster;

public sealed class ClusterConfigurationTests
{
    private const string Connection = "WaGrains:Postgres:ConnectionString";

    [Fact]
    public void Without_a_database_the_process_stands_alone_and_shows_its_demo()
    {
        var options = Read();

        Assert.False(options.IsCluster);
        Assert.True(options.Demo.Enabled);
        Assert.True(options.Sandbox.Enabled);
    }

    [Fact]
    public void In_a_cluster_demo_and_sandbox_are_off_until_asked_for()
    {
        var options = Read((Connection, "Host=127.0.0.1"));
        var asked = Read((Connection, "Host=127.0.0.1"), ("WaGrains:Demo:Enabled", "true"));

        Assert.True(options.IsCluster);
        Assert.False(options.Demo.Enabled);
        Assert.False(options.Sandbox.Enabled);
        Assert.True(asked.Demo.Enabled);
    }

    [Theory]
    [InlineData("WaGrains:Cluster:Name", "Not a name")]
    [InlineData("WaGrains:Cluster:Pool", "")]
    [InlineData("WaGrains:Cluster:SiloPort", "0")]
    [InlineData("WaGrains:Cluster:GatewayPort", "11111")]
    [InlineData("WaGrains:Cluster:Address", "no such address")]
    [InlineData("WaGrains:Cluster:DrainSeconds", "121")]
    [InlineData("WaGrains:SecretsKey", "c2hvcnQ=")]
    [InlineData("WaGrains:WebhooksPerTenantShare", "0")]
    public void A_mistake_is_told_before_anything_starts(string key, string value)
    {
        Assert.Empty(Read((Connection, "Host=127.0.0.1")).Mistakes());

        Assert.Single(Read((Connection, "Host=127.0.0.1"), (key, value)).Mistakes());
    }

    private static WaGrainsOptions Read(params (string Key, string Value)[] settings) => HostConfiguration.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(each => KeyValuePair.Create(each.Key, (string?)each.Value)))
            .Build());
}
