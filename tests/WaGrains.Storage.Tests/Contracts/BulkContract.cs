using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;

namespace WaGrains.Storage.Tests.Contracts;

/// <summary>Bulk sends and their recipients: each has its turn once.</summary>
public abstract class BulkContract(Func<Task<StoreUnderTest>> open) : StoreContract(open)
{
    private static readonly BulkSendId Send = new(900);

    private static BulkSendState State(ulong id = 900, long version = 1, BulkPhase phase = BulkPhase.Running) => new()
    {
        Tenant = Sample.Acme,
        Id = new BulkSendId(id),
        Version = version,
        Name = "spring",
        Numbers = [Sample.Number],
        Content = new TextContent("hi {{name}}", false),
        Deadline = Sample.At(86_400),
        Total = 3,
        Phase = phase,
        CreatedAt = Sample.At(1),
    };

    private static BulkRecipientsAdded Recipients(int from, int count) => new(Sample.Acme, Send, [
        .. Enumerable.Range(from, count).Select(i => new BulkRecipient(
            i, $"55119{i:D8}", i % 2 == 0 ? new Dictionary<string, string> { ["name"] = $"n{i}" } : null))]);

    private static BulkRecipientSettled Taken(int position, int message) =>
        new(Sample.Acme, new BulkOrigin(Send, position), Sample.Id(message), null);

    [Fact]
    public async Task Recipients_are_pending_in_order_with_their_variables_until_their_turn()
    {
        await Store.Keep(Recipients(0, 3), new BulkSendWritten(State()));
        var all = await Reads.BulkPending(Sample.Acme, Send, 0, 10, default);
        Assert.Equal([0, 1, 2], all.Select(each => each.Position));
        Assert.Equal(("5511900000002", "n2"), (all[2].To, all[2].Variables!["name"]));
        Assert.Null(all[1].Variables);

        await Store.Keep(Sample.Outbound(1), Taken(0, 1));
        await Store.Keep(new BulkRecipientSettled(Sample.Acme, new BulkOrigin(Send, 1), null, "contact_opted_out"));
        Assert.Equal([2], (await Reads.BulkPending(Sample.Acme, Send, 0, 10, default)).Select(each => each.Position));
        Assert.Empty(await Reads.BulkPending(Sample.Rival, Send, 0, 10, default));
        Assert.Equal([2], (await Reads.BulkPending(Sample.Acme, Send, 2, 10, default)).Select(each => each.Position));
        Assert.Empty(await Reads.BulkPending(Sample.Acme, Send, 3, 10, default));
    }

    [Fact]
    public async Task Recipient_has_its_turn_once_and_a_second_one_voids_its_whole_turn()
    {
        await Store.Keep(Recipients(0, 2));
        await Store.Keep(Sample.Outbound(1), Taken(0, 1));
        var again = await Store.Commit(Sample.Outbound(2), Taken(0, 2));
        Assert.Equal(RefusedBecause.Conflict, Assert.Single(again.Refused).Because);
        Assert.Null(await Reads.Message(Sample.Acme, Sample.Id(2), default));
        var nobody = await Store.Commit(Taken(7, 3));
        Assert.Equal(RefusedBecause.Conflict, Assert.Single(nobody.Refused).Because);
    }

    [Fact]
    public async Task Of_two_turns_of_one_batch_for_one_recipient_the_first_gets_through()
    {
        await Store.Keep(Recipients(0, 1));
        var result = await Store.Commit(
            StoreUnderTest.Turn(1, Sample.Outbound(1), Taken(0, 1)),
            StoreUnderTest.Turn(2, Sample.Outbound(2), Taken(0, 2)));
        Assert.Equal(1, Assert.Single(result.Refused).Index);
        var settled = Assert.Single(await Reads.BulkResults(All(), default));
        Assert.Equal(Sample.Id(1), settled.Message!.Row.Id);
    }

    [Fact]
    public async Task Position_that_is_there_aborts_and_what_is_removed_may_come_again()
    {
        await Store.Keep(Recipients(0, 2));
        Assert.Single((await Store.Commit(Recipients(1, 2))).Refused);
        await Store.Keep(new BulkRecipientsRemoved(Sample.Acme, Send, 1, 2));
        await Store.Keep(Recipients(1, 2));
        Assert.Equal(3, (await Reads.BulkPending(Sample.Acme, Send, 0, 10, default)).Count);
    }

    [Fact]
    public async Task Dropping_a_range_leaves_those_who_had_their_turn()
    {
        await Store.Keep(Recipients(0, 4));
        await Store.Keep(Sample.Outbound(1), Taken(1, 1));
        await Store.Keep(new BulkRecipientsDropped(Sample.Acme, Send, 0, 3, "cancelled"));
        var results = await Reads.BulkResults(All(), default);
        Assert.Equal(
            [BulkOutcome.Dropped, BulkOutcome.Taken, BulkOutcome.Dropped, BulkOutcome.Pending],
            results.Select(each => each.Outcome));
        Assert.Equal(["cancelled", null, "cancelled", null], results.Select(each => each.Code));
    }

