using System.Globalization;
using System.Text;
using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Agents;
using WaGrains.Domain.Bots;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Intake;
using WaGrains.Host.Ids;
using WaGrains.Host.Numbers;
using WaGrains.Host.Webhooks;

namespace WaGrains.Host.Silo.Rehearsing;

/// <summary>
/// What a silo does all day, once, for a tenant that nobody else will ever see: customers write, a bot answers them,
/// one of them is given to an agent, Meta accepts the answers and tells how they fared.
/// </summary>
internal sealed class Play(IdSource ids, TimeProvider clock)
{
    private const int Customers = 3;

    /// <summary>More in a second than are sent.</summary>
    private const double PerMinute = 6_000;

    private static readonly string[] Statuses = ["sent", "delivered", "read"];
    private static readonly PhoneNumberId Number = new(1);
    private static readonly TeamId Team = new(1);
    private static readonly AgentId Agent = new(1);

    private readonly TenantId _tenant = TenantId.Parse("rehearsal-" + ids.NewRequest()[^20..]);

    /// <summary>Another for each play: it is unique among all tenants, and silos may start together.</summary>
    private readonly string _metaId = $"rehearsal-{ids.NewMessage()}";

    /// <summary>What it is timed by.</summary>
    public TimeProvider Clock => clock;

    private string Seconds => clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Plays it to its end.</summary>
    public async Task<Played> Perform(CancellationToken cancel)
    {
        await using var store = new RehearsalStore();
        await using var stage = new RehearsalStage(store, ids, clock);
        await stage.Begin(await store.Open("rehearsal", cancel));
        await SetUp(stage, cancel);
        var arrivals = new Arrivals(new NumberDirectory(store.Reads, clock));
        await Task.WhenAll(Enumerable.Range(0, Customers).Select(
            customer => Take(stage, arrivals, Written(customer), cancel)));
        for (var i = 0; i < Customers; i++)
        {
            var send = await stage.Sends.ReadAsync(cancel);
            await Take(stage, arrivals, Fared(send), cancel);
        }

        var said = await Hear(stage, cancel);
        return new Played(said, store.Commits);
    }

    private async Task SetUp(RehearsalStage stage, CancellationToken cancel)
    {
        var configuration = new TenantConfiguration
        {
            DefaultTeam = Team,
            Keywords =
            [
                new KeywordRule("open", ["open"], MatchKind.Word, ["Always."], null, 0, KeywordRuleState.Enabled),
                new KeywordRule("help", ["help"], MatchKind.Word, ["Soon."], Team, 1, KeywordRuleState.Enabled),
            ],
        };
        var number = new PhoneNumberSettings
        {
            PhoneNumberId = _metaId,
            Policy = SendingPolicy.Cloud,
            CeilingPerMinute = PerMinute,
        };
        (OwnerKey Owner, OwnerMessage Message)[] steps =
        [
            (OwnerKey.Of(_tenant), new CreateTenant("Rehearsal", configuration)),
            (OwnerKey.Of(_tenant, Number), new ConfigureNumber(number, null)),
            (OwnerKey.Of(_tenant, Agent), new ConfigureAgent("Agent", AgentCapacity.Default, null)),
            (OwnerKey.Of(_tenant, Team), new ConfigureTeam("Team", RoutingStrategy.LeastLoaded, [Agent], null)),
            (OwnerKey.Of(_tenant, Agent), new SetPresence(Presence.Available, Requeue: false)),
        ];
        foreach (var (owner, message) in steps)
        {
            if (await stage.Ask(owner, message, cancel) is Refused refused)
            {
                throw new InvalidOperationException($"the play has no stage: {refused.Refusal.Code}");
            }
        }
    }

    /// <summary>What the desk does with a webhook, uncounted.</summary>
    private async Task Take(RehearsalStage stage, Arrivals arrivals, string webhook, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var batch = WebhookReader.Read(Encoding.UTF8.GetBytes(webhook));
        await stage.Intake.Accept(_tenant, await arrivals.Of(_tenant, batch, now, cancel), now, cancel);
    }

    /// <summary>All that was said until every answer was settled and the agent had the customer.</summary>
    private static async Task<IReadOnlyList<OwnerMessage>> Hear(RehearsalStage stage, CancellationToken cancel)
    {
        List<OwnerMessage> said = [];
        while (said.OfType<SendSettled>().DistinctBy(settled => settled.Message).Count() < Customers
            || !said.OfType<AcceptOffer>().Any())
        {
            said.Add(await stage.Answered.ReadAsync(cancel));
        }

        while (stage.Answered.TryRead(out var message))
        {
            said.Add(message);
        }

        return said;
    }

    private string Written(int customer)
    {
        var person = string.Create(CultureInfo.InvariantCulture, $"551190000{customer:0000}");
        var text = customer == 0 ? "help" : "open";
        return Webhook($$"""
            "contacts": [{ "profile": { "name": "Customer" }, "wa_id": "{{person}}" }],
            "messages": [{ "from": "{{person}}", "id": "wamid.{{ids.NewMessage()}}", "timestamp": "{{Seconds}}",
                "type": "text", "text": { "body": "{{text}}" } }]
            """);
    }

    private string Fared(SendToGraph send)
    {
        var callback = new CallbackData(_tenant, send.Conversation, send.Message, send.Attempt);
        var statuses = Statuses.Select(status => $$"""
            { "id": "wamid.{{send.Message}}", "status": "{{status}}", "timestamp": "{{Seconds}}",
              "recipient_id": "551190000000", "biz_opaque_callback_data": "{{callback}}",
              "pricing": { "billable": false, "pricing_model": "PMP", "type": "free_customer_service",
                "category": "service" } }
            """);
        return Webhook($"\"statuses\": [{string.Join(',', statuses)}]");
    }

    private string Webhook(string told) => $$"""
        { "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{ "field": "messages", "value": {
          "messaging_product": "whatsapp", "metadata": { "phone_number_id": "{{_metaId}}" }, {{told}} } }] }] }
        """;
}

/// <summary>What a play came to.</summary>
/// <param name="Said">The messages that owners were told.</param>
/// <param name="Commits">The turns of each commit.</param>
internal sealed record Played(IReadOnlyList<OwnerMessage> Said, IReadOnlyList<IReadOnlyList<TurnRows>> Commits);
