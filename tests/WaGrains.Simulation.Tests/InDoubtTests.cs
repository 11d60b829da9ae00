using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Simulation.Tests.Checkers;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests;

/// <summary>
/// Meta takes five calls in a hundred and never answers them; of half of those no status tells either. Crowds of
/// customers and agents go on meanwhile, hints get lost, silos do not.
/// </summary>
public sealed class InDoubtTests
{
    /// <summary>The next message to a contact waits for one doubt so long; pump and pair limit add a moment. Doubts of
    /// one contact that follow one another add up: a message may wait so long for each.</summary>
    private static readonly TimeSpan WaitsAtMost = TimeSpan.FromSeconds(31);

    private static readonly TimeSpan SettledWithin = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData(21UL)]
    [InlineData(22UL)]
    [InlineData(23UL)]
    public void Doubts_are_settled_by_statuses_or_marked_unknown_and_nothing_is_sent_twice(ulong seed)
    {
        var (world, book) = Story(seed, resends: false);

        Assert.True(world.Findings.Count == 0, $"seed={seed} {string.Join('\n', world.Findings)}");
        Assert.True(book.Taken.Values.All(times => times == 1), $"seed={seed} something was taken twice");
        var rows = world.Store.Snapshot();
        var ends = rows.Messages
            .Where(message => message.Row.Direction == Direction.Outbound)
            .ToDictionary(message => (message.Row.Tenant, message.Row.Id), message => message.Row.Status);
        var unknown = book.Taken.Keys.Count(key => ends[key] == MessageStatus.Unknown);
        var mute = book.Taken.Keys.Where(key => ends[key] == MessageStatus.Queued).ToList();
        Assert.True(unknown > 0, $"seed={seed} nothing was in doubt, so nothing was tested");
        Assert.True(
            mute.All(key => book.LastAt[key] > book.StormEnds - SettledWithin),
            $"seed={seed} {mute.Count} messages are still in doubt that were sent long before the webhooks ended");
        Assert.Equal(unknown, rows.Alerts.Count(alert => alert.Kind == "unknown_outcome"));
    }

    [Theory]
    [InlineData(21UL)]
    [InlineData(22UL)]
    [InlineData(23UL)]
    public void No_chat_waits_longer_than_thirty_seconds_for_a_doubt(ulong seed)
    {
        var (_, book) = Story(seed, resends: false);

        Assert.True(book.Waits.Count > 50, $"seed={seed} only {book.Waits.Count} replies left");
        Assert.True(book.Waits.Max() <= WaitsAtMost, $"seed={seed} a reply waited {book.Waits.Max()}");
        Assert.True(
            book.Waits.Order().ElementAt(book.Waits.Count * 9 / 10) < TimeSpan.FromSeconds(2),
            $"seed={seed} doubts held up others than their own contact");
    }

    [Fact]
    public void Tenant_that_asks_for_it_has_doubts_sent_again()
    {
        var (world, book) = Story(24, resends: true);
        Assert.True(world.Findings.Count == 0, $"seed=24 {string.Join('\n', world.Findings)}");
        Assert.Contains(2, book.Taken.Values);
    }

    private static (SimWorld World, Book Book) Story(ulong seed, bool resends)
    {
        SimWorld? world = null;
        Book? book = null;
        var thread = new Thread(
            () =>
            {
                world = new SimWorld(new SimPlan
                {
                    Seed = seed,
                    Silos = 1,
                    InboundPerMinute = 20,
                    DeskSeconds = 4,
                    NeverAnswered = 0.05,
                    UnknownAfterSeconds = 60,
                    HintLost = resends ? 0 : 0.005,
                    ResendUnknown = resends,
                    EvictSeconds = 0,
                });
                book = new Book(world);
                world.Listen(book);
                world.Run();
            },
            16 * 1024 * 1024);
        thread.Start();
        thread.Join();
        return (world!, book!);
    }

    private sealed class Book(SimWorld world) : Checker(world)
    {
        private readonly Dictionary<(OwnerKey Number, ConversationId Contact), DateTimeOffset> _started = [];

        public Dictionary<(TenantId Tenant, MessageId Message), int> Taken { get; } = [];

        public Dictionary<(TenantId Tenant, MessageId Message), DateTimeOffset> LastAt { get; } = [];

        /// <summary>From the queueing, or the start of the message before to the same contact, to the first try: at the
        /// number whose pace is no reason to wait.</summary>
        public List<TimeSpan> Waits { get; } = [];

        public DateTimeOffset StormEnds { get; } = world.Plan.Start + world.Plan.Storm;

        public override void Posted(GraphPost post)
        {
            var (key, number) = ((post.Send.Number.Tenant, post.Send.Message), post.Send.Number.Number);
            if (post.Outcome.Kind == SendOutcomeKind.Accepted)
            {
                Taken[key] = Taken.GetValueOrDefault(key) + 1;
                LastAt[key] = post.At;
            }

            var kind = World.Tenants.SelectMany(tenant => tenant.Numbers).First(each => each.Id == number).Kind;
            if (kind == NumberKind.Cloud && post.Send is { Attempt: 1, Content: not TemplateContent })
            {
                var before = _started.GetValueOrDefault((post.Send.Number, post.Send.Conversation));
                Waits.Add(post.At - (before > post.Send.Message.At ? before : post.Send.Message.At));
            }

            _started[(post.Send.Number, post.Send.Conversation)] = post.At;
        }
    }
}
