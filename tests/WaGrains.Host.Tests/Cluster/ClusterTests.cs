using Shared;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Cluster;

/// <summary>Real processes over a real PostgreSQL.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task What_one_silo_receives_the_silo_of_its_number_takes()
    {
        await using var world = await NewWorld();
        var front = await world.Start("front");
        var back = await world.Start("back", pool: "gold");
        var key = await ClusterWorld.Tenant(front, numbers: 2, pool: "gold");
        await world.Until("moved to its pool", async () => await ClusterWorld.Living(front, "front", "numbers") == 0);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(200, await world.Write(front, i % 2 == 0 ? "1001" : "1002"));
        }

        Assert.Equal(20, await ClusterWorld.Conversations(back, key));
        Assert.Equal(20, await ClusterWorld.Living(front, "back", "conversations"));
        Assert.Equal(0, await ClusterWorld.Living(back, "front", "conversations"));
    }

    [Fact]
    public async Task An_answer_given_at_one_silo_leaves_by_the_number_on_another_once()
    {
        await using var world = await NewWorld();
        var front = await world.Start("front");
        await world.Start("back", pool: "gold");
        var key = await ClusterWorld.Tenant(front, numbers: 1, pool: "gold");
        Assert.Equal(200, await world.Write(front, "1001"));
        var conversation = (await front.With(key).Get("/v1/conversations?limit=1")).Ok(200)
            .GetProperty("data")[0].GetProperty("id").GetString();

        (await front.With(key).Post($"/v1/conversations/{conversation}/messages", TestTenant.Text())).Ok(202);

        await world.Until("sent", () => Task.FromResult(!world.Graph.Taken.IsEmpty));
        await world.Until("accepted", async () => await Status(front, key, conversation!) == "accepted");
        Assert.Equal(1, Assert.Single(world.Graph.Taken).Value);
    }

    [Fact]
    public async Task A_silo_that_joins_gets_what_belongs_to_it_and_no_webhook_is_refused()
    {
        await using var world = await NewWorld();
        var first = await world.Start("first");
        var key = await ClusterWorld.Tenant(first, numbers: 3, pool: "gold");
        Assert.Equal(200, await world.Write(first, "1001"));
        await world.Until("told of the empty pool", async () =>
            (await ClusterWorld.Operator(first).Get("/admin/cluster")).Ok(200).GetProperty("pools_without_silos")
                .EnumerateArray().Any(pool => pool.GetString() == "gold"));

        await using var traffic = Traffic.Run(world, () => Task.FromResult(first));
        await world.Start("second", pool: "gold");
        await world.Until("took its numbers", async () =>
            await ClusterWorld.Living(first, "second", "numbers") == 3
            && await ClusterWorld.Living(first, "first", "numbers") == 0);
        var written = await traffic.Stop();

        Assert.Equal(written + 1, await ClusterWorld.Conversations(first, key));
    }

    [Fact]
    public async Task A_silo_that_is_drained_refuses_no_webhook_and_ends_well()
    {
        await using var world = await NewWorld();
        var stays = await world.Start("stays");
        var goes = await world.Start("goes", pool: "gold");
        var key = await ClusterWorld.Tenant(stays, numbers: 3, pool: "gold");

        await using var traffic = Traffic.Run(world, async () => await goes.IsReady() ? goes : stays);
        await traffic.Reaches(30);
        (await ClusterWorld.Operator(goes).Post("/admin/cluster/drain")).Ok(202);
        var code = await goes.Ended();
        await traffic.Reaches(30);
        var written = await traffic.Stop();

        Assert.True(code == 0, $"exit code {code}; {goes.Said}");
        Assert.Equal(written, await ClusterWorld.Conversations(stays, key));
        Assert.Equal(3, await ClusterWorld.Living(stays, "stays", "numbers"));
    }

    [Fact]
    public async Task A_silo_that_was_voted_out_ends_with_its_own_code()
    {
        await using var world = await NewWorld();
        var healthy = await world.Start("healthy");
        var frozen = await world.Start("frozen");

        await frozen.Signal("STOP");
        await world.Until("voted out", async () =>
            (await ClusterWorld.Operator(healthy).Get("/admin/cluster")).Ok(200).GetProperty("silos").EnumerateArray()
                .All(silo => silo.GetProperty("name").GetString() != "frozen"));
        await frozen.Signal("CONT");
        var code = await frozen.Ended();

        Assert.True(code == ExitCode.FenceLost, $"exit code {code}; {frozen.Said}");
    }

    [Fact]
    public async Task A_silo_that_loses_its_fence_commits_nothing_more_and_ends_with_its_own_code()
    {
        await using var world = await NewWorld();
        var silo = await world.Start("fenced");
        await ClusterWorld.Tenant(silo, numbers: 1);

        await world.Execute("UPDATE fence SET alive = false WHERE silo = 'fenced'");
        var status = await world.Write(silo, "1001");
        var code = await silo.Ended();

        Assert.NotEqual(200, status);
        Assert.True(code == ExitCode.FenceLost, $"exit code {code}; {silo.Said}");
    }

    [Fact]
    public async Task What_a_killed_silo_had_queued_leaves_from_another_without_being_asked_for()
    {
        const int Messages = 12;
        await using var world = await NewWorld();
        var stays = await world.Start("stays");
        var dies = await world.Start("dies", pool: "gold");
        var key = await ClusterWorld.Tenant(stays, numbers: 1, pool: "gold");
        await world.Until("moved to its pool", async () => await ClusterWorld.Living(stays, "dies", "numbers") == 1);
        for (var i = 0; i < Messages; i++)
        {
            Assert.Equal(200, await world.Write(stays, "1001"));
        }

        // At 120 a minute the queue takes six seconds: the silo dies with most of it.
        var page = (await stays.With(key).Get("/v1/conversations?limit=50")).Ok(200);
        foreach (var conversation in page.GetProperty("data").EnumerateArray())
        {
            var id = conversation.GetProperty("id").GetString();
            (await stays.With(key).Post($"/v1/conversations/{id}/messages", TestTenant.Text($"to {id}"))).Ok(202);
        }

        await dies.Signal("KILL");
        var left = world.Graph.Taken.Count;
        await world.Until("sent by the other silo", () => Task.FromResult(world.Graph.Taken.Count == Messages));

        Assert.InRange(left, 0, Messages - 1);
        Assert.All(world.Graph.Taken, body => Assert.Equal(1, body.Value));
    }

    [Fact]
    public async Task The_dashboard_opens_for_the_operators_key_alone()
    {
        await using var world = await NewWorld();
        var silo = await world.Start("shown");

        Assert.Equal(401, (await silo.With(null).Get("/admin/dashboard/")).Status);
        Assert.Equal(200, (await ClusterWorld.Operator(silo).Get("/admin/dashboard/")).Status);
    }

    [Fact]
    public async Task Without_a_database_the_process_says_so_and_ends()
    {
        await using var silo = SiloProcess.Start("alone", new Dictionary<string, string>
        {
            ["WAGRAINS_DATA"] = Path.Combine(Path.GetTempPath(), $"wagrains-{Environment.ProcessId}-alone"),
            ["WAGRAINS__Postgres__ConnectionString"] = "Host=127.0.0.1;Port=1;Username=nobody;Database=none",
            ["WAGRAINS__Cluster__StoreWaitSeconds"] = "1",
        });

        Assert.Equal(ExitCode.Unreachable, await silo.Ended());
        Assert.Contains("The database cannot be reached", silo.Said, StringComparison.Ordinal);
    }

    private static async Task<ClusterWorld> NewWorld() =>
        await ClusterWorld.Over(await (await PostgresServer.Shared()).Create());

    private static async Task<string> Status(SiloProcess at, string key, string conversation)
    {
        var messages = (await at.With(key).Get($"/v1/conversations/{conversation}/messages?limit=10")).Ok(200);
        return messages.GetProperty("data").EnumerateArray()
            .Where(message => message.GetProperty("direction").GetString() == "outbound")
            .Select(message => message.GetProperty("status").GetString()!)
            .First();
    }
}
