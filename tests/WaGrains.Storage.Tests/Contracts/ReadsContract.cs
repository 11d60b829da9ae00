using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;

namespace WaGrains.Storage.Tests.Contracts;

/// <summary>Look-ups and lists.</summary>
public abstract class ReadsContract(Func<Task<StoreUnderTest>> open) : StoreContract(open)
{
    private static readonly MessageFilter AllMessages = new(Sample.Acme, [], null, null, null, null, 200);
    private static readonly ConversationFilter AllConversations = new(Sample.Acme, null, null, null, null, null, 200);

    [Fact]
    public async Task Message_comes_back_as_it_was_written()
    {
        await Store.Keep(Sample.Inbound(1), Sample.Outbound(2));
        var inbound = await Reads.Message(Sample.Acme, Sample.Id(1), CancellationToken.None);
        var outbound = await Reads.Message(Sample.Acme, Sample.Id(2), CancellationToken.None);
        var raw = inbound!.Row.Payload.Raw;
        Assert.Equal(Sample.Inbound(1).Row.Payload.Raw.ToArray(), raw.ToArray());
        Assert.Equal(Sample.Inbound(1).Row with { Payload = inbound.Row.Payload }, inbound.Row);
        Assert.Null(inbound.Row.Payload.Content);
        Assert.Equal(Sample.Outbound(2).Row, outbound!.Row);
        Assert.Equal(Sample.At(2), outbound.StatusAt);
        Assert.Null(await Reads.Message(Sample.Acme, Sample.Id(3), CancellationToken.None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Messages_page_without_gaps_or_repeats(int most)
    {
        await Chat();
        List<int> seen = [];
        MessageId? before = null;
        while (await Messages(AllMessages with { Before = before, Most = most }) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= most);
            seen.AddRange(page.Select(NumberOf));
            before = page[^1].Row.Id;
        }

        Assert.Equal([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], seen);
    }

    [Fact]
    public async Task Pace_history_pages_newest_first_and_belongs_to_its_number()
    {
        await Store.Keep(
            Sample.Pace(1), Sample.Pace(2), Sample.Pace(3), Sample.Pace(4), Sample.Pace(1, number: 8),
            Sample.Pace(2) with { Cause = "again" });
        var filter = new PaceHistoryFilter(Sample.Acme, new PhoneNumberId(7), Since: null, Before: null, Most: 3);
        var first = await Reads.PaceHistory(filter, CancellationToken.None);
        Assert.Equal([Sample.Pace(4), Sample.Pace(3), Sample.Pace(2)], first);
        Assert.Equal(
            [Sample.Pace(1)],
            await Reads.PaceHistory(filter with { Before = first[^1].Entry }, CancellationToken.None));
        Assert.Equal(
            [Sample.Pace(4), Sample.Pace(3)],
            await Reads.PaceHistory(filter with { Since = Sample.At(3) }, CancellationToken.None));
        Assert.Empty(await Reads.PaceHistory(
            filter with { Tenant = TenantId.Parse("other") }, CancellationToken.None));
    }

    [Fact]
    public async Task Messages_are_filtered()
    {
        await Chat();
        ConversationId[] two = [Sample.With(101), Sample.With(102)];
        Assert.Equal([11, 8, 5, 2], await Listed(AllMessages with { Conversations = [Sample.With(102)] }));
        Assert.Equal([11, 10, 8, 7, 5], await Listed(AllMessages with { Conversations = two, Most = 5 }));
        Assert.Equal([4, 2, 1], await Listed(AllMessages with { Conversations = two, Before = Sample.Id(5) }));
        Assert.Equal([12, 10], await Listed(AllMessages with { Direction = Direction.Outbound, Most = 2 }));
        Assert.Equal([6], await Listed(AllMessages with { Status = MessageStatus.Sent }));
        Assert.Equal([12, 11, 10], await Listed(AllMessages with { Since = Sample.At(10) }));
        Assert.Empty(await Listed(AllMessages with { Conversations = [Sample.With(999)] }));
    }

    [Fact]
    public async Task Page_is_bounded_whatever_is_asked_for()
    {
        for (var n = 0; n < 250; n += 50)
        {
            await Store.Keep([.. Enumerable.Range(n, 50).Select(i => Sample.Inbound(i))]);
        }

        Assert.Equal(201, (await Messages(AllMessages with { Most = int.MaxValue })).Count);
        Assert.Single(await Messages(AllMessages with { Most = 0 }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Conversations_page_without_gaps_or_repeats_where_times_are_equal(int most)
    {
        ulong[] contacts = [5, 3, 9, 1, 7];
        await Store.Keep([.. contacts.Select(contact => Sample.Write(
            Sample.Conversation(contact) with { LastActivityAt = Sample.At(contact == 9 ? 1 : 2) }))]);
        List<ulong> seen = [];
        ConversationPosition? before = null;
        while (await Conversations(AllConversations with { Before = before, Most = most }) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(state => state.Id.Contact.Value));
            before = new ConversationPosition(page[^1].LastActivityAt, page[^1].Id);
        }

        Assert.Equal([7, 5, 3, 1, 9], seen);
    }

    [Fact]
    public async Task Conversations_are_filtered()
    {
        var elsewhere = Sample.Conversation(4) with { Id = new ConversationId(new PhoneNumberId(8), new ContactId(4)) };
        await Store.Keep(
            Sample.Write(Sample.Conversation(1) with { Phase = ConversationPhase.Held, Holder = Sample.Ana }),
            Sample.Write(Sample.Conversation(2) with { Phase = ConversationPhase.Waiting, Team = Sample.Team }),
            Sample.Write(Sample.Conversation(3) with { Phase = ConversationPhase.Alias, AliasOf = Sample.With(1) }),
            Sample.Write(elsewhere with
            {
                Phase = ConversationPhase.Held, Holder = new AgentId(2), Team = Sample.Team,
            }));
        Assert.Equal([4, 2, 1], await Listed(AllConversations));
        Assert.Equal([3], await Listed(AllConversations with { Phase = ConversationPhase.Alias }));
        Assert.Equal([4, 1], await Listed(AllConversations with { Phase = ConversationPhase.Held }));
        Assert.Equal([1], await Listed(AllConversations with { Phase = ConversationPhase.Held, Holder = Sample.Ana }));
        Assert.Equal([4, 2], await Listed(AllConversations with { Team = Sample.Team }));
        Assert.Equal([2], await Listed(AllConversations with { Team = Sample.Team, Number = Sample.Number }));
        Assert.Empty(await Listed(AllConversations with { Holder = Sample.Ana, Team = Sample.Team }));
    }

    [Fact]
    public async Task Conversation_that_stirs_moves_to_the_front()
    {
        await Store.Keep(Sample.Write(Sample.Conversation(1)), Sample.Write(Sample.Conversation(2)));
        await Store.Keep(Sample.Write(Sample.Conversation(1, version: 2) with { LastActivityAt = Sample.At(50) }));
        Assert.Equal([1, 2], await Listed(AllConversations));
    }

    [Fact]
    public async Task Alerts_page_newest_first_and_repeats_of_one_id_are_one()
    {
        await Store.Keep(Sample.Alert(2), Sample.Alert(1), Sample.Alert(3), Sample.Alert(2));
        var first = await Reads.Alerts(Sample.Acme, null, 2, CancellationToken.None);
        var second = await Reads.Alerts(Sample.Acme, first[1].Id, 2, CancellationToken.None);
        Assert.Equal([Sample.Alert(3), Sample.Alert(2)], first);
        Assert.Equal([Sample.Alert(1)], second);
    }

    [Fact]
    public async Task Identities_bring_all_others_of_their_contacts()
    {
        var (phone, same, other) = (Phone("55119"), new Identity(IdentityKind.UserId, "55119"), Phone("1"));
        await Store.Keep(Named(same, 6), Named(phone, 6), Named(other, 7), Named(Phone("2"), 8));
        Assert.Equal([Is(phone, 6), Is(same, 6)], await Known(same, Phone("3")));
        Assert.Equal([Is(other, 7), Is(phone, 6), Is(same, 6)], await Known(phone, other, same));
        await Store.Keep(new IdentityMoved(Sample.Acme, phone, new(6), new(7)));
        Assert.Equal([Is(other, 7), Is(phone, 7)], await Known(phone));
    }

    [Fact]
    public async Task Merge_hands_all_identities_to_the_survivor()
    {
        await Store.Keep(Person(5), Person(6), Named(Phone("1"), 6), Named(Phone("2"), 6), Named(Phone("3"), 5));
        await Store.Keep(Merge(6, 5));
        Assert.Equal([Is(Phone("1"), 5), Is(Phone("2"), 5), Is(Phone("3"), 5)], await Known(Phone("2")));
    }

    [Fact]
    public async Task Identity_is_released_by_its_own_contact_only()
    {
        await Store.Keep(Named(Phone("1"), 6));
        await Store.Keep(
            new IdentityReleased(Sample.Acme, Phone("1"), new(7)),
            new IdentityReleased(Sample.Acme, Phone("2"), new(6)));
        Assert.Single(await Known(Phone("1")));
        await Store.Keep(new IdentityReleased(Sample.Acme, Phone("1"), new(6)));
        Assert.Empty(await Known(Phone("1")));
        await Store.Keep(Named(Phone("1"), 7));
    }

    [Fact]
    public async Task Keys_are_found_until_their_own_tenant_revokes_them()
    {
        var late = new ApiKeyAdded(Sample.Acme, "aa", "late", Role.Agent, Sample.Ana, Sample.At(9));
        var early = late with { Hash = "bb", Name = "early", Role = Role.Owner, Agent = null, At = Sample.At(1) };
        await Store.Keep(late, early);
        Assert.Equal([early, late], await Reads.ApiKeys(Sample.Acme, CancellationToken.None));
        await Store.Keep(new ApiKeyRevoked(Sample.Rival, "aa"), new ApiKeyRevoked(Sample.Acme, "none"));
        Assert.Equal(late, await Reads.ApiKey("aa", CancellationToken.None));
        await Store.Keep(new ApiKeyRevoked(Sample.Acme, "aa"));
        Assert.Null(await Reads.ApiKey("aa", CancellationToken.None));
        Assert.Equal([early], await Reads.ApiKeys(Sample.Acme, CancellationToken.None));
    }

    [Fact]
    public async Task Tenants_written_since_a_revision_are_never_missed()
    {
        await Store.Keep(TenantOf("acme", 1), TenantOf("rival", 1));
        var all = await Reads.TenantsSince(0, CancellationToken.None);
        Assert.Equal(["acme", "rival"], all.Tenants.Select(tenant => tenant.Id.Value));
        await Store.Keep(TenantOf("acme", 2));
        await Store.Keep(TenantOf("later", 1));
        var since = await Reads.TenantsSince(all.Revision, CancellationToken.None);
        Assert.Contains(since.Tenants, tenant => tenant is { Id.Value: "acme", Version: 2 });
        Assert.Contains(since.Tenants, tenant => tenant is { Id.Value: "later" });
        var refused = await Store.Commit(TenantOf("acme", 9));
        Assert.Single(refused.Refused);
        Assert.Equal(2, (await Reads.TenantsSince(0, CancellationToken.None)).Tenants[0].Version);
    }

    [Fact]
    public async Task Kept_answers_are_found_unless_they_are_too_old()
    {
        await Store.Keep(Sample.Idempotent("k", 5) with { BodyHash = UInt128.MaxValue });
        var read = await Reads.Idempotency(Sample.Acme, "k", Sample.At(5), CancellationToken.None);
        Assert.Equal((UInt128.MaxValue, Sample.At(5)), (read!.BodyHash, read.At));
        Assert.Equal(new Refused(Refusals.NotFound), read.Answer);
        Assert.Null(await Reads.Idempotency(Sample.Acme, "k", Sample.At(6), CancellationToken.None));
        Assert.Null(await Reads.Idempotency(Sample.Acme, "other", Sample.At(0), CancellationToken.None));
    }

    [Fact]
    public async Task Every_table_is_counted()
    {
        var owner = OwnerKey.Of(Sample.Acme);
        await Store.Keep(
            new DeadLettered(owner, "SetPresence", "bug", new byte[] { 1 }, Sample.At(0)),
            new DeadLettered(owner, "SetPresence", "bug", new byte[] { 1 }, Sample.At(0)),
            new RawKept(Sample.Acme, Sample.Id(1), "calls", "unknown_field", new byte[] { 2 }),
            new RawKept(Sample.Acme, Sample.Id(1), "calls", "unknown_field", new byte[] { 2 }));
        var counts = await Reads.Counts(CancellationToken.None);
        Assert.Equal(23, counts.Count);
        Assert.Equal((2, 1, 0), (counts["dead_letter"], counts["raw_webhook"], counts["message"]));
    }

    private static ContactAdded Person(ulong id) => new(Sample.Acme, new ContactId(id), null, null, Sample.At(0));

    private static ContactMerged Merge(ulong from, ulong into) =>
        new(Sample.Acme, new ContactId(from), new ContactId(into), Sample.At(50));

    private static TenantWritten TenantOf(string id, long version) =>
        new(new TenantState { Id = TenantId.Parse(id), Version = version, Name = id });

    private static Identity Phone(string digits) => new(IdentityKind.Phone, digits);

    private static IdentityAdded Named(Identity identity, ulong contact) => new(Sample.Acme, identity, new(contact));

    private static KnownIdentity Is(Identity identity, ulong contact) => new(identity, new ContactId(contact));

    private static int NumberOf(StoredMessage message) => (int)(message.Row.Id.At - Sample.Start).TotalSeconds;

    /// <summary>Messages 1 to 12, odd ones inbound, over three conversations in turn.</summary>
    private async Task Chat()
    {
        for (var n = 1; n <= 12; n++)
        {
            var contact = 100 + (ulong)(n % 3);
            await Store.Keep(n % 2 == 0 ? Sample.Outbound(n, contact) : Sample.Inbound(n, contact));
        }

        await Store.Keep(
            new StatusRaised(Sample.Acme, Sample.Id(6), MessageStatus.Sent, Sample.At(20), null, null, null, null));
    }

    private async Task<IReadOnlyList<KnownIdentity>> Known(params Identity[] identities) =>
        await Reads.Identities(Sample.Acme, identities, CancellationToken.None);

    private async Task<IReadOnlyList<StoredMessage>> Messages(MessageFilter filter) =>
        await Reads.Messages(filter, CancellationToken.None);

    private async Task<IReadOnlyList<ConversationState>> Conversations(ConversationFilter filter) =>
        await Reads.Conversations(filter, CancellationToken.None);

    private async Task<IEnumerable<int>> Listed(MessageFilter filter) => (await Messages(filter)).Select(NumberOf);

    private async Task<IEnumerable<ulong>> Listed(ConversationFilter filter) =>
        (await Conversations(filter)).Select(state => state.Id.Contact.Value);
}
