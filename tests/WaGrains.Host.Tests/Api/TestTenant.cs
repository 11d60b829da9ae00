using System.Globalization;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;

namespace WaGrains.Host.Tests.Api;

/// <summary>A tenant of a test with the verbs tests need.</summary>
internal sealed class TestTenant(TestApi api, TenantId id, TestClient owner, string ownerKey)
{
    private int _contacts;
    private int _inbound;

    public TenantId Id => id;

    public TestClient Owner => owner;

    public string OwnerKey => ownerKey;

    public async Task<string> Number(string metaId = "1001")
    {
        api.Graph.Show(metaId);
        var made = await owner.Post("/v1/numbers", NumberBody(metaId));
        return made.Ok(201).GetProperty("id").GetString()!;
    }

    public static object NumberBody(string metaId, string token = "token-of-meta") => new
    {
        phone_number_id = metaId,
        account_id = "77",
        display_number = "+55 11 4000-0000",
        name = "Main",
        access_token = token,
        policy = "cloud",
        throughput_per_second = 80,
        ceiling_per_minute = 120,
    };

    public async Task<string> Agent(string name = "Ana", bool isThere = true)
    {
        var agent = (await owner.Post("/v1/agents", new { name, capacity = 3 })).Ok(201).GetProperty("id").GetString()!;
        if (isThere)
        {
            (await owner.Put($"/v1/agents/{agent}/presence", new { presence = "available" })).Ok(200);
        }

        return agent;
    }

    public async Task<string> Team(params string[] members) =>
        (await owner.Post("/v1/teams", new { name = "Sales", strategy = "least_loaded", members }))
        .Ok(201).GetProperty("id").GetString()!;

    public async Task<TestClient> Key(string role, string? agent = null)
    {
        var made = await owner.Post("/v1/api-keys", new { name = role, role, agent_id = agent });
        return api.With(made.Ok(201).GetProperty("key").GetString());
    }

    /// <summary>A customer writes to the number; the conversation's id.</summary>
    public async Task<string> Inbound(string number, string text = "hello", string? conversation = null)
    {
        var to = conversation is null
            ? new ConversationId(PhoneNumberId.Parse(number), new ContactId(1000UL + (ulong)++_contacts))
            : ConversationId.Parse(conversation);
        var wamid = $"wamid.{++_inbound}";
        var at = api.Clock.GetUtcNow();
        var payload = $$$"""{"id":"{{{wamid}}}","type":"text","text":{"body":"{{{text}}}"}}""";
        var message = new InboundMessage(
            wamid, at, InboundKind.Text, text, null, null, null, System.Text.Encoding.UTF8.GetBytes(payload));
        var phone = (5511900000000 + (long)(to.Contact.Value % 100000)).ToString(CultureInfo.InvariantCulture);
        var receive = new ReceiveInbound(
            [new InboundDelivery(MessageId.Inbound(id, wamid, at), message)],
            new PersonNames(phone, null, null, "Customer"),
            null,
            []);
        await api.Owners.Ask(Domain.Ids.OwnerKey.Of(id, to), receive, CancellationToken.None);
        return to.ToString();
    }

    /// <summary>A conversation that this agent holds.</summary>
    public async Task<string> Held(string number, string agent)
    {
        var conversation = await Inbound(number);
        (await owner.Post($"/v1/conversations/{conversation}/assign", new { agent_id = agent })).Ok(202);
        return conversation;
    }

    public static object Text(string body = "good morning") =>
        new { content = new { type = "text", text = new { body } } };
}
