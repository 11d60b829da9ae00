using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;

namespace WaGrains.Storage.Tests.Contracts;

/// <summary>What owners come to life from.</summary>
public abstract class ActivationContract(Func<Task<StoreUnderTest>> open) : StoreContract(open)
{
    [Fact]
    public async Task Nothing_stored_reads_as_null()
    {
        Assert.Null(await Reads.Conversation(Sample.Acme, Sample.With(1), CancellationToken.None));
        Assert.Null(await Reads.Number(Sample.Acme, Sample.Number, Sample.At(0), CancellationToken.None));
        Assert.Null(await Reads.Team(Sample.Acme, Sample.Team, CancellationToken.None));
        Assert.Null(await Reads.Agent(Sample.Acme, Sample.Ana, CancellationToken.None));
        Assert.Null(await Reads.Tenant(Sample.Acme, CancellationToken.None));
    }

    [Fact]
    public async Task Conversation_comes_back_as_it_was_written()
    {
        var state = Sample.Conversation(100) with
        {
            Phase = ConversationPhase.Held,
            Holder = Sample.Ana,
            Team = Sample.Team,
            Offer = 9,
            Window = new ServiceWindow(Sample.At(1.2345678)),
            Recent = [Sample.Id(1), Sample.Id(2)],
            Aliases = [Sample.With(101)],
            ProfileName = "Bia \0 \ud83d\ude00",
        };
        await Store.Keep(Sample.Write(state));
        var read = await Reads.Conversation(Sample.Acme, state.Id, CancellationToken.None);
        Assert.Equal(Sample.Json(state), Sample.Json(read!));
        Assert.NotSame(state, read);
    }

    [Fact]
    public async Task Queue_comes_in_the_order_of_acceptance_with_its_contents()
    {
        await Store.Keep(Sample.NumberRow());
        foreach (var (n, at) in new[] { (1, 5.0), (2, 3.0), (3, 5.0) })
        {
            await Store.Keep(Sample.Outbound(n), new QueueRowAdded(Sample.Row(n) with { QueuedAt = Sample.At(at) }));
        }

        var number = await ReadNumber();
        Assert.Equal([Sample.Id(2), Sample.Id(1), Sample.Id(3)], number.Queue.Select(send => send.Row.Message));
        Assert.Equal(Sample.Row(1) with { QueuedAt = Sample.At(5) }, number.Queue[1].Row);
        Assert.Equal(new TextContent("answer 1", PreviewUrl: false), number.Queue[1].Content);
    }

    [Fact]
    public async Task Queue_row_goes_from_queued_to_attempting_and_back()
    {
        await Store.Keep(Sample.NumberRow(), Sample.Outbound(1), new QueueRowAdded(Sample.Row(1)));
        await Store.Keep(Start(1, 10));
        var attempting = (await ReadNumber()).Queue[0].Row;
        Assert.Equal(
            Sample.Row(1) with { Attempt = 1, Phase = QueuePhase.Attempting, AttemptAt = Sample.At(10) }, attempting);
        await Store.Keep(new QueueRowReturned(Sample.Acme, Sample.Number, Sample.Id(1), 1, Sample.At(12)));
        var returned = (await ReadNumber()).Queue[0].Row;
        Assert.Equal(attempting with { Phase = QueuePhase.Queued, NotBefore = Sample.At(12) }, returned);
        await Store.Keep(Start(2, 12));
        Assert.Equal(2, (await ReadNumber()).Queue[0].Row.Attempt);
        await Store.Keep(new QueueRowRemoved(Sample.Acme, Sample.Number, Sample.Id(1)));
        Assert.Empty((await ReadNumber()).Queue);
    }

