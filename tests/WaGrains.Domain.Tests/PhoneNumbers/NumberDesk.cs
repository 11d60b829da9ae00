using WaGrains.Domain.Conversations;
using WaGrains.Domain.Errors;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.PhoneNumbers;

/// <summary>A number that is told one thing after another; its rows are kept beside it as strictly as a store
/// does.</summary>
internal sealed class NumberDesk
{
    private readonly Dictionary<MessageId, QueueRow> _rows = [];
    private NumberAtWork _twin;

    public NumberDesk(PhoneNumberSettings? settings = null, DateTimeOffset? notBefore = null)
    {
        Work = Fresh() with { NotBefore = notBefore };
        _twin = Fresh() with { NotBefore = notBefore };
        Tell(new ConfigureNumber(settings ?? Fast, null));
    }

    /// <summary>80 a second: the pace is not what such a test is about.</summary>
    public static PhoneNumberSettings Fast { get; } =
        new() { PhoneNumberId = "1001", Policy = SendingPolicy.Cloud, CeilingPerMinute = 4_800 };

    /// <summary>As fast as a number may be whose slots are taken one at a time.</summary>
    public static PhoneNumberSettings Brisk { get; } = Fast with { CeilingPerMinute = 599 };

    /// <summary>20 a minute.</summary>
    public static PhoneNumberSettings Slow { get; } = Fast with { CeilingPerMinute = 20 };

    public NumberAtWork Work { get; private set; }

    public Turn<NumberAtWork> Last { get; private set; } = null!;

    public DateTimeOffset Now { get; set; } = Given.Now;

    public TimeSpan Healthy { get; set; }

    public bool Resends { get; set; }

    public PacingRules Rules { get; init; } = PacingRules.Default;

    public TimeZoneInfo? Zone { get; init; }

    public double InboundPerMinute { get; set; }

    /// <summary>What the tenant tells of stops.</summary>
    public IReadOnlyList<SendStop> Stops { get; set; } = [];

    public PhoneNumberState Record => Work.Record;

    public IReadOnlyCollection<QueueRow> Rows => _rows.Values;

    public static ConversationId Talk(int contact) => new(Given.Number, new ContactId((ulong)contact));

    public static QueuedSend Send(int id, int contact = 1, long? ordinal = null, Lane lane = Lane.Reply) => new(
        new QueueRow(
            Given.Tenant, Given.Number, Given.Id(id), Talk(contact), ordinal ?? id, lane, Given.Now,
            Given.Now.AddDays(1),
            null, new Recipient("5511999990000", null), null, 0, QueuePhase.Queued, null, null),
        Given.Text("x"));

    public Turn<NumberAtWork> Tell(OwnerMessage message)
    {
        var around = new NumberSurroundings(InboundPerMinute, Healthy, Resends, Now)
        {
            Rules = Rules,
            Stops = new StopBook(Stops),
            Zone = _ => Zone,
        };
        (Last, _twin) =
            TurnCheck.Run(Work, _twin, work => work.Record, work => PhoneNumber.Decide(work, message, around));
        Work = Last.Next;
        Last.Changes.ToList().ForEach(Keep);
        Assert.Equal(Work.Queue.Count, Last.Effects.OfType<DepthChanged>().LastOrDefault()?.Depth ?? Work.Queue.Count);
        return Last;
    }

    /// <summary>Rows that a conversation has committed, and its hint.</summary>
    public NumberDesk Queue(params QueuedSend[] sends)
    {
        sends.ToList().ForEach(send => _rows.Add(send.Row.Message, send.Row));
        Tell(new EnqueueSends(sends, []));
        return this;
    }

    /// <summary>Meta's messaging limit is not what holds anything here.</summary>
    public NumberDesk Unlimited()
    {
        Tell(new BudgetAnswered(Record.Settings.Portfolio!.Value, [], [], null, TimeSpan.FromDays(1000)));
        return this;
    }

    /// <summary>What one pump starts.</summary>
    public IReadOnlyList<SendToGraph> Pump()
    {
        Tell(Domain.PhoneNumbers.Pump.Message);
        return [.. Last.Effects.OfType<SendToGraph>()];
    }

    /// <summary>A pump asks for its rows, and they come, with this status in the messages' own.</summary>
    public void Look(MessageStatus status = MessageStatus.Queued)
    {
        Pump();
        Assert.Single(Last.Effects.OfType<ReadQueueAgain>());
        Tell(new AdoptRows([.. Rows.Select(row => new QueuedSend(row, Given.Text("x"), status))]));
    }

    public NumberDesk Complete(int message, SendOutcome outcome, int attempt = 1)
    {
        Tell(new SendCompleted(Given.Id(message), attempt, outcome));
        return this;
    }

    public void Status(int message, MessageStatus status, int attempt = 1, int code = 0) => Tell(new SettledByStatus(
        Talk(1),
        Given.Id(message),
        attempt,
        new StatusUpdate(
            "w", status, Now, null, code == 0 ? null : ErrorTable.Name(code, 0, false, null), null, null)));

    public static SendOutcome Refused(int code, int httpStatus = 400) =>
        SendOutcome.Refused(ErrorTable.Name(code, httpStatus, isTransient: false, "words"));

    public IReadOnlyList<TChange> Changes<TChange>()
        where TChange : Change => [.. Last.Changes.OfType<TChange>()];

    public DateTimeOffset? WakesAt => Last.Effects.OfType<WakeAt>().LastOrDefault()?.At;

    public IReadOnlyList<SendSettled> Settled =>
        [.. Last.Effects.OfType<Tell>().Select(tell => tell.Message).OfType<SendSettled>()];

    private static NumberAtWork Fresh() =>
        new(PhoneNumberState.Fresh(Given.Tenant, Given.Number, Given.Now), new SendQueue());

    private void Keep(Change change)
    {
        switch (change)
        {
            case AttemptStarted started:
                var row = _rows[started.Message];
                Assert.Equal((QueuePhase.Queued, started.Attempt - 1), (row.Phase, row.Attempt));
                _rows[started.Message] = row with { Phase = QueuePhase.Attempting, Attempt = started.Attempt };
                break;
            case QueueRowReturned returned:
                Assert.Equal((QueuePhase.Attempting, returned.Attempt),
                    (_rows[returned.Message].Phase, _rows[returned.Message].Attempt));
                _rows[returned.Message] = _rows[returned.Message] with { Phase = QueuePhase.Queued };
                break;
            case SendWithdrawn withdrawn:
                _rows.Remove(withdrawn.Message);
                break;
            case QueueRowRemoved removed:
                Assert.True(_rows.Remove(removed.Message), "A row that is not there was removed.");
                break;
        }
    }
}
