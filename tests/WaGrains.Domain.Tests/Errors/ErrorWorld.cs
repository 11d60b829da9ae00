using WaGrains.Domain.Conversations;
using WaGrains.Domain.Errors;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Tests.Conversations;
using WaGrains.Domain.Tests.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Errors;

/// <summary>Two numbers of one account, their tenant, and one contact of the first: enough to see by what still leaves
/// how far an error reaches. Contact 1 gets the template "offer", which meets the error.</summary>
internal sealed class ErrorWorld
{
    private static readonly PhoneNumberSettings Settings =
        NumberDesk.Fast with { AccountId = "waba-1", SealedToken = "old" };

    private readonly ConversationDesk _contact = new();
    private TenantState _tenant = new() { Id = Given.Tenant };
    private int _messages = 1;

    public ErrorWorld()
    {
        Tell(new CreateTenant("Demo", new TenantConfiguration()));
        First.Queue(NumberDesk.Send(1) with { Content = Given.Marketing });
        First.Pump();
    }

    public NumberDesk First { get; } = new NumberDesk(Settings).Unlimited();

    public NumberDesk Second { get; } = new NumberDesk(Settings).Unlimited();

    public List<AlertRaised> Alerts { get; } = [];

    /// <summary>What became of the message that met the error; null while it waits or is under way.</summary>
    public SendSettled? Settled { get; private set; }

    public DateTimeOffset Now => First.Now;

    public void Refuse(int code, int attempt = 1)
    {
        First.Complete(1, NumberDesk.Refused(code), attempt);
        Spread(First);
    }

    public void Fail(int code)
    {
        First.Complete(1, SendOutcome.Accepted("w", null));
        First.Status(1, MessageStatus.Failed, code: code);
        Spread(First);
    }

    public void Advance(TimeSpan time)
    {
        First.Now += time;
        Second.Now = _contact.Now = First.Now;
    }

    public void Lift(PaceLift lift)
    {
        switch (lift)
        {
            case PaceLift.NewToken:
                First.Tell(new ConfigureNumber(First.Record.Settings with { SealedToken = "fresh" }, null));
                break;
            case PaceLift.Contact:
                _contact.Tell(new SetPreference(Wanted: true, Now));
                break;
            case PaceLift.Meta:
                Tell(new EndStop(StopScope.Template, "waba-1", "offer", "en", null));
                break;
            default:
                First.Tell(new QualityChanged(QualityEvent.Resume, "operator", Now));
                foreach (var stop in (_tenant.Stops ?? []).Where(stop => stop.HoldsAt(Now)).ToList())
                {
                    Tell(new LiftStop(stop.Id, null));
                }

                break;
        }
    }

    /// <summary>How far the error reaches now, told by what does not leave.</summary>
    public string Reach()
    {
        if (!Goes(First, Given.Text("x"), contact: 7))
        {
            return Goes(Second, Given.Text("x"), contact: 8) ? "number" : "account";
        }

        if (!Goes(Second, Given.Marketing, contact: 8))
        {
            return Goes(Second, Given.Marketing with { Name = "other" }, contact: 8) ? "template" : "account marketing";
        }

        return !Goes(First, Given.Text("x"), contact: 1) ? "recipient"
            : !IsWelcome(Given.Marketing with { Name = "other" }) ? "recipient marketing"
            : "message";
    }

    /// <summary>Whether a message that is queued now leaves at once.</summary>
    private bool Goes(NumberDesk desk, MessageContent content, int contact)
    {
        Advance(TimeSpan.FromMilliseconds(20));
        var id = ++_messages;
        var send = NumberDesk.Send(id, contact) with { Content = content };
        desk.Queue(send with { Row = send.Row with { QueuedAt = Now, Deadline = Now.AddDays(1) } });
        var goes = false;
        for (var pumped = 0; pumped < 3; pumped++)
        {
            foreach (var started in desk.Pump())
            {
                goes |= started.Message == Given.Id(id);
                desk.Tell(new SendCompleted(started.Message, started.Attempt, SendOutcome.Accepted("w", null)));
            }

            Advance(TimeSpan.FromMilliseconds(20));
        }

        desk.Tell(new CancelSend(Given.Id(id)));
        return goes;
    }

    private bool IsWelcome(MessageContent content)
    {
        _contact.Tell(Given.Send(++_messages, content, lane: Lane.Campaign));
        return _contact.Queued is [var row] && !(row.NotBefore > Now);
    }

    /// <summary>Brings what a number tells to the tenant and to the contact's conversation.</summary>
    private void Spread(NumberDesk desk)
    {
        Alerts.AddRange(desk.Changes<AlertRaised>());
        foreach (var message in desk.Last.Effects.OfType<Tell>().Select(tell => tell.Message).ToList())
        {
            if (message is TenantMessage told)
            {
                Tell(told);
            }
            else if (message is SendSettled settled)
            {
                Settled = settled;
                _contact.Tell(settled);
            }
        }
    }

    private void Tell(TenantMessage message)
    {
        var turn = TurnCheck.Run(_tenant, state => Tenant.Decide(state, message, Now));
        _tenant = turn.Next;
        Alerts.AddRange(turn.Changes.OfType<AlertRaised>());
        First.Stops = Second.Stops = _tenant.Stops ?? [];
    }
}
