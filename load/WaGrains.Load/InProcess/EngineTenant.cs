using System.Globalization;
using WaGrains.Domain.Agents;
using WaGrains.Domain.Bots;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Engine.Intake;
using WaGrains.Load.Exchanges;

namespace WaGrains.Load.InProcess;

/// <summary>A tenant of the engine in this process, and what its customers write.</summary>
internal sealed class EngineTenant
{
    private const int PayloadBytes = 650;
    private const int AgentsPerTenant = 300;
    private const int FirstDigits = 70_000_000;
    private static readonly ReadOnlyMemory<byte> Payload = new byte[PayloadBytes];
    private static readonly TeamId Team = new(501);

    private readonly EngineSilo _silo;

    private EngineTenant(EngineSilo silo, IReadOnlyList<PhoneNumberState> numbers)
    {
        _silo = silo;
        Numbers = numbers;
    }

    /// <summary>Its id.</summary>
    public static TenantId Id { get; } = TenantId.Parse("load");

    /// <summary>Its numbers, each at 1,000 messages a second.</summary>
    public IReadOnlyList<PhoneNumberState> Numbers { get; }

    /// <summary>Makes it.</summary>
    /// <param name="silo">Where.</param>
    /// <param name="numbers">How many numbers.</param>
    /// <param name="answers">Who answers: the bot's one keyword, a team of agents, or nobody.</param>
    public static async Task<EngineTenant> Prepare(EngineSilo silo, int numbers, Answers answers)
    {
        await silo.Must(OwnerKey.Of(Id), new CreateTenant("Load", Configuration(answers)));
        if (answers == Answers.Agents)
        {
            await Staff(silo);
        }

        var states = new List<PhoneNumberState>(numbers);
        for (var i = 0; i < numbers; i++)
        {
            states.Add(await AddNumber(silo, i, answers == Answers.Agents ? Team : null));
        }

        return new EngineTenant(silo, states);
    }

    /// <summary>One more number.</summary>
    public static async Task<PhoneNumberState> AddNumber(EngineSilo silo, int index, TeamId? team)
    {
        var metaId = string.Create(CultureInfo.InvariantCulture, $"106500000{index:000000}");
        var settings = new PhoneNumberSettings
        {
            PhoneNumberId = metaId,
            AccountId = "102200000000001",
            DisplayNumber = string.Create(CultureInfo.InvariantCulture, $"+551130{index:000000}"),
            Name = "Load",
            Policy = SendingPolicy.Cloud,
            Throughput = ThroughputLevel.High,
            Team = team,
        };
        var owner = OwnerKey.Of(Id, new PhoneNumberId((ulong)index + 1_000));
        await silo.Must(owner, new ConfigureNumber(settings, null));
        var state = await silo.Store.Reads.NumberByMetaId(metaId, CancellationToken.None)
            ?? throw new InvalidOperationException("a number that was committed is not there");
        silo.Graph.Know(state);
        return state;
    }

    /// <summary>The customer of this index, by phone.</summary>
    public static PersonNames Person(int contact) => new(
        string.Create(CultureInfo.InvariantCulture, $"55119{FirstDigits + contact}"), null, null, "Customer");

    /// <summary>A customer's text with the keyword in it.</summary>
    /// <param name="contact">Who writes; each writes to one number.</param>
    /// <param name="message">Tells messages apart.</param>
    /// <param name="sentAt">Meta's time of it.</param>
    public Arrival Message(int contact, long message, DateTimeOffset sentAt) => new InboundArrival(
        Numbers[contact % Numbers.Count],
        Person(contact),
        new InboundMessage(
            string.Create(CultureInfo.InvariantCulture, $"{MessageIds.InboundPrefix}{message:X16}{MessageIds.Suffix}"),
            sentAt,
            InboundKind.Text,
            "Hello, please send me the catalogo of this summer, I would like to order two of the blue ones today",
            null,
            null,
            null,
            Payload));

    /// <summary>Brings a message as a webhook would; done when it is durable.</summary>
    public Task Write(int contact, long message)
    {
        var now = TimeProvider.System.GetUtcNow();
        return _silo.Intake.Accept(Id, [Message(contact, message, now)], now, CancellationToken.None);
    }

    /// <summary>The conversation of a customer who has written.</summary>
    public async Task<ConversationId> ConversationOf(int contact)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = await _silo.Contacts.Resolve(Id, Person(contact), now, CancellationToken.None);
        return new ConversationId(Numbers[contact % Numbers.Count].Id, id!.Value);
    }

    private static TenantConfiguration Configuration(Answers answers) => answers == Answers.Bot
        ? new TenantConfiguration
        {
            Keywords =
            [
                new KeywordRule(
                    "load", [Payloads.Keyword], MatchKind.Word,
                    ["Obrigado pela mensagem! O catalogo: https://shop.example.test/c"], null, 1,
                    KeywordRuleState.Enabled),
            ],
        }
        : new TenantConfiguration { DefaultTeam = answers == Answers.Agents ? Team : null };

    private static async Task Staff(EngineSilo silo)
    {
        List<AgentId> agents = [.. Enumerable.Range(0, AgentsPerTenant).Select(i => new AgentId((ulong)i + 601))];
        foreach (var agent in agents)
        {
            await silo.Must(
                OwnerKey.Of(Id, agent), new ConfigureAgent("Agent", new AgentCapacity(AgentCapacity.Max), null));
        }

        await silo.Must(OwnerKey.Of(Id, Team), new ConfigureTeam("Team", RoutingStrategy.LeastLoaded, agents, null));
        foreach (var agent in agents)
        {
            await silo.Must(OwnerKey.Of(Id, agent), new SetPresence(Presence.Available, Requeue: false));
        }
    }
}

/// <summary>Who answers a customer.</summary>
internal enum Answers
{
    /// <summary>Nobody.</summary>
    Nobody,

    /// <summary>One keyword rule.</summary>
    Bot,

    /// <summary>A team.</summary>
    Agents,
}
