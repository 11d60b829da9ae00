using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Bulk;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Reading;

namespace WaGrains.Engine.Tests.Bulk;

/// <summary>Rounds over real owners and a store in memory: whatever is lost or done twice, each recipient has one
/// turn.</summary>
public sealed class BulkRoundsTests
{
    private static readonly BulkSendId Id = new(900);
    private static readonly OwnerKey Send = OwnerKey.Of(Bench.Tenant, Id);
    private static readonly OwnerKey Number = OwnerKey.Of(Bench.Tenant, Bench.Number);

    private readonly Bench _bench = new();
    private readonly BulkRounds _rounds;
    private ulong _messages;

    public BulkRoundsTests()
    {
        _rounds = new BulkRounds(
            _bench, _bench.Store.Reads, _bench.Contacts, _bench.Clock,
            () => MessageId.New(_bench.Clock.Now, ++_messages));
        _bench.Tell(OwnerKey.Of(Bench.Tenant), new CreateTenant("Demo", new TenantConfiguration()));
        _bench.Tell(Number, new ConfigureNumber(
            new PhoneNumberSettings
            {
                PhoneNumberId = "1001", Policy = SendingPolicy.Cloud, CeilingPerMinute = 60,
            },
            null));
    }

    private BulkSendState State => _bench.Store.Reads.BulkSend(Bench.Tenant, Id, default).Result(nameof(State))!;

    private BulkTally Tally => _bench.Store.Reads.BulkTally(Bench.Tenant, Id, default).Result(nameof(Tally));

    private int Count(BulkOutcome outcome) => Tally.Outcomes.Where(pair => pair.Key.Outcome == outcome)
        .Sum(pair => pair.Value);

    private void Create(int total, TemplateCategory category = TemplateCategory.Utility)
    {
        foreach (var slice in Enumerable.Range(0, total).Chunk(BulkSend.SliceMax))
        {
            _bench.Finish(_bench.Staging.StageRows(
                Send,
                [
                    new BulkRecipientsAdded(
                        Bench.Tenant, Id, [.. slice.Select(i => new BulkRecipient(i, $"55119{i:D8}", null))]),
                ],
                []));
        }

        _bench.Tell(Send, new CreateBulkSend(
            new BulkDraft(
                "", [Bench.Number], new TemplateContent("hi", "en", category, [], [], []),
                Lane.Campaign, _bench.Clock.Now.AddHours(2), total),
            null));
    }

    private void Round()
    {
        _bench.Finish(_rounds.Run(Send, default));
        CarryHints();
    }

    private void CarryHints()
    {
        while (_bench.Released.OfType<Tell>().FirstOrDefault() is { } hint)
        {
            _bench.Released.Remove(hint);
            _bench.Tell(hint);
        }
    }

    /// <summary>The number sends what it may, and Meta accepts it all.</summary>
    private void Pump()
    {
        _bench.Tell(Number, Domain.PhoneNumbers.Pump.Message);
        foreach (var call in _bench.Released.OfType<SendToGraph>().ToList())
        {
            _bench.Released.Remove(call);
            _bench.Tell(Number, new SendCompleted(
                call.Message, call.Attempt, SendOutcome.Accepted($"wamid.{call.Message}", null)));
        }

        CarryHints();
    }

    [Fact]
    public void Number_gets_a_minutes_worth_and_no_more_until_it_has_sent()
    {
        Create(200);
        Round();
        Assert.Equal((60, 60), (Count(BulkOutcome.Taken), State.Cursor));
        Round();
        Assert.Equal(60, Count(BulkOutcome.Taken));
    }

    [Fact]
    public void Whole_list_is_sent_once_each_and_the_send_ends()
    {
        Create(150);
        for (var second = 0; State.IsOpen && second < 400; second++)
        {
            Round();
            Pump();
            _bench.Clock.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal((BulkPhase.Ended, 150), (State.Phase, Count(BulkOutcome.Taken)));
        Assert.Equal(150, Tally.Statuses[MessageStatus.Accepted]);
    }

    [Fact]
    public void Rounds_that_run_at_once_give_each_recipient_one_turn()
    {
        Create(40);
        var (first, second) = (_rounds.Run(Send, default), _rounds.Run(Send, default));
        _bench.Finish(Task.WhenAll(first, second));
        CarryHints();
        Round();
        Assert.Equal((40, 40), (Count(BulkOutcome.Taken), State.Cursor));
        Assert.Equal(40, _bench.Store.Snapshot().Queue.Count);
    }

    [Fact]
    public void Recipient_whose_conversation_cannot_be_reached_is_not_passed_over()
    {
        Create(5);
        var away = true;
        _bench.Breaks = (_, message) => away && message is SendMessage { Origin.Position: 2 }
            ? new OwnerUnavailableException("away")
            : null;
        Round();
        Assert.Equal((4, 2), (Count(BulkOutcome.Taken), State.Cursor));
        away = false;
        Round();
        Assert.Equal((5, 5), (Count(BulkOutcome.Taken), State.Cursor));
    }

    [Fact]
    public void Recipient_whose_conversation_fails_is_dropped_and_the_others_go_on()
    {
        Create(5);
        _bench.Breaks = (_, message) => message is SendMessage { Origin.Position: 2 }
            ? new OwnerFailedException("a bug")
            : null;
        Round();
        Assert.Equal(1, Tally.Outcomes[(BulkOutcome.Dropped, "internal_error")]);
        Assert.Equal((4, 5), (Count(BulkOutcome.Taken), State.Cursor));
    }

    [Fact]
    public void Refusal_is_the_recipients_result()
    {
        Create(2, TemplateCategory.Marketing);
        var contact = _bench.Finish(_bench.Contacts.Resolve(
            Bench.Tenant, new Domain.Contacts.PersonNames("5511900000001", null, null, null), _bench.Clock.Now,
            default));
        var conversation = OwnerKey.Of(Bench.Tenant, new ConversationId(Bench.Number, contact!.Value));
        _bench.Tell(conversation, new SetPreference(false, _bench.Clock.Now));
        Round();
        Assert.Equal(1, Tally.Outcomes[(BulkOutcome.Refused, "contact_opted_out")]);
        Assert.Equal(2, State.Cursor);
    }

    [Fact]
    public void Cancelled_send_withdraws_what_waits_and_drops_the_rest()
    {
        Create(100);
        Round();
        _bench.Tell(Send, new CancelBulkSend(null));
        CarryHints();
        for (var round = 0; State.IsOpen && round < 10; round++)
        {
            Round();
        }

        Assert.Equal((BulkPhase.Ended, 40), (State.Phase, Count(BulkOutcome.Dropped)));
        Assert.Equal(60, Tally.Statuses[MessageStatus.Cancelled]);
        Assert.Empty(_bench.Store.Snapshot().Queue);
    }

    [Fact]
    public void Paused_send_keeps_its_messages_in_the_queue_even_where_the_number_begins_anew()
    {
        Create(30);
        Round();
        _bench.Tell(Send, new PauseBulkSend(null));
        CarryHints();
        _bench.Forget(Number);
        Pump();
        Assert.Equal(30, Tally.Statuses[MessageStatus.Queued]);
        _bench.Tell(Send, new ResumeBulkSend(null));
        CarryHints();
        Pump();
        Assert.Equal(1, Tally.Statuses[MessageStatus.Accepted]);
    }
}
