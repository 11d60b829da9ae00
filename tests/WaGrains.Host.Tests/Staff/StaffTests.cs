using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Staff;

public sealed class StaffTests
{
    [Fact]
    public async Task Agent_is_added_changed_and_comes_to_work()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();

        var made = (await tenant.Owner.Post("/v1/agents", new { name = "Ana" })).Ok(201);
        var path = $"/v1/agents/{made.GetProperty("id").GetString()}";
        Assert.Equal(
            (7, "offline"), (made.GetProperty("capacity").GetInt32(), made.GetProperty("presence").GetString()));
        (await tenant.Owner.Patch(path, new { capacity = 2 })).Ok(200);
        (await tenant.Owner.Put($"{path}/presence", new { presence = "available" })).Ok(200);

        var agent = (await tenant.Owner.Get(path)).Ok(200);
        Assert.Equal("Ana", agent.GetProperty("name").GetString());
        Assert.Equal(
            (2, "available"), (agent.GetProperty("capacity").GetInt32(), agent.GetProperty("presence").GetString()));
    }

    [Fact]
    public async Task Agent_shows_what_it_holds()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var id = await tenant.Agent();
        var conversation = await tenant.Held(await tenant.Number(), id);

        var agent = (await tenant.Owner.Get($"/v1/agents/{id}")).Ok(200);

        Assert.Equal(conversation, agent.GetProperty("holds")[0].GetString());
        Assert.Equal(1, agent.GetProperty("load").GetInt32());
    }

    [Fact]
    public async Task Agent_who_leaves_may_hand_its_conversations_back()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var agent = await tenant.Agent();
        var conversation = await tenant.Held(await tenant.Number(), agent);

        (await tenant.Owner.Put($"/v1/agents/{agent}/presence", new { presence = "offline", requeue = true })).Ok(200);

        var now = (await tenant.Owner.Get($"/v1/conversations/{conversation}")).Ok(200);
        Assert.Equal("bot", now.GetProperty("phase").GetString());
    }

    [Fact]
    public async Task Mistakes_of_an_agent_are_named()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var agent = await tenant.Agent();

        (await tenant.Owner.Post("/v1/agents", new { capacity = 1 })).Mistake("name", "missing");
        (await tenant.Owner.Post("/v1/agents", new { name = "a", capacity = 16 })).Mistake("capacity", "out_of_range");
        (await tenant.Owner.Put($"/v1/agents/{agent}/presence", new { })).Mistake("presence", "missing");
        (await tenant.Owner.Put($"/v1/agents/{agent}/presence", new { presence = 1 })).Mistake(
            "presence", "wrong_type");
        (await tenant.Owner.Put("/v1/agents/agt_0000000000001/presence", new { presence = "away" })).Problem(
            404, "not_found");
        (await tenant.Owner.Patch("/v1/agents/agt_0000000000001", new { name = "b" })).Problem(404, "not_found");
    }

    [Fact]
    public async Task Team_is_added_and_changed_and_its_members_exist()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var agent = await tenant.Agent();
        var team = await tenant.Team(agent);

        var changed = (await tenant.Owner.Patch($"/v1/teams/{team}", new { strategy = "sticky" })).Ok(200);

        Assert.Equal(("Sales", "sticky"),
            (changed.GetProperty("name").GetString(), changed.GetProperty("strategy").GetString()));
        Assert.Equal(agent, changed.GetProperty("members")[0].GetString());
        Assert.Equal(
            team, (await tenant.Owner.Get("/v1/teams")).Ok(200).GetProperty("data")[0].GetProperty("id").GetString());
        (await tenant.Owner.Patch($"/v1/teams/{team}", new { members = new[] { "agt_0000000000001" } }))
            .Mistake("members[0]", "not_found");
        (await tenant.Owner.Post("/v1/teams", new { strategy = "sticky" })).Mistake("name", "missing");
        (await tenant.Owner.Patch("/v1/teams/team_0000000000001", new { name = "x" })).Problem(404, "not_found");
    }

    [Fact]
    public async Task Pages_of_agents_meet_without_gap_or_overlap()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        for (var i = 0; i < 3; i++)
        {
            await tenant.Agent($"no {i}", isThere: false);
        }

        var whole = (await tenant.Owner.Get("/v1/agents")).Ok(200).GetProperty("data");
        var first = (await tenant.Owner.Get("/v1/agents?limit=2")).Ok(200);
        var rest = (await tenant.Owner.Get($"/v1/agents?cursor={first.GetProperty("next_cursor").GetString()}")).Ok(
            200);

        Assert.Equal(2, first.GetProperty("data").GetArrayLength());
        Assert.Equal(1, rest.GetProperty("data").GetArrayLength());
        Assert.Equal(whole[2].ToString(), rest.GetProperty("data")[0].ToString());
        (await tenant.Owner.Get("/v1/agents?limit=0")).Mistake("limit", "out_of_range");
    }
}
