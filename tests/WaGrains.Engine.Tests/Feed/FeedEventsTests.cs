using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Feed;

namespace WaGrains.Engine.Tests.Feed;

/// <summary>Which change tells what.</summary>
public sealed class FeedEventsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly MessageId Message = MessageId.New(At, 7);
    private static readonly AgentId Rui = new(402);

    private static readonly ConversationState Bot =
        ConversationState.Fresh(Bench.Tenant, Bench.Talk) with { Phase = ConversationPhase.Bot };

    private static readonly ConversationState Held =
        Bot with { Phase = ConversationPhase.Held, Holder = Bench.Ana, Team = Bench.Team };

    public static TheoryData<string, ConversationPhase, ConversationPhase, string> Phases => new()
    {
        { "bot to queue", ConversationPhase.Bot, ConversationPhase.Waiting, FeedKinds.ConversationWaiting },
        { "bot to end", ConversationPhase.Bot, ConversationPhase.Closed, FeedKinds.ConversationClosed },
        { "end to bot", ConversationPhase.Closed, ConversationPhase.Bot, FeedKinds.ConversationReopened },
    };

    [Theory]
    [MemberData(nameof(Phases))]
    public void Conversation_that_moves_says_where_to(
        string move, ConversationPhase from, ConversationPhase to, string kind) =>
        Assert.Equal(
            (move, kind), (move, Assert.Single(Told(Bot with { Phase = from }, Bot with { Phase = to })).Kind));

    [Fact]
    public void Handing_over_tells_of_both_agents_in_order()
    {
        var told = Told(Held, Held with { Holder = Rui });
        Assert.Equal(
            [(FeedKinds.ConversationReleased, Bench.Ana), (FeedKinds.ConversationAssigned, Rui)],
            told.Select(each => (each.Kind, each.Agent!.Value)));
    }

    [Fact]
    public void Merging_tells_who_is_free_and_where_it_went_on()
    {
        var into = new ConversationId(Bench.Number, new ContactId(1));
        var told = Told(Held, Held with { Phase = ConversationPhase.Merging, Holder = null, AliasOf = into });
        Assert.Equal([FeedKinds.ConversationReleased, FeedKinds.ConversationMerged], told.Select(each => each.Kind));
        Assert.Equal(into.ToString(), told[^1].Subject);
    }

    [Fact]
    public void Opting_out_and_in_again_is_told_once_each()
    {
        var gone = Bot with { OptedOutAt = At };
        Assert.Equal(FeedKinds.ContactOptedOut, Assert.Single(Told(Bot, gone)).Kind);
        Assert.Empty(Told(gone, gone with { OptedOutAt = At.AddDays(1) }));
        Assert.Equal(FeedKinds.ContactOptedIn, Assert.Single(Told(gone, Bot)).Kind);
    }

    [Fact]
    public void State_whose_past_is_unknown_tells_nothing() =>
        Assert.Empty(Told(new ConversationWritten(Held)));

    [Theory]
    [InlineData(MessageStatus.Accepted, "message_accepted")]
    [InlineData(MessageStatus.Failed, "message_failed")]
    [InlineData(MessageStatus.Read, "message_read")]
    public void Status_is_told_of_its_message(MessageStatus status, string kind)
    {
        var error = new SendError(131026, "undeliverable", "words of Meta");
        var raised = new StatusRaised(Bench.Tenant, Message, status, At, null, error, null, Bench.Talk);
        var told = Assert.Single(Told(raised));
        Assert.Equal((kind, Bench.Talk, Message, "undeliverable"),
            (told.Kind, told.Conversation!.Value, told.Message!.Value, told.Detail));
        Assert.Empty(Told(raised with { Conversation = null }));
    }

    [Fact]
    public void Every_status_has_a_kind_of_its_own() => Assert.Equal(
        Enum.GetValues<MessageStatus>().Length,
        Enum.GetValues<MessageStatus>().Select(FeedKinds.Of).Distinct().Count());

    [Fact]
    public void Number_tells_what_became_of_it()
    {
        var number = PhoneNumberState.Fresh(Bench.Tenant, Bench.Number, At) with { Version = 1 };
        var stopped = number with { Stopped = "blocked", Quality = QualityRating.Red };
        Assert.Equal(
            ["number_stopped blocked", "number_quality_changed red"],
            Told(new PhoneNumberWritten(stopped) { Before = number }).Select(each => $"{each.Kind} {each.Detail}"));
        Assert.Equal(
            FeedKinds.NumberResumed,
            Assert.Single(Told(new PhoneNumberWritten(stopped with { Stopped = null }) { Before = stopped })).Kind);
        Assert.Empty(Told(new PhoneNumberWritten(stopped with { Version = 2 }) { Before = stopped }));
    }

    [Fact]
    public void Agent_that_writes_its_row_is_told_of_where_its_presence_changes()
    {
        var there = new AgentState { Tenant = Bench.Tenant, Id = Bench.Ana, Presence = Presence.Available };
        Assert.Empty(Told(new AgentWritten(there with { Version = 2 }) { Before = there }));
        var told = Assert.Single(Told(new AgentWritten(there with { Presence = Presence.Away }) { Before = there }));
        Assert.Equal((FeedKinds.AgentPresenceChanged, "away"), (told.Kind, told.Detail));
    }

    [Fact]
    public void Rows_that_serve_the_engine_alone_tell_nothing() => Assert.Empty(Told(
        new QueueRowRemoved(Bench.Tenant, Bench.Number, Message),
        new AttemptStarted(Bench.Tenant, Bench.Number, Message, 1, At),
        new OfferClosed(Bench.Tenant, Bench.Talk, 1, Bench.Ana),
        new TimerCleared(OwnerKey.Of(Bench.Tenant, Bench.Talk), "idle")));

    private static List<FeedEvent> Told(ConversationState before, ConversationState state) =>
        Told(new ConversationWritten(state) { Before = before });

    private static List<FeedEvent> Told(params Change[] changes)
    {
        List<FeedEvent> told = [];
        foreach (var change in changes)
        {
            FeedEvents.Tell(change, told);
        }

        var telling = changes.Where(_ => told.Count > 0);
        Assert.All(telling, change => Assert.Equal(Bench.Tenant, FeedEvents.TenantOf(change)));
        return told;
    }
}
