using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Conversations;

/// <summary>A message about to be queued.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">What to send.</param>
/// <param name="Lane">Which lane it waits in.</param>
/// <param name="ContextWamid">The message to quote, if any.</param>
/// <param name="Author">Who writes it, for the archive.</param>
/// <param name="Deadline">After this it expires unsent; null for the default.</param>
internal readonly record struct Outgoing(
    MessageId Id,
    MessageContent Content,
    Lane Lane,
    string? ContextWamid,
    string Author,
    DateTimeOffset? Deadline)
{
    /// <summary>The bulk send it belongs to, if any.</summary>
    public BulkSendId? Send { get; init; }
}

/// <summary>Whether a message may leave this conversation, and the rows that make it wait in its number's
/// queue.</summary>
public static class Sending
{
    /// <summary>How long a message waits at most where its author says nothing else.</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromDays(1);

    /// <summary>How many unsettled messages a conversation remembers; beyond it the oldest are left to the number
    /// alone.</summary>
    internal const int UnsettledMax = 64;

    internal static Turn<ConversationState> Send(ConversationState state, SendMessage send, in Surroundings around)
    {
        var known = state.To == default && send.To is { } to ? state with { To = to } : state;
        if (Refuse(known, send, around) is { } refusal)
        {
            var refused = Turn.Refuse(state, refusal);
            if (refusal.Code == Refusals.Forbidden("").Code)
            {
                refused
                    .Change(new AlertRaised(
                        state.Tenant, send.Id, around.Now, refusal.Code, state.Id.ToString(), refusal.Detail))
                    .Emit(Seen.Of(state.Tenant, "forbidden_words", state.Id, refusal.Detail));
            }

            return Settle(refused, state, send, refusal).Keep(state.Tenant, send.Idempotency, around.Now);
        }

        var turn = Turn.Answer(state, new SendReceipt(send.Id, known.Ordinal + 1, around.QueueDepth + 1));
        var author = send.Author?.ToString() ?? send.Origin?.Send.ToString() ?? "api";
        var outgoing = new Outgoing(send.Id, send.Content, send.Lane, send.ContextWamid, author, send.Deadline)
        {
            Send = send.Origin?.Send,
        };
        var next = Queue(turn, known, outgoing, around);
        next = Holding.KeepIdleTimer(turn, next with { LastActivityAt = around.Now }, around);
        return turn.Write(next)
            .Emit(Enqueue(next, Settle(turn, state, send, null).Changes))
            .Keep(state.Tenant, send.Idempotency, around.Now);
    }

    /// <summary>Why this content may not be sent here now; null if it may. The order is the one an agent would want to
    /// hear.</summary>
    internal static Refusal? Refuses(ConversationState state, MessageContent content, in Surroundings around) =>
        around.Rules.Forbids(content.VisibleText) is { } rule ? Refusals.Forbidden(rule)
        : content is not TemplateContent && !state.Window.IsOpenAt(around.Now) ? Refusals.WindowClosed
        : around.QueueDepth >= around.QueueMax ? Refusals.QueueFull(TimeSpan.FromMinutes(1))
        : null;

