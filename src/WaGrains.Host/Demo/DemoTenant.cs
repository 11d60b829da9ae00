using WaGrains.Domain.Agents;
using WaGrains.Domain.Bots;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Reading;
using WaGrains.Host.Access;
using WaGrains.Host.Configuration;
using WaGrains.Host.Sending;
using WaGrains.Sandbox;
using WaGrains.Sandbox.Shell;

namespace WaGrains.Host.Demo;

/// <summary>The demo's tenant: made on the first start, found again on every later one.</summary>
internal sealed class DemoTenant(
    IOwners owners, IReads reads, DataFolder folder, TokenVault vault, IConfiguration configuration)
{
    /// <summary>The name in the webhook's URL.</summary>
    public const string App = "demo";

    /// <summary>Which tenant it is.</summary>
    public static readonly TenantId Id = TenantId.Parse("demo");

    private const string KeyFile = "demo.key";
    private const ulong FirstId = 0x10_0000_0001;

    private static readonly TeamId Front = new(FirstId);
    private static readonly string[] AgentNames = ["Ana", "Bruno", "Carla", "Davi"];

    /// <summary>What the sandbox signs with.</summary>
    public static MetaApp MetaApp
    {
        get
        {
            var sandbox = new SandboxOptions();
            return new MetaApp { AppSecret = sandbox.AppSecret, VerifyToken = sandbox.VerifyToken, Tenant = "demo" };
        }
    }

    /// <summary>Makes what is missing and gives the owner's key.</summary>
    public async Task<string> Prepare(CancellationToken cancel)
    {
        if (await reads.Tenant(Id, cancel) is null)
        {
            await Ask(OwnerKey.Of(Id), new CreateTenant("Demo", Configuration()), cancel);
            await AddNumbers(cancel);
            await AddPeople(cancel);
        }

        var file = folder.File(KeyFile);
        if (File.Exists(file))
        {
            return (await File.ReadAllTextAsync(file, cancel)).Trim();
        }

        var secret = ApiKeySecret.New();
        await Ask(OwnerKey.Of(Id), new AddApiKey(secret.Hash, "demo owner", Role.Owner, null), cancel);
        folder.WriteKey(KeyFile, secret.Text);
        return secret.Text;
    }

    private async Task AddNumbers(CancellationToken cancel)
    {
        var sandbox = SandboxConfiguration.Read(configuration);
        for (var i = 0; i < sandbox.Numbers.Count; i++)
        {
            var number = sandbox.Numbers[i];
            var settings = new PhoneNumberSettings
            {
                PhoneNumberId = number.PhoneNumberId,
                AccountId = number.WabaId,
                DisplayNumber = number.DisplayPhoneNumber,
                Name = $"Demo {i + 1}",
                SealedToken = vault.Seal(sandbox.AccessToken),
            };
            await Ask(
                OwnerKey.Of(Id, new PhoneNumberId(FirstId + (ulong)i)), new ConfigureNumber(settings, null), cancel);
        }
    }

    private async Task AddPeople(CancellationToken cancel)
    {
        var agents = AgentNames.Select((_, i) => new AgentId(FirstId + (ulong)i)).ToList();
        for (var i = 0; i < agents.Count; i++)
        {
            await Ask(
                OwnerKey.Of(Id, agents[i]), new ConfigureAgent(AgentNames[i], AgentCapacity.Default, null), cancel);
        }

        await Ask(
            OwnerKey.Of(Id, Front), new ConfigureTeam("Front desk", RoutingStrategy.LeastLoaded, agents, null), cancel);
        foreach (var agent in agents)
        {
            await Ask(OwnerKey.Of(Id, agent), new SetPresence(Presence.Available, Requeue: false), cancel);
        }
    }

    private static TenantConfiguration Configuration() => new()
    {
        DefaultTeam = Front,
        OffHoursReply = "We are closed now and will answer as soon as we open.",
        Keywords =
        [
            Rule("price", ["price", "preço", "precio", "how much"], "Our price list: https://shop.example.test/prices",
                null),
            Rule("hours", ["hours", "horário", "horario", "open"], "We are open Monday to Saturday, 8:00 to 20:00.",
                null),
            Rule("person", ["agent", "help", "atendente", "ajuda", "ayuda"], "One moment, a person will be with you.",
                Front),
        ],
        Forbidden =
            [new ForbiddenRule("no-promises", ["guaranteed profit", "lucro garantido"], FilterReach.ThroughSpacing)],
    };

    private static KeywordRule Rule(string id, string[] keywords, string reply, TeamId? handOver) =>
        new(id, keywords, MatchKind.Word, [reply], handOver, 0, KeywordRuleState.Enabled);

    private async Task Ask(OwnerKey owner, OwnerMessage message, CancellationToken cancel)
    {
        if (await owners.Ask(owner, message, cancel) is Refused refused)
        {
            throw new InvalidOperationException($"the demo could not be made: {refused.Refusal.Code}");
        }
    }
}
