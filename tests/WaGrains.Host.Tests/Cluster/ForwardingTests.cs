using Shared;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Cluster;

/// <summary>Webhooks whose numbers live on several silos, real processes over a real PostgreSQL.</summary>
public sealed class ForwardingTests
{
    /// <summary>A hash says which silo gets which: that one gets none of so many does not happen.</summary>
    private const int Numbers = 24;

    [Fact]
    public async Task Each_silo_takes_its_numbers_part_of_a_webhook_and_the_rest_do_when_it_dies()
    {
        await using var world = await ClusterWorld.Over(await (await PostgresServer.Shared()).Create());
        var home = await world.Start("home");
        var front = await world.Start("front");
        var key = await ClusterWorld.Tenant(front, Numbers);
        var numbers = Enumerable.Range(1, Numbers).Select(i => $"{1000 + i}").ToArray();
        await world.Until("shared the numbers", async () => await ClusterWorld.Living(front, "front", "numbers") > 0);

        Assert.Equal(200, await world.Write(front, numbers));

        Assert.Equal(Numbers, await ClusterWorld.Conversations(front, key));
        Assert.InRange(await ClusterWorld.Living(front, "home", "conversations"), 1, Numbers - 1);
        Assert.Equal(1, await Forwarded(front, "durable"));
        Assert.Equal(0, await Forwarded(home, "durable"));

        await home.Signal("KILL");
        Assert.Equal(200, await world.Write(front, numbers));

        Assert.Equal(2 * Numbers, await ClusterWorld.Conversations(front, key));
        Assert.Equal(1, await Forwarded(front, "durable"));
    }

    private static async Task<long> Forwarded(SiloProcess silo, string fate)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        using var answer = await silo.Post(request);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        var counted = Array.Find(lines, line =>
            line.StartsWith("wagrains_webhook_forwarded_total{", StringComparison.Ordinal)
            && line.Contains($"fate=\"{fate}\"", StringComparison.Ordinal));
        return counted is null
            ? 0
            : long.Parse(counted.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
