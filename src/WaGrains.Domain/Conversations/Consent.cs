using WaGrains.Domain.Errors;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Conversations;

/// <summary>What the contact and Meta allow us to send: opt-outs, offers switched off, contacts that Meta holds back,
/// the tenant's own cap.</summary>
internal static class Consent
{
    /// <summary>A "cancel" within so long after marketing, and nothing else since, answers it.</summary>
    private static readonly TimeSpan CancelAnswersMarketingFor = TimeSpan.FromDays(7);

    /// <summary>Marketing sends that are remembered at least: those still in the queue are withdrawn by an
    /// opt-out.</summary>
    private const int RememberedMin = 8;

    /// <summary>What this message asks of us; null where it asks for nothing of the kind.</summary>
    public static ConsentRequest? Asked(ConversationState state, InboundMessage message, in Surroundings around) =>
        around.Rules.Consent(message.Text) switch
        {
            { Word: ConsentWord.Stop } stop => stop,
            { Word: ConsentWord.Cancel } cancel when AnswersMarketing(state, message.SentAt) =>
                cancel with { Word = ConsentWord.Stop },
            { Word: ConsentWord.Start } start
                when state.OptedOutAt is not null || state.MarketingStoppedAt is not null => start,
            _ => null,
        };

    /// <summary>Whether this may not be sent for any of these reasons.</summary>
    public static Refusal? Refuses(ConversationState state, SendMessage send, in Surroundings around)
    {
        if (state.OptedOutAt is { } at && (send.Lane != Lane.Reply || !(state.LastInboundAt > at)))
        {
            return Refusals.OptedOut;
        }

        if (!Marketing.Is(send.Content))
        {
            return null;
        }

        var now = around.Now;
        var deadline = send.Deadline ?? now + Sending.DefaultDeadline;
        return state.MarketingStoppedAt is not null ? Refusals.OptedOut
            : IsCapped(state, around.Rules.Pacing.FrequencyCap, now) ? Refusals.FrequencyCapped
            : state.MarketingParkedUntil >= deadline ? Refusals.RecipientParked
            : null;
    }

    /// <summary>The state once this message is queued: marketing is remembered.</summary>
    public static ConversationState Remember(
        ConversationState state, in Outgoing outgoing, FrequencyCap? cap, DateTimeOffset now)
    {
        if (!Marketing.Is(outgoing.Content))
        {
            return state;
        }

        var keep = Math.Max(cap?.Messages ?? 0, RememberedMin) - 1;
        return state with
        {
            Marketing =
            [
                .. (state.Marketing ?? []).TakeLast(keep), new MarketingSend(outgoing.Id, state.Ordinal, now),
            ],
        };
    }

    /// <summary>The contact asked to be left alone: everything that waits is withdrawn and the number told.</summary>
    public static ConversationState Stop(
        Turn<ConversationState> turn, ConversationState state, DateTimeOffset at, DateTimeOffset now)
    {
        turn.Emit(Seen.Of(state.Tenant, "contact_opted_out", state.Id));
        if (state.OptedOutAt is null)
        {
            turn.Tell(OwnerKey.Of(state.Tenant, state.Id.Number), new ContactOptedOut(state.Id));
        }

        return Sending.CancelQueued(
            turn, state with { OptedOutAt = state.OptedOutAt > at ? state.OptedOutAt : at }, now);
    }

    /// <summary>The contact wants to be written to again, marketing too.</summary>
    public static ConversationState Start(
        Turn<ConversationState> turn, ConversationState state, DateTimeOffset at)
    {
        if (state.OptedOutAt > at || state.MarketingStoppedAt > at
            || (state.OptedOutAt is null && state.MarketingStoppedAt is null))
        {
            return state;
        }

        turn.Emit(Seen.Of(state.Tenant, "contact_opted_in", state.Id));
        return state with { OptedOutAt = null, MarketingStoppedAt = null };
    }

    /// <summary>WhatsApp's own switch: off, it says what the contact thinks of offers and nothing of the rest; who
    /// switches offers on wants to be written to.</summary>
    public static Turn<ConversationState> Prefer(
        ConversationState state, SetPreference preference, in Surroundings around)
    {
        var turn = Turn.Accept(state);
        var next = preference.Wanted ? Start(turn, state, preference.At)
            : state.MarketingStoppedAt is null ? StopMarketing(turn, state, preference.At, around.Now)
            : state;
        return ReferenceEquals(next, state) ? turn : turn.Write(next);
    }

    /// <summary>What Meta says of the recipient by refusing a message; the same state where it says nothing of
    /// it.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="state">The conversation.</param>
    /// <param name="code">Meta's error code.</param>
    /// <param name="at">When it was said.</param>
    /// <param name="now">The present.</param>
    public static ConversationState Refused(
        Turn<ConversationState> turn, ConversationState state, int code, DateTimeOffset at, DateTimeOffset now)
    {
        if (ErrorTable.Find(code) is not { Stops: ErrorReach.RecipientMarketing } policy)
        {
            return state;
        }

        if (policy.For is not { } term)
        {
            return state.MarketingStoppedAt is null ? StopMarketing(turn, state, at, now) : state;
        }

        var until = at + term;
        if (!(until > (state.MarketingParkedUntil ?? now)))
        {
            return state;
        }

        turn.Tell(OwnerKey.Of(state.Tenant, state.Id.Number), new ParkRecipient(state.Id, until));
        return state with { MarketingParkedUntil = until };
    }

    private static ConversationState StopMarketing(
        Turn<ConversationState> turn, ConversationState state, DateTimeOffset at, DateTimeOffset now)
    {
        var number = OwnerKey.Of(state.Tenant, state.Id.Number);
        foreach (var message in (state.Marketing ?? []).Select(send => send.Message).Where(state.Unsettled.Contains))
        {
            turn.Change(new SendWithdrawn(state.Tenant, state.Id.Number, message, now, state.Id));
            turn.Tell(number, new ForgetSend(message, state.Id));
        }

        turn.Tell(number, new ContactOptedOut(state.Id));
        turn.Emit(Seen.Of(state.Tenant, "contact_stopped_marketing", state.Id));
        return state with { MarketingStoppedAt = at };
    }

    private static bool AnswersMarketing(ConversationState state, DateTimeOffset at) =>
        state.Marketing is [.., var newest]
        && newest.Ordinal == state.Ordinal
        && at - newest.At <= CancelAnswersMarketingFor;

    private static bool IsCapped(ConversationState state, FrequencyCap? cap, DateTimeOffset now) =>
        cap is not null
        && (state.Marketing ?? []).Count(send => now - send.At < TimeSpan.FromDays(cap.Days)) >= cap.Messages;
}
