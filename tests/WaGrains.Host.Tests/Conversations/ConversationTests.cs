using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Conversations;

public sealed class ConversationTests
{
    [Fact]
    public async Task Conversation_shows_contact_window_and_holder()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var agent = await tenant.Agent();
        var id = await tenant.Held(await tenant.Number(), agent);

        var conversation = (await tenant.Owner.Get($"/v1/conversations/{id}")).Ok(200);

        Assert.Equal("held", conversation.GetProperty("phase").GetString());
        Assert.Equal(agent, conversation.GetProperty("holder").GetString());
        Assert.Equal("Customer", conversation.GetProperty("contact").GetProperty("name").GetString());
        Assert.Equal(TestApi.Start.AddHours(24), conversation.GetProperty("window_closes_at").GetDateTimeOffset());
        Assert.False(conversation.GetProperty("opted_out").GetBoolean());
    }

    [Fact]
    public async Task Assigning_to_a_team_queues_and_a_free_member_takes_it()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var agent = await tenant.Agent();
        var team = await tenant.Team(agent);
        var id = await tenant.Inbound(await tenant.Number());

        var assigned = (await tenant.Owner.Post($"/v1/conversations/{id}/assign", new { team_id = team })).Ok(202);

        Assert.Equal(agent, assigned.GetProperty("holder").GetString());
        Assert.Equal(team, assigned.GetProperty("team").GetString());
    }

    [Fact]
    public async Task Assigning_to_an_agent_who_is_away_from_work_shows_that_it_declined()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var agent = await tenant.Agent(isThere: false);
        var id = await tenant.Inbound(await tenant.Number());

        var assigned = (await tenant.Owner.Post($"/v1/conversations/{id}/assign", new { agent_id = agent })).Ok(202);

        Assert.Equal("agent_offline", assigned.GetProperty("assignment").GetProperty("declined").GetString());
    }

    [Fact]
    public async Task Assignment_names_exactly_one_who_exists()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var id = await tenant.Inbound(await tenant.Number());
        var path = $"/v1/conversations/{id}/assign";

        (await tenant.Owner.Post(path, new { })).Mistake("agent_id", "invalid");
        (await tenant.Owner.Post(path, new { agent_id = "agt_0000000000001" })).Problem(404, "not_found");
        (await tenant.Owner.Post(path, new { team_id = "team_0000000000001" })).Problem(404, "not_found");
        (await tenant.Owner.Post(path, new { agent_id = "someone" })).Mistake("agent_id", "wrong_type");
    }

    [Fact]
    public async Task Closing_and_reopening_follow_one_another()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var id = await tenant.Inbound(await tenant.Number());

        (await tenant.Owner.Post($"/v1/conversations/{id}/reopen")).Problem(409, "conversation_not_closed");
        Assert.Equal("closed",
            (await tenant.Owner.Post($"/v1/conversations/{id}/close")).Ok(200).GetProperty("phase").GetString());
        (await tenant.Owner.Post($"/v1/conversations/{id}/close")).Problem(409, "conversation_closed");
        (await tenant.Owner.Post($"/v1/conversations/{id}/assign", new { team_id = await tenant.Team() }))
            .Problem(409, "conversation_closed");
        Assert.Equal("bot", (await tenant.Owner.Post($"/v1/conversations/{id}/reopen", new { })).Ok(200).GetProperty(
            "phase").GetString());
    }

    [Fact]
    public async Task Lists_filter_by_phase_holder_team_and_number()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var agent = await tenant.Agent();
        var team = await tenant.Team();
        var (one, other) = (await tenant.Number("1001"), await tenant.Number("1002"));
        var held = await tenant.Held(one, agent);
        var waiting = await tenant.Inbound(other);
        (await tenant.Owner.Post($"/v1/conversations/{waiting}/assign", new { team_id = team })).Ok(202);

        Assert.Equal([held], await Ids(tenant, $"?holder={agent}"));
        Assert.Equal([waiting], await Ids(tenant, $"?team={team}&phase=waiting"));
        Assert.Equal([held], await Ids(tenant, $"?number={one}"));
        Assert.Empty(await Ids(tenant, "?phase=closed"));
        (await tenant.Owner.Get("/v1/conversations?phase=asleep&holder=x")).Problem(422, "validation_failed");
    }

    [Fact]
    public async Task Pages_of_conversations_meet_without_gap_or_overlap()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var number = await tenant.Number();
        for (var i = 0; i < 5; i++)
        {
            api.Clock.Advance(TimeSpan.FromSeconds(1));
            await tenant.Inbound(number);
        }

        var whole = await Ids(tenant, "");
        var first = (await tenant.Owner.Get("/v1/conversations?limit=3")).Ok(200);
        var rest = await Ids(tenant, $"?limit=2&cursor={first.GetProperty("next_cursor").GetString()}");

        Assert.Equal(5, whole.Count);
        Assert.Equal(whole[3..], rest);
    }

    [Fact]
    public async Task Agent_sees_and_touches_only_what_it_holds_and_sees_what_waits_in_its_teams()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var (ana, bob) = (await tenant.Agent("Ana"), await tenant.Agent("Bob", isThere: false));
        var team = await tenant.Team(bob);
        var number = await tenant.Number();
        var (hers, waiting) = (await tenant.Held(number, ana), await tenant.Inbound(number));
        (await tenant.Owner.Post($"/v1/conversations/{waiting}/assign", new { team_id = team })).Ok(202);
        var (asAna, asBob) = (await tenant.Key("agent", ana), await tenant.Key("agent", bob));

        (await asAna.Get($"/v1/conversations/{hers}")).Ok(200);
        (await asAna.Post($"/v1/conversations/{hers}/messages", TestTenant.Text())).Ok(202);
        (await asBob.Get($"/v1/conversations/{hers}")).Problem(403, "not_the_holder");
        (await asBob.Get($"/v1/conversations/{hers}/messages")).Problem(403, "not_the_holder");
        (await asBob.Post($"/v1/conversations/{hers}/messages", TestTenant.Text())).Problem(403, "not_the_holder");
        (await asBob.Post($"/v1/conversations/{hers}/close")).Problem(403, "not_the_holder");
        (await asBob.Get($"/v1/conversations/{waiting}")).Ok(200);
        (await asAna.Get($"/v1/conversations/{waiting}")).Problem(403, "not_the_holder");
        Assert.Equal([hers], await Ids(asAna, ""));
        Assert.Empty(await Ids(asBob, ""));
        Assert.Equal([waiting], await Ids(asBob, $"?team={team}"));
        (await asAna.Get($"/v1/conversations?team={team}")).Problem(403, "forbidden_role");
        (await asBob.Get($"/v1/conversations?holder={ana}")).Problem(403, "forbidden_role");
        (await asBob.Put($"/v1/agents/{ana}/presence", new { presence = "away" })).Problem(403, "forbidden_role");
    }

    private static Task<List<string>> Ids(TestTenant tenant, string query) => Ids(tenant.Owner, query);

    private static async Task<List<string>> Ids(TestClient client, string query) =>
        [.. (await client.Get($"/v1/conversations{query}")).Ok(200).GetProperty("data").EnumerateArray()
            .Select(item => item.GetProperty("id").GetString()!)];
}
