using Shared;
using WaGrains.Host.Tests.Api;
using WaGrains.Host.Tests.Silo.Tls;

namespace WaGrains.Host.Tests.Cluster;

/// <summary>What operators do to real processes, beside starting and ending them.</summary>
public sealed class OperationsTests
{
    [Fact]
    public async Task Of_a_store_that_was_marked_as_restored_only_what_comes_later_is_sent()
    {
        const int Messages = 8;
        await using var world = await NewWorld();
        var silo = await world.Start("before");
        var key = await ClusterWorld.Tenant(silo, numbers: 1);
        var number = (await silo.With(key).Get("/v1/numbers")).Ok(200)
            .GetProperty("data")[0].GetProperty("id").GetString();
        for (var i = 0; i < Messages; i++)
        {
            Assert.Equal(200, await world.Write(silo, "1001"));
        }

        // What is held back is what a backup would bring back: queued, not sent.
        (await silo.With(key).Post($"/v1/numbers/{number}/stop")).Ok(200);
        var page = (await silo.With(key).Get("/v1/conversations?limit=50")).Ok(200).GetProperty("data");
        var conversations = page.EnumerateArray().Select(each => each.GetProperty("id").GetString()!).ToList();
        foreach (var id in conversations)
        {
            (await silo.With(key).Post($"/v1/conversations/{id}/messages", TestTenant.Text($"old {id}"))).Ok(202);
        }

        await silo.Signal("KILL");
        await silo.Ended();

        var verb = await world.RunVerb("restored");
        var after = await world.Start("after");
        Assert.Equal(200, await world.Write(after, "1001"));
        var newest = (await after.With(key).Get("/v1/conversations?limit=1")).Ok(200)
            .GetProperty("data")[0].GetProperty("id").GetString();
        (await after.With(key).Post($"/v1/conversations/{newest}/messages", TestTenant.Text("new"))).Ok(202);
        (await after.With(key).Post($"/v1/numbers/{number}/resume")).Ok(200);
        await world.Until("sent what came later", () => Task.FromResult(!world.Graph.Taken.IsEmpty));

        Assert.Contains(
            $"Marked as restored: 1 numbers stopped, {Messages} messages in doubt", verb, StringComparison.Ordinal);
        Assert.Equal("new", Assert.Single(world.Graph.Taken).Key);
    }

    [Fact]
    public async Task Silos_talk_by_tls_and_one_of_another_authority_cannot_join()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        await using var world = await NewWorld();
        var front = await world.Start("front", tls: authority.Certify("front"));
        await world.Start("back", pool: "gold", tls: authority.Certify("back"));
        var key = await ClusterWorld.Tenant(front, numbers: 1, pool: "gold");
        await world.Until("moved to its pool", async () => await ClusterWorld.Living(front, "back", "numbers") == 1);
        Assert.Equal(200, await world.Write(front, "1001"));

        var foreign = world.Begin("foreign", tls: other.Certify("foreign"));
        await world.Until("refused", () => Task.FromResult(
            front.Said.Contains("No TLS with", StringComparison.Ordinal)
            && foreign.Said.Contains("No TLS with", StringComparison.Ordinal)));

        Assert.False(await foreign.IsReady());
        Assert.Equal(1, await ClusterWorld.Conversations(front, key));
        Assert.DoesNotContain(
            "active",
            (await ClusterWorld.Operator(front).Get("/admin/cluster")).Ok(200).GetProperty("silos").EnumerateArray()
                .Where(silo => silo.GetProperty("name").GetString() == "foreign")
                .Select(silo => silo.GetProperty("status").GetString()));
    }

    private static async Task<ClusterWorld> NewWorld() =>
        await ClusterWorld.Over(await (await PostgresServer.Shared()).Create());
}