    [Fact]
    public async Task Withdrawal_takes_a_queued_row_and_cancels_its_message()
    {
        await Store.Keep(Sample.NumberRow(), Sample.Outbound(1), new QueueRowAdded(Sample.Row(1)));
        await Store.Keep(Withdraw() with { Number = new PhoneNumberId(8) });
        Assert.Single((await ReadNumber()).Queue);
        await Store.Keep(Withdraw());
        Assert.Empty((await ReadNumber()).Queue);
        var message = await Reads.Message(Sample.Acme, Sample.Id(1), CancellationToken.None);
        Assert.Equal((MessageStatus.Cancelled, Sample.At(20)), (message!.Row.Status, message.StatusAt));
        var late = await Store.Commit(Start(1, 21));
        Assert.Equal([new RefusedTurn(0, RefusedBecause.Conflict, "send_queue")], late.Refused);
    }

    [Fact]
    public async Task Withdrawal_leaves_what_has_begun_to_leave_and_makes_it_the_last_attempt()
    {
        await Store.Keep(Sample.NumberRow(), Sample.Outbound(1), new QueueRowAdded(Sample.Row(1)));
        await Store.Keep(Start(1, 10));
        Assert.False(Assert.Single((await ReadNumber()).Queue).Row.IsWithdrawn);
        await Store.Keep(Withdraw());
        Assert.True(Assert.Single((await ReadNumber()).Queue).Row.IsWithdrawn);
        var message = await Reads.Message(Sample.Acme, Sample.Id(1), CancellationToken.None);
        Assert.Equal(MessageStatus.Queued, message!.Row.Status);
    }

    [Fact]
    public async Task Attempt_ends_once()
    {
        await Store.Keep(Sample.NumberRow(), Sample.Outbound(1), new QueueRowAdded(Sample.Row(1)));
        await Store.Keep(Start(1, 10));
        await Store.Keep(End(1, "throttled", 11) with { Code = 130429 });
        await Store.Keep(End(1, "accepted", 12) with { Wamid = "wamid.late" });
        await Store.Keep(End(2, "accepted", 13));
        var attempts = await Reads.Attempts(Sample.Acme, Sample.Id(1), CancellationToken.None);
        Assert.Equal([new StoredAttempt(1, Sample.At(10), Sample.At(11), "throttled", 130429, null)], attempts);
    }

    [Fact]
    public async Task Recent_attempts_come_from_the_given_time_on_in_order()
    {
        await Store.Keep(Sample.NumberRow());
        foreach (var n in new[] { 3, 1, 2 })
        {
            await Store.Keep(
                Sample.Outbound(n, contact: (ulong)n),
                new QueueRowAdded(Sample.Row(n, contact: (ulong)n)),
                new AttemptStarted(Sample.Acme, Sample.Number, Sample.Id(n), 1, Sample.At(n * 10)),
                new QueueRowRemoved(Sample.Acme, Sample.Number, Sample.Id(n)));
        }

        var number = await Reads.Number(Sample.Acme, Sample.Number, Sample.At(20), CancellationToken.None);
        Assert.Equal(
            [new RecentAttempt(Sample.With(2), Sample.At(20)), new RecentAttempt(Sample.With(3), Sample.At(30))],
            number!.Recent);
    }

    [Fact]
    public async Task Team_sees_who_waits_for_it_by_age_and_how_its_members_stand()
    {
        await Store.Keep(Sample.TeamOf(new AgentId(2), Sample.Ana, new AgentId(99)));
        await Store.Keep(Sample.Agent(1), Sample.Agent(2, name: "Bob"));
        await Store.Keep(
            Sample.Write(Waiting(100, 9)),
            Sample.Write(Waiting(101, 8)),
            Sample.Write(Waiting(102, 8)),
            Sample.Write(Waiting(103, 1) with { Asked = Sample.Ana }),
            Sample.Write(Waiting(104, 1) with { Team = new TeamId(31) }),
            Sample.Write(Waiting(105, 1) with { Phase = ConversationPhase.Held, Holder = Sample.Ana }));
        var team = await Reads.Team(Sample.Acme, Sample.Team, CancellationToken.None);
        Assert.Equal(
            [
                new WaitingConversation(Sample.With(101), 101, Sample.At(8)),
                new WaitingConversation(Sample.With(102), 102, Sample.At(8)),
                new WaitingConversation(Sample.With(100), 100, Sample.At(9)),
            ],
            team!.Waiting);
        Assert.Equal(["Bob", "Ana"], team.Members.Select(member => member.State.Name));
        Assert.Equal([new HeldConversation(Sample.With(105), 105)], team.Members[1].Held);
    }

