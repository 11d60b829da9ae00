using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Engine.Intake;

/// <summary>Who is to be told what of one webhook: one message per owner and kind, in the order the items
/// came.</summary>
internal sealed class IntakePlan(TenantId tenant)
{
    /// <summary>Up to here looking through the list is quicker than keeping an index: most webhooks bring one
    /// item.</summary>
    private const int ScannedMax = 8;

    private readonly List<(OwnerKey Owner, OwnerMessage Message)> _messages = new(1);
    private readonly List<Change> _rows = [];
    private Dictionary<(OwnerKey Owner, Type Kind), int>? _index;

    public TenantId Tenant => tenant;

    /// <summary>Rows without an owner: what is kept raw, and alerts.</summary>
    public IReadOnlyList<Change> Rows => _rows;

    /// <summary>What to ask.</summary>
    public IReadOnlyList<(OwnerKey Owner, OwnerMessage Message)> Messages => _messages;

    public void Add(OwnerKey owner, OwnerMessage message)
    {
        _index?.TryAdd((owner, message.GetType()), _messages.Count);
        _messages.Add((owner, message));
    }

    public void Add(InboundArrival inbound, ContactId? contact, DateTimeOffset now)
    {
        if (contact is not { } known)
        {
            Keep(new RawArrival("messages", "nameless_person", Alert: true, inbound.Message.Payload), now);
            return;
        }

        var owner = Conversation(inbound.Number, known);
        var delivery = Delivery(inbound.Message);
        if (Find(owner, typeof(ReceiveInbound)) is { } index)
        {
            var earlier = (ReceiveInbound)_messages[index].Message;
            _messages[index] =
                (owner, earlier with { Messages = [.. earlier.Messages, delivery], Person = inbound.Person });
            return;
        }

        Add(owner, new ReceiveInbound([delivery], inbound.Person, inbound.Number.Settings.Team, []));
    }

    public void Add(EchoArrival echo, ContactId? contact, DateTimeOffset now)
    {
        if (contact is { } known)
        {
            Add(Conversation(echo.Number, known), new ReceiveEcho(Delivery(echo.Message), []));
        }
        else
        {
            Keep(new RawArrival("smb_message_echoes", "nameless_person", Alert: true, echo.Message.Payload), now);
        }
    }

    public void Add(IdentityArrival identity, ContactId? contact, DateTimeOffset now)
    {
        if (identity is { Number: { } number, Message: { } message })
        {
            Add(new InboundArrival(number, identity.Current, message), contact, now);
        }
    }

    public void Add(PreferenceArrival preference, ContactId? contact)
    {
        if (contact is { } known)
        {
            Add(Conversation(preference.Number, known), new SetPreference(preference.Wanted, preference.At));
        }
    }

    public void Add(StatusArrival status, DateTimeOffset now)
    {
        if (!CallbackData.TryParse(status.Update.CallbackData, out var data)
            || data.Tenant != tenant
            || data.Conversation.Number != status.Number.Id)
        {
            // Of a message that we did not send, or that names another tenant's row: believed by nobody, kept for
            // people.
            Keep(new RawArrival("statuses", "foreign_status", Alert: false, status.Payload), now);
            return;
        }

        var owner = OwnerKey.Of(tenant, data.Conversation);
        var one = new StatusOfAttempt(data.Message, data.Attempt, status.Update);
        if (Find(owner, typeof(ReceiveStatuses)) is { } index)
        {
            _messages[index] =
                (owner, new ReceiveStatuses([.. ((ReceiveStatuses)_messages[index].Message).Statuses, one]));
            return;
        }

        Add(owner, new ReceiveStatuses([one]));
    }

    public void Keep(RawArrival raw, DateTimeOffset now)
    {
        // The id is a hash of the bytes under the hour, so that a repeat soon after is kept once.
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        var id = MessageId.Inbound(
            tenant, Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(raw.Payload.Span)), hour);
        _rows.Add(new RawKept(tenant, id, raw.Field, raw.Reason, raw.Payload));
        if (raw.Alert)
        {
            _rows.Add(new AlertRaised(
                tenant, id, now, raw.Reason, raw.Field, "A webhook item could not be placed; it is kept as it came."));
        }
    }

    private int? Find(OwnerKey owner, Type kind)
    {
        if (_messages.Count > ScannedMax)
        {
            _index ??= Index();
            return _index.TryGetValue((owner, kind), out var known) ? known : null;
        }

        for (var i = 0; i < _messages.Count; i++)
        {
            if (_messages[i].Owner == owner && _messages[i].Message.GetType() == kind)
            {
                return i;
            }
        }

        return null;
    }

    private Dictionary<(OwnerKey Owner, Type Kind), int> Index()
    {
        var index = new Dictionary<(OwnerKey Owner, Type Kind), int>();
        for (var i = 0; i < _messages.Count; i++)
        {
            index.TryAdd((_messages[i].Owner, _messages[i].Message.GetType()), i);
        }

        return index;
    }

    private OwnerKey Conversation(PhoneNumberState number, ContactId contact) =>
        OwnerKey.Of(tenant, new ConversationId(number.Id, contact));

    private InboundDelivery Delivery(InboundMessage message) =>
        new(MessageId.Inbound(tenant, message.Wamid, message.SentAt), message);
}
