using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Turns;
using WaGrains.Sandbox;
using WaGrains.Simulation.Tests.Checkers;
using WaGrains.Simulation.Tests.Desk;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests;

/// <summary>
/// Many numbers on one messaging limit, with the sandbox as judge: silos die, hints are lost, owners live twice. Nobody
/// is written to beyond the limit, and hardly any of it is left unused.
/// </summary>
public sealed class PortfolioTests
{
    private const int Limit = 2_000;

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void Twenty_numbers_share_a_limit_of_two_thousand_through_crashes_and_lost_hints(int seed)
    {
        var story = Story.Tell(Rough(seed), people: 3_000, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10));

        Assert.True(story.World.Findings.Count == 0, $"seed {seed}: {string.Join('\n', story.World.Findings)}");
        Assert.True(story.Judged is { Refused: 0, Peak: <= Limit }, $"seed {seed}: {story.Judged}");
        Assert.True(story.View.Unused <= Limit / 100, $"seed {seed}: {story.View.Unused} unused of {Limit}");
        Assert.True(story.Judged.Users >= Limit * 98 / 100, $"seed {seed}: only {story.Judged.Users} people");
    }

    [Fact]
    public void After_a_day_the_next_are_written_to_as_the_first_cease_to_count()
    {
        var plan = new SimPlan { Seed = 24, Silos = 1, InboundPerMinute = 0, EvictSeconds = 0, MessagingLimit = 20 };
        var story = Story.Tell(plan, people: 60, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24.5));

        Assert.Empty(story.World.Findings);
        Assert.InRange(story.Judged.Peak, 19, 20);
        Assert.InRange(story.Accepted, 39, 42);
    }

    [Fact]
    public void Limit_that_Meta_raises_is_used_at_once()
    {
        var plan = new SimPlan { Seed = 25, InboundPerMinute = 0, MessagingLimit = 20 };
        var story = Story.Tell(plan, people: 60, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), raisedTo: 40);

        Assert.Empty(story.World.Findings);
        Assert.InRange(story.Judged.Users, 39, 40);
        Assert.Equal((40, "webhook"), (story.View.State.Limit.Users, story.View.State.LimitCause));
    }

    [Fact]
    public void The_judge_sees_a_portfolio_that_forgets_what_it_has_granted()
    {
        var plan = Rough(21) with { MessagingLimit = 100, Sabotage = Sabotage.LoseReservations, KeepGoing = true };
        var story = Story.Tell(plan, people: 600, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1));

        Assert.Contains(story.World.Findings, finding => finding.Checker == nameof(PortfoliosKeepTheirLimit));
    }

    private static SimPlan Rough(int seed) => new()
    {
        Seed = (ulong)seed,
        Silos = 3,
        InboundPerMinute = 0,
        MessagingLimit = Limit,
        FurtherNumbers = 17,
        HintLost = 0.03,
        HintDoubled = 0.1,
        HintDelay = 1,
        AnswerLost = 0.03,
        NoConnection = 0.03,
        CrashSeconds = 40,
        TwinSeconds = 20,
        EvictSeconds = 1,
    };

    /// <summary>Templates to people who never wrote, given to the numbers of a tenant in turn.</summary>
    private sealed class Story(SimPlan plan)
    {
        public SimWorld World { get; } = new(plan);

        public PortfolioCounts Judged { get; private set; } = null!;

        public PortfolioView View { get; private set; } = null!;

        public long Accepted { get; private set; }

        public static Story Tell(SimPlan plan, int people, TimeSpan rough, TimeSpan calm, int? raisedTo = null)
        {
            var story = new Story(plan);
            Exception? failure = null;
            var thread = new Thread(() =>
            {
                try
                {
                    story.Live(people, rough, calm, raisedTo);
                }
                catch (Exception error)
                {
                    failure = error;
                }
            });
            thread.Start();
            thread.Join();
            return failure is null ? story : throw new InvalidOperationException($"seed {plan.Seed} threw", failure);
        }

        private void Live(int people, TimeSpan rough, TimeSpan calm, int? raisedTo)
        {
            var tenant = World.Tenants[0];
            World.Prepare();
            Limit(plan.MessagingLimit);
            var clerk = new Clerk(World);
            for (var i = 0; i < people; i++)
            {
                var (number, person) = (tenant.Numbers[i % tenant.Numbers.Count].Id, i);
                World.After(rough * (0.8 * i / people), () => clerk.Give(
                    OwnerKey.Of(tenant.Id, new ConversationId(number, new ContactId(7_000 + (ulong)person))),
                    Message(person),
                    new IdempotencyKey($"person-{person}", (UInt128)person)));
            }

            World.Rage(rough);
            if (raisedTo is { } users)
            {
                World.Pass(TimeSpan.FromMinutes(1));
                Limit(users);
            }

            World.Pass(calm);
            var report = tenant.Sandbox.Report(World.Clock.Now);
            (Judged, Accepted) = (report.Portfolios.Values.Single(), report.MessagesAccepted);
            var owner = OwnerKey.Of(tenant.Id, PortfolioId.Of("710000000000001"));
            var reading = World.Cluster.Members[0].Owners.Ask(owner, ReadPortfolio.Message, CancellationToken.None);
            World.Pass(TimeSpan.FromSeconds(5));
            View = (PortfolioView)reading.Result;
        }

        /// <summary>Meta tells the limit, and counts by it.</summary>
        private void Limit(int users)
        {
            var tenant = World.Tenants[0];
            tenant.Sandbox.SetMessagingLimit(World.Clock.Now, tenant.Numbers[0].MetaId, users);
            World.Meta.Step(tenant);
            World.Pass(TimeSpan.FromSeconds(30));
        }

        private SendMessage Message(int person) => Notice.To(World, person) with
        {
            Lane = Lane.Campaign,
            Deadline = World.Clock.Now.AddDays(3),
            Idempotency = new IdempotencyKey($"person-{person}", (UInt128)person),
        };
    }
}
