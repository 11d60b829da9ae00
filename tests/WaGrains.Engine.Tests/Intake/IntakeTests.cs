using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Intake;
using WaGrains.Engine.Owners;

namespace WaGrains.Engine.Tests.Intake;

public sealed class IntakeTests
{
    private static readonly PersonNames Phone = new("5511999990000", null, null, null);
    private static readonly PersonNames User = new(null, "u1", null, null);
    private static readonly PersonNames Both = new("5511999990000", "u1", null, null);

    private readonly Bench _bench = new();

    private PhoneNumberState Number => PhoneNumberState.Fresh(Bench.Tenant, Bench.Number, _bench.Clock.Now);

    private void Accept(params Arrival[] arrivals) =>
        _bench.Finish(_bench.Intake.Accept(Bench.Tenant, arrivals, _bench.Clock.Now, default));

    private InboundArrival Inbound(string wamid, PersonNames person) =>
        new(Number, person, _bench.Inbound(wamid, "hello"));

    private StatusArrival Status(CallbackData data) => new(
        Number, new StatusUpdate("w", MessageStatus.Sent, _bench.Clock.Now, data.ToString(), null, null, null),
        "{}"u8.ToArray());

    [Fact]
    public void Callback_data_comes_back_and_anything_else_is_nobodys()
    {
        var data = new CallbackData(Bench.Tenant, Bench.Talk, MessageId.New(_bench.Clock.Now, 5), 3);
        Assert.True(CallbackData.TryParse(data.ToString(), out var back));
        Assert.Equal(data, back);
        Assert.InRange(data.ToString().Length, 1, 130);
        Assert.All(
            [null, "", "w2" + data.ToString()[2..], data + "|1", "w1|demo|x|y|1"],
            text => Assert.False(CallbackData.TryParse(text, out _)));
    }

    [Fact]
    public void Status_of_another_tenant_or_number_is_kept_raw_and_moves_nothing()
    {
        var id = Bench.Send(1).Id;
        _bench.Tell(Bench.Conversation, Bench.Send(1));
        Accept(Status(new CallbackData(TenantId.Parse("other"), Bench.Talk, id, 1)));
        Accept(Status(
            new CallbackData(Bench.Tenant, new ConversationId(new PhoneNumberId(9), Bench.Talk.Contact), id, 1)));
        Assert.Equal(MessageStatus.Queued, Assert.Single(_bench.Store.Snapshot().Messages).Row.Status);
        Assert.All(_bench.Store.Snapshot().Raw, raw => Assert.Equal("foreign_status", raw.Reason));
        Accept(Status(new CallbackData(Bench.Tenant, Bench.Talk, id, 1)));
        Assert.Equal(MessageStatus.Sent, Assert.Single(_bench.Store.Snapshot().Messages).Row.Status);
    }

    [Fact]
    public void Input_that_fails_twice_is_set_aside_and_the_rest_goes_on()
    {
        _bench.Breaks = (_, message) =>
            message is SetPreference ? new OwnerFailedException("bug", new InvalidOperationException()) : null;
        Accept(new PreferenceArrival(Number, Phone, false, _bench.Clock.Now), Inbound("w1", Phone));
        Assert.Equal(nameof(SetPreference), Assert.Single(_bench.Store.Snapshot().DeadLetters).Message);
        Assert.Equal("dead_letter", Assert.Single(_bench.Store.Snapshot().Alerts).Kind);
        Assert.Single(_bench.Store.Snapshot().Messages);
    }

    [Fact]
    public void Repeated_webhook_acts_once()
    {
        Accept(Inbound("w1", Phone), Inbound("w2", Phone));
        Accept(Inbound("w1", Phone), Inbound("w2", Phone));
        Assert.Equal(2, _bench.Store.Snapshot().Messages.Count);
        Assert.Equal(1, Assert.Single(_bench.Store.Snapshot().Conversations).Version);
    }

    [Fact]
    public void Webhook_that_is_not_durable_is_not_taken()
    {
        var accept = _bench.Intake.Accept(
            Bench.Tenant, [new RawArrival("f", "unknown_field", true, "{}"u8.ToArray())], _bench.Clock.Now, default);
        _bench.NextResult = CommitResult.Unavailable;
        Assert.Throws<OwnerUnavailableException>(() => _bench.Finish(accept));
    }

    [Fact]
    public void Two_first_messages_at_once_meet_in_one_contact_once_both_names_are_known()
    {
        var first = _bench.Intake.Accept(Bench.Tenant, [Inbound("w1", Phone)], _bench.Clock.Now, default);
        var second = _bench.Intake.Accept(Bench.Tenant, [Inbound("w2", User)], _bench.Clock.Now, default);
        _bench.Finish(Task.WhenAll(first, second));
        Assert.Equal(2, _bench.Store.Snapshot().Conversations.Count);

        Accept(Inbound("w3", Both));
        var merge = Assert.Single(_bench.Hints<MergeInto>());
        var older = _bench.Store.Snapshot().Contacts.Min(contact => contact.Contact);
        Assert.Equal(older, merge.Into.Contact);
        Assert.Equal(older, _bench.Finish(_bench.Contacts.Resolve(Bench.Tenant, User, _bench.Clock.Now, default)));
        Assert.Equal(older, _bench.Finish(_bench.Contacts.Resolve(Bench.Tenant, Phone, _bench.Clock.Now, default)));
    }

    [Fact]
    public void Two_webhooks_that_create_the_same_person_meet_at_the_unique_key()
    {
        var first = _bench.Contacts.Resolve(Bench.Tenant, Phone, _bench.Clock.Now, default);
        var second = _bench.Contacts.Resolve(Bench.Tenant, Phone, _bench.Clock.Now, default);
        _bench.Finish(Task.WhenAll(first, second));
        Assert.Equal(first.Done(), second.Done());
        Assert.Single(_bench.Store.Snapshot().Contacts);
    }
}