    [Fact]
    public async Task Tally_counts_outcomes_with_codes_and_the_statuses_of_messages()
    {
        await Store.Keep(Recipients(0, 5));
        await Store.Keep(Sample.Outbound(1), Taken(0, 1));
        await Store.Keep(Sample.Outbound(2), Taken(1, 2));
        await Store.Keep(new StatusRaised(
            Sample.Acme, Sample.Id(2), MessageStatus.Delivered, Sample.At(9), null, null, null, null));
        await Store.Keep(new BulkRecipientSettled(Sample.Acme, new BulkOrigin(Send, 2), null, "contact_opted_out"));
        var tally = await Reads.BulkTally(Sample.Acme, Send, default);
        Assert.Equal(2, tally.Outcomes[(BulkOutcome.Taken, null)]);
        Assert.Equal(1, tally.Outcomes[(BulkOutcome.Refused, "contact_opted_out")]);
        Assert.Equal(2, tally.Outcomes[(BulkOutcome.Pending, null)]);
        Assert.Equal(
            (1, 1, 2),
            (tally.Statuses[MessageStatus.Queued], tally.Statuses[MessageStatus.Delivered], tally.Statuses.Count));
    }

    [Fact]
    public async Task Results_come_in_pages_and_by_outcome_with_their_messages()
    {
        await Store.Keep(Recipients(0, 4));
        await Store.Keep(Sample.Outbound(1), Taken(2, 1));
        Assert.Equal([1, 2], (await Reads.BulkResults(All() with { After = 0, Most = 2 }, default))
            .Select(each => each.Recipient.Position));
        var taken = Assert.Single(await Reads.BulkResults(All() with { Outcome = BulkOutcome.Taken }, default));
        Assert.Equal((2, "answer 1"), (taken.Recipient.Position, taken.Message!.Row.Text));
    }

    [Fact]
    public async Task Queue_rows_name_their_send_and_are_found_by_it()
    {
        await Store.Keep(Sample.NumberRow());
        await Store.Keep(Sample.Outbound(1), new QueueRowAdded(Sample.Row(1) with { Send = Send }));
        await Store.Keep(Sample.Outbound(2), new QueueRowAdded(Sample.Row(2)));
        var number = await Reads.Number(Sample.Acme, Sample.Number, Sample.Start, default);
        Assert.Equal([Send, null], number!.Queue.Select(send => send.Row.Send));
        Assert.Equal(
            [new QueuedOfSend(Sample.Number, Sample.Id(1))],
            await Reads.BulkQueued(Sample.Acme, Send, [Sample.Number], 10, default));
        Assert.Empty(await Reads.BulkQueued(Sample.Acme, new BulkSendId(1), [Sample.Number], 10, default));
    }

    [Fact]
    public async Task Open_sends_are_pending_owners_and_ended_ones_are_not()
    {
        await Store.Keep(new BulkSendWritten(State()));
        await Store.Keep(new BulkSendWritten(State(901)));
        await Store.Keep(new BulkSendWritten(State(901, 2, BulkPhase.Ended)));
        var pending = await Reads.Pending(Sample.At(100), 10, default);
        Assert.Equal([new PendingOwner(OwnerKey.Of(Sample.Acme, Send), 1)], pending);
        Assert.Equal(
            [901UL, 900UL],
            (await Reads.BulkSends(Sample.Acme, null, 10, default)).Select(state => state.Id.Value));
        Assert.Equal(
            [900UL],
            (await Reads.BulkSends(Sample.Acme, new BulkSendId(901), 10, default)).Select(state => state.Id.Value));
        Assert.Equal(Sample.Json(State()), Sample.Json(await Reads.BulkSend(Sample.Acme, Send, default)));
        Assert.Single((await Store.Commit(new BulkSendWritten(State(901, 2)))).Refused);
    }

    [Fact]
    public async Task Conversations_between_contacts_and_numbers_are_found_and_no_others()
    {
        var elsewhere = new ConversationId(new PhoneNumberId(8), new ContactId(100));
        await Store.Keep(Sample.Write(Sample.Conversation(100)));
        await Store.Keep(Sample.Write(Sample.Conversation(101)));
        await Store.Keep(Sample.Write(ConversationState.Fresh(Sample.Acme, elsewhere) with { Version = 1 }));
        var found = await Reads.ConversationsOf(
            Sample.Acme, [new ContactId(100), new ContactId(102), new ContactId(100)], [Sample.Number], default);
        Assert.Equal(Sample.With(100), Assert.Single(found).Id);
        Assert.Empty(await Reads.ConversationsOf(Sample.Rival, [new ContactId(100)], [Sample.Number], default));
        Assert.Empty(await Reads.ConversationsOf(Sample.Acme, [], [Sample.Number], default));
    }

    [Fact]
    public async Task Attempts_are_counted_by_when_they_started_up_to_a_bound()
    {
        await Store.Keep(Sample.NumberRow());
        for (var n = 1; n <= 4; n++)
        {
            await Store.Keep(Sample.Outbound(n), new QueueRowAdded(Sample.Row(n)));
            await Store.Keep(new AttemptStarted(Sample.Acme, Sample.Number, Sample.Id(n), 1, Sample.At(10 * n)));
        }

        Assert.Equal(2, await Started(20, 40, 10));
        Assert.Equal((1, 4, 0), (await Started(20, 40, 1), await Started(0, 99, 10), await Started(41, 99, 10)));
    }

    private ValueTask<int> Started(double from, double until, int most) => Reads.AttemptsStarted(
        Sample.Acme, Sample.Number, Sample.At(from), Sample.At(until), most, default);

    private static BulkResultFilter All() => new(Sample.Acme, Send, null, -1, 200);
}
