using WaGrains.Domain.Agents;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;

namespace WaGrains.Storage.Tests.Contracts;

/// <summary>What must happen without anybody asking.</summary>
public abstract class RecoveryContract(Func<Task<StoreUnderTest>> open) : StoreContract(open)
{
    private static readonly OwnerKey Conversation = OwnerKey.Of(Sample.Acme, Sample.With(100));

    [Fact]
    public async Task Every_kind_of_obligation_names_its_owner_once()
    {
        await Oblige();
        var pending = await Reads.Pending(Sample.At(1000), 100, CancellationToken.None);
        Assert.Equal(
            [
                new PendingOwner(OwnerKey.Of(Sample.Acme, Sample.Number), 2),
                new PendingOwner(OwnerKey.Of(Sample.Acme, new PhoneNumberId(8)), 1),
                new PendingOwner(OwnerKey.Of(Sample.Acme, Sample.With(102)), 1),
                new PendingOwner(OwnerKey.Of(Sample.Acme, Sample.With(103)), 1),
                new PendingOwner(OwnerKey.Of(Sample.Acme, Sample.Team), 2),
                new PendingOwner(OwnerKey.Of(Sample.Acme, Sample.Ana), 2),
                new PendingOwner(OwnerKey.ContactsOf(Sample.Acme), 1),
            ],
            pending);
    }

    [Fact]
    public async Task Pending_stops_at_the_asked_number_of_owners()
    {
        await Oblige();
        var all = await Reads.Pending(Sample.At(1000), 100, CancellationToken.None);
        for (var most = 1; most <= all.Count; most++)
        {
            Assert.Equal(all.Take(most), await Reads.Pending(Sample.At(1000), most, CancellationToken.None));
        }
    }

    [Fact]
    public async Task What_is_younger_is_not_pending_yet()
    {
        await Oblige();
        Assert.Empty(await Reads.Pending(Sample.At(1), 100, CancellationToken.None));
        var some = await Reads.Pending(Sample.At(2), 100, CancellationToken.None);
        Assert.Equal([new PendingOwner(OwnerKey.Of(Sample.Acme, Sample.Number), 1)], some);
    }

    [Fact]
    public async Task Timers_come_when_due_earliest_first()
    {
        var number = OwnerKey.Of(Sample.Acme, Sample.Number);
        await Store.Keep(
            new TimerSet(Conversation, "idle", Sample.At(30)),
            new TimerSet(Conversation, "sla", Sample.At(10)),
            new TimerSet(number, "reset", Sample.At(10)),
            new TimerSet(number, "later", Sample.At(31)));
        var due = await Reads.Timers(Sample.At(31), 10, CancellationToken.None);
        Assert.Equal(
            [
                new DueTimer(number, "reset", Sample.At(10)),
                new DueTimer(Conversation, "sla", Sample.At(10)),
                new DueTimer(Conversation, "idle", Sample.At(30)),
            ],
            due);
        Assert.Equal(due.Take(2), await Reads.Timers(Sample.At(31), 2, CancellationToken.None));
    }

    [Fact]
    public async Task Timer_that_is_set_again_moves_and_a_cleared_one_is_gone()
    {
        await Store.Keep(new TimerSet(Conversation, "idle", Sample.At(10)));
        await Store.Keep(new TimerSet(Conversation, "idle", Sample.At(20)));
        var due = await Reads.Timers(Sample.At(99), 10, CancellationToken.None);
        Assert.Equal([new DueTimer(Conversation, "idle", Sample.At(20))], due);
        await Store.Keep(new TimerCleared(Conversation, "idle"), new TimerCleared(Conversation, "never"));
        Assert.Empty(await Reads.Timers(Sample.At(99), 10, CancellationToken.None));
    }

    [Fact]
    public async Task Refused_turn_moves_no_timer()
    {
        await Store.Keep(Sample.Inbound(1), new TimerSet(Conversation, "idle", Sample.At(10)));
        await Store.Commit(new TimerSet(Conversation, "idle", Sample.At(20)), Sample.Inbound(1));
        await Store.Commit(new TimerCleared(Conversation, "idle"), Sample.Inbound(1));
        var due = await Reads.Timers(Sample.At(99), 10, CancellationToken.None);
        Assert.Equal([new DueTimer(Conversation, "idle", Sample.At(10))], due);
    }

    [Fact]
    public async Task Open_merge_lists_the_conversations_that_are_left()
    {
        await Store.Keep(Person(4), Person(5), Person(6), Merge(6, 5), Merge(5, 4));
        var alias = Sample.Conversation(6) with { Phase = ConversationPhase.Alias, AliasOf = Sample.With(4) };
        var other = alias with
        {
            Id = new ConversationId(new PhoneNumberId(8), new ContactId(6)),
            Phase = ConversationPhase.Merging,
        };
        await Store.Keep(Sample.Write(alias), Sample.Write(other), Sample.Write(Sample.Conversation(4)));
        var open = await Reads.OpenMerges(10, CancellationToken.None);
        Assert.Equal([(5UL, 4UL), (6UL, 4UL)], open.Select(merge => (merge.From.Value, merge.Into.Value)));
        Assert.Empty(open[0].Conversations);
        Assert.Equal([other.Id], open[1].Conversations);
        Assert.Single(await Reads.OpenMerges(1, CancellationToken.None));
        await Store.Keep(new ContactMergeDone(Sample.Acme, new(6)), new ContactMergeDone(Sample.Acme, new(5)));
        Assert.Empty(await Reads.OpenMerges(10, CancellationToken.None));
    }

    private static ContactAdded Person(ulong id) => new(Sample.Acme, new ContactId(id), null, null, Sample.At(0));

    private static ContactMerged Merge(ulong from, ulong into) =>
        new(Sample.Acme, new ContactId(from), new ContactId(into), Sample.At(50));

    private static ConversationState In(ulong contact, ConversationPhase phase) => Sample.Conversation(contact) with
    {
        Phase = phase,
        Team = Sample.Team,
        WaitingSince = phase == ConversationPhase.Waiting ? Sample.At(40) : null,
    };

    private static OfferOpened Offer(ulong contact) =>
        new(Sample.Acme, Sample.With(contact), 1, Sample.Ana, Sample.At(60));

    private async Task Oblige()
    {
        var elsewhere = Sample.Row(3) with { Number = new PhoneNumberId(8) };
        await Store.Keep(
            new QueueRowAdded(Sample.Row(1)), new QueueRowAdded(Sample.Row(2)), new QueueRowAdded(elsewhere));
        await Store.Keep(
            Sample.Write(In(100, ConversationPhase.Waiting)),
            Sample.Write(In(101, ConversationPhase.Waiting)),
            Sample.Write(In(102, ConversationPhase.Waiting) with { Asked = Sample.Ana }),
            Sample.Write(In(103, ConversationPhase.Merging) with { Asked = Sample.Ana }),
            Sample.Write(In(104, ConversationPhase.Held) with { Holder = Sample.Ana }),
            Sample.Write(In(105, ConversationPhase.Closed)));
        await Store.Keep(Offer(100), Offer(101));
        await Store.Keep(Person(5), Person(6), Merge(6, 5));
    }
}