    /// <summary>Archives the message and queues it; the caller writes the state.</summary>
    internal static ConversationState Queue(
        Turn<ConversationState> turn, ConversationState state, in Outgoing outgoing, in Surroundings around)
    {
        var now = around.Now;
        var ordinal = state.Ordinal + 1;
        turn.Change(new MessageAdded(new MessageRow(
            state.Tenant,
            outgoing.Id,
            state.Id,
            Direction.Outbound,
            outgoing.Content.Word(),
            MessageStatus.Queued,
            null,
            outgoing.ContextWamid,
            outgoing.Author,
            outgoing.Content.VisibleText,
            new MessagePayload(default, outgoing.Content))));
        turn.Change(new QueueRowAdded(new QueueRow(
            state.Tenant,
            state.Id.Number,
            outgoing.Id,
            state.Id,
            ordinal,
            outgoing.Lane,
            now,
            outgoing.Deadline ?? now + DefaultDeadline,
            state.Window.IsOpenAt(now) ? state.Window.ClosesAt : null,
            state.To,
            outgoing.ContextWamid,
            Attempt: 0,
            QueuePhase.Queued,
            AttemptAt: null,
            NotBefore: Marketing.Is(outgoing.Content) && state.MarketingParkedUntil > now
                ? state.MarketingParkedUntil
                : null)
        {
            Send = outgoing.Send,
        }));
        turn.Emit(Seen.Of(state.Tenant, "message_queued", state.Id, outgoing.Author));
        var next = state with
        {
            Ordinal = ordinal,
            UnansweredSince = state.UnansweredSince ?? now,
            Unsettled = state.Unsettled.Count < UnsettledMax
                ? [.. state.Unsettled, outgoing.Id]
                : [.. state.Unsettled.Skip(1), outgoing.Id],
        };
        return Consent.Remember(next, outgoing, around.Rules.Pacing.FrequencyCap, now);
    }

    /// <summary>One hint for all rows this turn has queued.</summary>
    internal static IEnumerable<Effect> Enqueue(ConversationState state, IReadOnlyList<Change> changes)
    {
        List<QueuedSend>? sends = null;
        HashSet<MessageId>? withdrawn = null;
        MessageContent? content = null;
        foreach (var change in changes)
        {
            if (change is MessageAdded added)
            {
                content = added.Row.Payload.Content;
            }
            else if (change is QueueRowAdded queued)
            {
                (sends ??= []).Add(new QueuedSend(queued.Row, content!));
            }
            else if (change is SendWithdrawn gone)
            {
                (withdrawn ??= []).Add(gone.Message);
            }
        }

        if (withdrawn is not null)
        {
            sends?.RemoveAll(send => withdrawn.Contains(send.Row.Message));
        }

        if (sends is not { Count: > 0 })
        {
            return [];
        }

        IReadOnlyList<MessageId> earlier = state.Unsettled.Count <= sends.Count
            ? []
            :
            [
                .. state.Unsettled.SkipLast(sends.Count)
                    .Where(message => withdrawn is null || !withdrawn.Contains(message)),
            ];
        return [new Tell(OwnerKey.Of(state.Tenant, state.Id.Number), new EnqueueSends(sends, earlier))];
    }

    /// <summary>
    /// Withdraws everything that has not begun to leave: the contact wants no more (facts: opt-out is honoured at
    /// once). What has begun stays unsettled until the number says otherwise, or its statuses would not reach the
    /// number.
    /// </summary>
    internal static ConversationState CancelQueued(
        Turn<ConversationState> turn, ConversationState state, DateTimeOffset now)
    {
        foreach (var message in state.Unsettled)
        {
            turn.Change(new SendWithdrawn(state.Tenant, state.Id.Number, message, now, state.Id));
            turn.Tell(OwnerKey.Of(state.Tenant, state.Id.Number), new ForgetSend(message, state.Id));
        }

        return state;
    }

    /// <summary>A recipient of a bulk send has had its turn; one that found the queue full gets another.</summary>
    private static Turn<ConversationState> Settle(
        Turn<ConversationState> turn, ConversationState state, SendMessage send, Refusal? refusal) =>
        send.Origin is { } origin && refusal is not { RetryAfter: not null }
            ? turn.Change(new BulkRecipientSettled(
                state.Tenant, origin, refusal is null ? send.Id : null, refusal?.Code))
            : turn;

    private static Refusal? Refuse(ConversationState state, SendMessage send, in Surroundings around) =>
        send.Author is { } author && state.Holder != author ? Refusals.NotHolder
        : state.To == default ? Refusals.NotFound
        : Consent.Refuses(state, send, around) ?? Refuses(state, send.Content, around);
}
