using WaGrains.Domain.Bots;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Conversations;

/// <summary>What happens when the contact writes.</summary>
public static class Receiving
{
    /// <summary>The durable timer that closes an idle conversation.</summary>
    internal const string IdleTimer = "idle";

    /// <summary>
    /// Which of these ids the conversation cannot judge from memory: those at or below the highest it has forgotten.
    /// All others are known or new (MUST D1).
    /// </summary>
    public static IReadOnlyList<MessageId> MustLookUp(ConversationState state, IEnumerable<MessageId> ids)
    {
        List<MessageId>? unsure = null;
        foreach (var id in ids)
        {
            if (state.RecentFloor is { } floor && id.CompareTo(floor) <= 0 && !state.Recent.Contains(id))
            {
                (unsure ??= []).Add(id);
            }
        }

        return unsure ?? (IReadOnlyList<MessageId>)[];
    }

    internal static Turn<ConversationState> Receive(
        ConversationState state, ReceiveInbound inbound, in Surroundings around)
    {
        var turn = Turn.Accept(state);
        var next = state;
        foreach (var delivery in inbound.Messages)
        {
            if (next.Recent.Contains(delivery.Id) || inbound.Known.Contains(delivery.Id))
            {
                continue;
            }

            next = Archive(turn, next, delivery, Direction.Inbound, MessageStatus.Received, around.Now);
            next = Introduce(next, inbound.Person);
            if (Speaks(delivery.Message.Kind))
            {
                next = Hear(turn, next, delivery.Message.SentAt, around.Now);
                next = Answer(turn, next, delivery, inbound.Team, around);
            }
        }

        if (ReferenceEquals(next, state))
        {
            return turn;
        }

        next = Holding.KeepIdleTimer(turn, next, around);
        return turn.Write(next).Emit(Sending.Enqueue(next, turn.Changes));
    }

    internal static Turn<ConversationState> Echo(ConversationState state, ReceiveEcho echo, in Surroundings around)
    {
        var turn = Turn.Accept(state);
        if (state.Recent.Contains(echo.Echo.Id) || echo.Known.Contains(echo.Echo.Id))
        {
            return turn;
        }

        // A message from the app neither needs nor opens a window (Meta, "Coexistence", fetched 2026-09-11).
        return turn.Write(Archive(turn, state, echo.Echo, Direction.Echo, MessageStatus.Sent, around.Now));
    }

    private static ConversationState Archive(
        Turn<ConversationState> turn, ConversationState state, InboundDelivery delivery, Direction direction,
        MessageStatus status, DateTimeOffset now)
    {
        var message = delivery.Message;
        turn.Change(new MessageAdded(new MessageRow(
            state.Tenant,
            delivery.Id,
            state.Id,
            direction,
            MessageWords.Of(message.Kind),
            status,
            message.Wamid,
            message.ContextWamid ?? message.TargetWamid,
            Author: direction == Direction.Echo ? "app" : "",
            message.Text,
            new MessagePayload(message.Payload, null))));
        turn.Emit(Seen.Of(state.Tenant, "message_received", state.Id, MessageWords.Of(message.Kind)));

        if (state.Recent.Count < ConversationState.RecentMax)
        {
            return state with { Recent = [.. state.Recent, delivery.Id], LastActivityAt = now };
        }

        var forgotten = state.Recent[0];
        return state with
        {
            Recent = [.. state.Recent.Skip(1), delivery.Id],
            RecentFloor = state.RecentFloor is { } floor && floor.CompareTo(forgotten) > 0 ? floor : forgotten,
            LastActivityAt = now,
        };
    }

    private static ConversationState Introduce(ConversationState state, PersonNames person)
    {
        // Meta accepts either; the phone is preferred because templates of some kinds take nothing else (131062).
        var to = person.Phone is not null ? new Recipient(person.Phone, null)
            : person.UserId is not null && state.To.Phone is null ? new Recipient(null, person.UserId)
            : state.To;
        var name = person.ProfileName ?? state.ProfileName;
        return to == state.To && name == state.ProfileName ? state : state with { To = to, ProfileName = name };
    }

    /// <summary>The contact has spoken: the window opens, and what we last wrote is answered.</summary>
    private static ConversationState Hear(
        Turn<ConversationState> turn, ConversationState state, DateTimeOffset sentAt, DateTimeOffset now)
    {
        var heard = state with
        {
            Window = state.Window.After(sentAt),
            LastInboundAt = Later(state.LastInboundAt, sentAt),
            UnansweredSince = null,
        };
        return state.UnansweredSince is { } asked ? CountReply(turn, heard, asked, now) : heard;
    }