    [Fact]
    public async Task Conversation_that_is_taken_no_longer_waits()
    {
        await Store.Keep(Sample.TeamOf(), Sample.Agent(1), Sample.Write(Waiting(100, 1)));
        var held = Waiting(100, 1) with { Version = 2, Phase = ConversationPhase.Held, Holder = Sample.Ana };
        await Store.Keep(Sample.Write(held));
        Assert.Empty((await Reads.Team(Sample.Acme, Sample.Team, CancellationToken.None))!.Waiting);
        Assert.Single((await ReadAgent()).Held);
        await Store.Keep(Sample.Write(held with { Version = 3, Phase = ConversationPhase.Closed, Holder = null }));
        Assert.Empty((await ReadAgent()).Held);
    }

    [Fact]
    public async Task Offers_stay_until_the_same_offer_is_answered()
    {
        await Store.Keep(Sample.Agent(1), Offer(100, 4), Offer(99, 1));
        await Store.Keep(Offer(100, 5));
        await Store.Keep(Offer(100, 3));
        Assert.Equal(
            [new HeldConversation(Sample.With(99), 1), new HeldConversation(Sample.With(100), 5)],
            (await ReadAgent()).Offers);
        await Store.Keep(Answer(100, 4), Answer(99, 1), Answer(98, 1));
        Assert.Equal([new HeldConversation(Sample.With(100), 5)], (await ReadAgent()).Offers);
    }

    [Fact]
    public async Task Known_messages_are_those_of_the_archive()
    {
        await Store.Keep(Sample.Inbound(1), Sample.Inbound(3));
        MessageId[] asked = [Sample.Id(3), Sample.Id(2), Sample.Id(1), Sample.Id(3)];
        var known = await Reads.KnownMessages(Sample.Acme, asked, CancellationToken.None);
        Assert.Equal([Sample.Id(3), Sample.Id(1)], known);
    }

    private static AttemptStarted Start(int attempt, double at) =>
        new(Sample.Acme, Sample.Number, Sample.Id(1), attempt, Sample.At(at));

    private static SendWithdrawn Withdraw() => new(Sample.Acme, Sample.Number, Sample.Id(1), Sample.At(20), null);

    private static AttemptEnded End(int attempt, string outcome, double at) =>
        new(Sample.Acme, Sample.Id(1), attempt, outcome, 0, null, Sample.At(at));

    private static ConversationState Waiting(ulong contact, double since) => Sample.Conversation(contact) with
    {
        Phase = ConversationPhase.Waiting,
        Team = Sample.Team,
        Offer = (long)contact,
        WaitingSince = Sample.At(since),
    };

    private static OfferOpened Offer(ulong contact, long offer) =>
        new(Sample.Acme, Sample.With(contact), offer, Sample.Ana, Sample.At(0));

    private static OfferClosed Answer(ulong contact, long offer) =>
        new(Sample.Acme, Sample.With(contact), offer, Sample.Ana);

    private async Task<StoredNumber> ReadNumber() =>
        await Reads.Number(Sample.Acme, Sample.Number, Sample.At(0), CancellationToken.None)
        ?? throw new InvalidOperationException();

    private async Task<StoredAgent> ReadAgent() =>
        await Reads.Agent(Sample.Acme, Sample.Ana, CancellationToken.None) ?? throw new InvalidOperationException();
}
