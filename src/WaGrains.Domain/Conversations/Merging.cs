using WaGrains.Domain.Agents;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Conversations;

/// <summary>
/// Two conversations turn out to be one. The younger contact's becomes an alias for ever and leaves a parcel in its own
/// row; the survivor takes the parcel over, as often as it is handed it with the same result. What was queued leaves
/// under the alias: its rows and its statuses stay where they are.
/// </summary>
internal static class Merging
{
    public static Turn<ConversationState> Into(ConversationState state, MergeInto merge, in Surroundings around)
    {
        if (state.AliasOf is not null || merge.Into == state.Id)
        {
            return Holding.Wake(state, Turns.Wake.Message);
        }

        var turn = Turn.Accept(state);
        if (state.Holder is { } holder)
        {
            turn.Tell(OwnerKey.Of(state.Tenant, holder), new ConversationReleased(state.Id, state.Offer));
        }
        else if (state.Phase == ConversationPhase.Waiting)
        {
            turn.Tell(OwnerKey.Of(state.Tenant, state.Team!.Value), new StopAsking(state.Id, state.Offer));
        }

        if (state.IdleTimerAt is not null)
        {
            turn.Change(new TimerCleared(state.Owner, Receiving.IdleTimer));
        }

        var parcel = new MergeParcel(state.Phase, state.Holder, state.Team, state.Window, state.OptedOutAt, state.To)
        {
            Aliases = state.Aliases,
            Unsettled = state.Unsettled,
            MarketingStoppedAt = state.MarketingStoppedAt,
            MarketingParkedUntil = state.MarketingParkedUntil,
            Marketing = state.Marketing,
        };
        turn.Tell(OwnerKey.Of(state.Tenant, merge.Into), new AbsorbMerged(state.Id, parcel));
        turn.Emit(Seen.Of(state.Tenant, "conversation_merged", state.Id, merge.Into.ToString()));
        return turn.Write(state with
        {
            Phase = ConversationPhase.Merging,
            AliasOf = merge.Into,
            Parcel = parcel,
            Holder = null,
            Asked = null,
            WaitingSince = null,
            IdleTimerAt = null,
            Offer = state.Offer + 1,
            LastActivityAt = around.Now,
        });
    }

    public static Turn<ConversationState> Absorb(ConversationState state, AbsorbMerged absorb, in Surroundings around)
    {
        var turn = Turn.Accept(state);
        turn.Tell(OwnerKey.Of(state.Tenant, absorb.From), new MergeAbsorbed());
        if (state.Aliases.Contains(absorb.From))
        {
            return turn;
        }

        var parcel = absorb.Parcel;
        var next = state with
        {
            Aliases = [.. state.Aliases, absorb.From, .. parcel.Aliases],
            Unsettled = [.. parcel.Unsettled.Concat(state.Unsettled).TakeLast(Sending.UnsettledMax)],
            Window = parcel.Window.ClosesAt > state.Window.ClosesAt ? parcel.Window : state.Window,
            OptedOutAt = Latest(state.OptedOutAt, parcel.OptedOutAt),
            MarketingStoppedAt = Latest(state.MarketingStoppedAt, parcel.MarketingStoppedAt),
            MarketingParkedUntil = Latest(state.MarketingParkedUntil, parcel.MarketingParkedUntil),
            Marketing = Joined(parcel.Marketing, state.Marketing),
            To = state.To == default ? parcel.To : state.To,
            LastActivityAt = around.Now,
        };
        if (next.OptedOutAt != state.OptedOutAt && !(state.LastInboundAt > next.OptedOutAt))
        {
            // The other has withdrawn its own, and what it said since, the confirmation, is meant to leave.
            Sending.CancelQueued(turn, state, around.Now);
        }

        next = Inherit(turn, next, parcel, around);
        return turn.Write(Holding.KeepIdleTimer(turn, next, around));
    }

    public static Turn<ConversationState> Absorbed(ConversationState state)
    {
        var turn = Turn.Accept(state);
        return state.Phase == ConversationPhase.Merging
            ? turn.Write(state with { Phase = ConversationPhase.Alias, Parcel = null })
            : turn;
    }

    /// <summary>The survivor's own standing wins; where nobody serves it, it takes over the alias's agent or place in
    /// the queue.</summary>
    private static ConversationState Inherit(
        Turn<ConversationState> turn, ConversationState state, MergeParcel parcel, in Surroundings around)
    {
        if (state.Phase is ConversationPhase.Held or ConversationPhase.Waiting)
        {
            return state;
        }

        var team = parcel.Team ?? state.Team ?? around.Rules.Configuration.DefaultTeam;
        if (parcel.Holder is { } agent)
        {
            // Asked by name, and only if it declines the queue: two would be asked under one offer.
            var offer = state.Offer + 1;
            turn.Tell(OwnerKey.Of(state.Tenant, agent), new OfferConversation(state.Id, offer, null));
            return state with
            {
                Phase = team is null ? ConversationPhase.Bot : ConversationPhase.Waiting,
                Team = team,
                Offer = offer,
                Asked = agent,
                WaitingSince = team is null ? null : around.Now,
            };
        }

        return parcel.Phase == ConversationPhase.Waiting && team is { } ask
            ? Holding.AskTeam(turn, state, ask, around.Now)
            : state.Phase == ConversationPhase.New ? state with { Phase = parcel.Phase, Team = parcel.Team }
            : state;
    }

    /// <summary>Ordinals are each conversation's own: those of the other are no position here.</summary>
    private static IReadOnlyList<MarketingSend>? Joined(
        IReadOnlyList<MarketingSend>? theirs, IReadOnlyList<MarketingSend>? ours) =>
        theirs is null ? ours
        : [.. theirs.Select(send => send with { Ordinal = 0 }).Concat(ours ?? []).OrderBy(send => send.At)];

    private static DateTimeOffset? Latest(DateTimeOffset? a, DateTimeOffset? b) => a > b || b is null ? a : b;
}