    /// <summary>Tells the number, once a day, that this contact answers what it sends: what the warm-up lives
    /// on.</summary>
    private static ConversationState CountReply(
        Turn<ConversationState> turn, ConversationState state, DateTimeOffset asked, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (state.ReplyCountedOn == today)
        {
            return state;
        }

        var toMarketing = state.Marketing is [.., var newest] && newest.At >= asked;
        var window = state.Unsettled.Count > 0 && state.Window.ClosesAt is { } closesAt
            ? new OpenedWindow(state.Id, closesAt)
            : null;
        turn.Tell(
            OwnerKey.Of(state.Tenant, state.Id.Number),
            toMarketing || window is not null
                ? new ContactReplied { ToMarketing = toMarketing, Window = window }
                : ContactReplied.Message);
        return state with { ReplyCountedOn = today };
    }

    /// <summary>Opens or reopens, lets the rules answer, and asks for an agent where they have nothing to
    /// say.</summary>
    private static ConversationState Answer(
        Turn<ConversationState> turn, ConversationState state, InboundDelivery delivery, TeamId? numberTeam,
        in Surroundings around)
    {
        if (Consent.Asked(state, delivery.Message, around) is { } request)
        {
            return Honour(turn, state, delivery, request, around);
        }

        var next = state;
        if (next.Phase == ConversationPhase.Held || !Asks(delivery.Message.Kind)
            || delivery.Message.SentAt <= state.OptedOutAt)
        {
            return next;
        }

        if (around.Rules.Keywords.Match(delivery.Message.Text)?.Rule is { } rule)
        {
            next = Reply(turn, next, delivery, rule.Replies, "bot", around);
            return rule.HandOver is { } handOver ? Holding.AskTeam(turn, next, handOver, around.Now)
                : next.Phase == ConversationPhase.Waiting ? next
                : ToBot(next);
        }

        next = OffHours(turn, next, delivery, around);
        var team = numberTeam ?? around.Rules.Configuration.DefaultTeam;
        return next.Phase == ConversationPhase.Waiting ? next
            : team is { } ask ? Holding.AskTeam(turn, next, ask, around.Now)
            : ToBot(next);
    }

    private static ConversationState ToBot(ConversationState state) =>
        state.Phase == ConversationPhase.Bot ? state : state with { Phase = ConversationPhase.Bot };

    /// <summary>Does what the contact asks of us, and says so once: an answer to each "stop" would be a message too
    /// many.</summary>
    private static ConversationState Honour(
        Turn<ConversationState> turn, ConversationState state, InboundDelivery delivery, ConsentRequest request,
        in Surroundings around)
    {
        var isNews = request.Word == ConsentWord.Start || state.OptedOutAt is null || state.Unsettled.Count > 0;
        var next = request.Word == ConsentWord.Start
            ? Consent.Start(turn, state, delivery.Message.SentAt)
            : Consent.Stop(turn, state, delivery.Message.SentAt, around.Now);
        var text = around.Rules.ConsentReplies.To(request);
        return text.Length > 0 && isNews && !ReferenceEquals(next, state)
            ? Reply(turn, next, delivery, [text], "opt_out", around)
            : next;
    }

    private static ConversationState OffHours(
        Turn<ConversationState> turn, ConversationState state, InboundDelivery delivery, in Surroundings around)
    {
        var rules = around.Rules;
        return rules.Configuration.OffHoursReply.Length > 0
            && rules.OwesOffHoursReply(state.OffHoursRepliedAt, around.Now)
            ? Reply(turn, state, delivery, [rules.Configuration.OffHoursReply], "off_hours", around)
                with { OffHoursRepliedAt = around.Now }
            : state;
    }

    private static ConversationState Reply(
        Turn<ConversationState> turn,
        ConversationState state,
        InboundDelivery delivery,
        IReadOnlyList<string> texts,
        string author,
        in Surroundings around)
    {
        var next = state;
        for (var i = 0; i < texts.Count; i++)
        {
            var content = new TextContent(texts[i], PreviewUrl: false);
            if (Sending.Refuses(next, content, around) is { } refusal)
            {
                turn.Emit(Seen.Of(state.Tenant, "reply_not_sent", state.Id, refusal.Code));
                return next;
            }

            next = Sending.Queue(
                turn,
                next,
                new Outgoing(
                    delivery.Id.Answer(i, around.Now), content, Lane.Reply, delivery.Message.Wamid, author, null),
                around);
        }

        return next;
    }

    /// <summary>Whether a message of this kind is the contact's own and opens the window.</summary>
    private static bool Speaks(InboundKind kind) =>
        kind is not (InboundKind.System or InboundKind.Edit or InboundKind.Revoke);

    /// <summary>Whether a message of this kind wants an answer.</summary>
    private static bool Asks(InboundKind kind) => Speaks(kind) && kind is not InboundKind.Reaction;

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset at) => known > at ? known.Value : at;
}
