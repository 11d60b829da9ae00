using WaGrains.Domain.Ids;
using WaGrains.Sandbox;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Meta;

/// <summary>A number of a tenant, and what it may send by the rules it is set up with.</summary>
/// <param name="Id">Ours.</param>
/// <param name="MetaId">Meta's.</param>
/// <param name="LimitPerMinute">No 60 s may hold more.</param>
/// <param name="Kind">How it is set up.</param>
internal sealed record SimNumber(PhoneNumberId Id, string MetaId, double LimitPerMinute, NumberKind Kind);

internal enum NumberKind
{
    WarmUp,
    Risk,
    Cloud,
}

/// <summary>An agent, with the capacity the tenant wants it to have.</summary>
internal sealed record SimAgent(AgentId Id, int Capacity, IReadOnlyList<TeamId> Teams);

/// <summary>A tenant with its numbers, people and its own app at Meta. Two tenants have the same ids and shapes
/// wherever that is possible.</summary>
internal sealed class SimTenant(TenantId id, SandboxCore sandbox, IReadOnlyList<SimNumber> numbers)
{
    public const string Token = "demo-access-token";

    public TenantId Id => id;

    public SandboxCore Sandbox => sandbox;

    public IReadOnlyList<SimNumber> Numbers => numbers;

    public IReadOnlyList<TeamId> Teams { get; } = [new TeamId(501), new TeamId(502)];

    public IReadOnlyList<SimAgent> Agents { get; } =
    [
        new(new AgentId(601), 1, [new TeamId(501)]),
        new(new AgentId(602), 2, [new TeamId(501)]),
        new(new AgentId(603), 3, [new TeamId(501), new TeamId(502)]),
        new(new AgentId(604), 5, [new TeamId(502)]),
        new(new AgentId(605), 7, [new TeamId(502)]),
    ];

    public static IReadOnlyList<SimTenant> Pair(SimPlan plan) => [Make("anna", 1, plan), Make("berta", 2, plan)];

    private static SimTenant Make(string name, int app, SimPlan plan)
    {
        SimNumber[] numbers =
        [
            new(new PhoneNumberId(401), $"73000000000{app}011", 20, NumberKind.WarmUp),
            new(new PhoneNumberId(402), $"73000000000{app}012", 5, NumberKind.Risk),
            new(new PhoneNumberId(403), $"73000000000{app}013", 300, NumberKind.Cloud),
            .. Enumerable.Range(0, plan.FurtherNumbers).Select(i => new SimNumber(
                new PhoneNumberId(404 + (ulong)i), $"73000000000{app}{100 + i}", 300, NumberKind.Cloud)),
            .. Enumerable.Repeat(
                new SimNumber(new PhoneNumberId(490), $"73000000000{app}090", 4_800, NumberKind.Cloud),
                plan.HasFastNumber ? 1 : 0),
        ];
        return new SimTenant(
            TenantId.Parse(name), new SandboxCore(Options(numbers, app, plan), SandboxSeed(plan, app)), numbers);
    }

    /// <summary>Statuses come soon enough to settle what would be sent again; where just that is to be seen, they come
    /// late.</summary>
    private static double Sent(SimPlan plan) => plan.Sabotage == Sabotage.ResendUnknown ? 30 : 0.03;

    /// <summary>In half of the worlds Meta gives both tenants' messages the same ids.</summary>
    private static int SandboxSeed(SimPlan plan, int app) =>
        (int)(plan.Seed % 1_000_000) * (plan.Seed % 2 == 0 ? 1 : app);

    private static SandboxOptions Options(SimNumber[] numbers, int app, SimPlan plan) => new()
    {
        Numbers =
        [
            .. numbers.Select((number, i) => new SandboxNumber
            {
                PhoneNumberId = number.MetaId,
                DisplayPhoneNumber = $"+55 11 4{app}00-{10 + i:D4}",
                WabaId = $"71000000000000{app}",
            }),
        ],
        MessagingLimit = plan.MessagingLimit,
        Customers = 12,
        MessagesPerMinute = 0,
        Habits = { ThinkSeconds = 20, PatienceSeconds = 120 },
        Statuses = { SentFrom = Sent(plan), SentTo = Sent(plan) + 0.3 },
        Webhooks = { UpdatesPerPost = 6, RetryLongestSeconds = 20, InFlightMax = 16 },
        Misbehaviour =
        {
            Late = 0.05, LateSeconds = 60, Doubled = 0.1, Reordered = 0.05, DeliveredSkipped = 0.05, ReadFirst = 0.05,
            FailedAfterSent = 0.02, SentBeforeAnswer = 0.1, NeverAnswered = plan.NeverAnswered,
        },
    };
}
