using WaGrains.Domain.Agents;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Conversations;

/// <summary>Who has the word: the conversation is the truth of its holder, and accepts only its current offer (MUST
/// T4).</summary>
internal static class Holding
{
    public static Turn<ConversationState> Accept(ConversationState state, AcceptOffer accept, in Surroundings around)
    {
        var turn = Turn.Accept(state);
        var agent = OwnerKey.Of(state.Tenant, accept.Agent);
        if (state.Holder == accept.Agent && accept.Offer <= state.Offer
            && !(state.Asked == accept.Agent && state.Offer == accept.Offer))
        {
            // Also under an offer that is past: the holder may not have heard yet that it is, and holds it all the
            // same. And a late word of ours may have put it back on the team's board, where it would count against
            // the agent for ever.
            turn.Tell(agent, new OfferConfirmed(state.Id, accept.Offer));
            return state.Team is { } team
                ? turn.Tell(OwnerKey.Of(state.Tenant, team), new StopAsking(state.Id, state.Offer))
                : turn;
        }

        var asked = state.Asked is { } byName ? byName == accept.Agent : state.Phase == ConversationPhase.Waiting;
        if (state.Offer != accept.Offer || !asked)
        {
            // A life that has not seen who holds it must not take it from its holder.
            turn.Tell(agent, new OfferVoided(state.Id, accept.Offer));
            return Prove(turn, state);
        }

        if (state.Holder != accept.Agent)
        {
            LetGo(turn, state);
        }

        turn.Emit(Seen.Of(state.Tenant, "conversation_assigned", state.Id, accept.Agent.ToString()));
        turn.Tell(agent, new OfferConfirmed(state.Id, accept.Offer));
        return turn.Write(state with
        {
            Phase = ConversationPhase.Held,
            Holder = accept.Agent,
            Asked = null,
            Declined = null,
            WaitingSince = null,
            LastActivityAt = around.Now,
        });
    }

    public static Turn<ConversationState> Declined(
        ConversationState state, DeclineOffer declined, in Surroundings around)
    {
        if (state.Offer < declined.Offer)
        {
            return Prove(Turn.Accept(state), state);
        }

        if (state.Offer != declined.Offer || state.Asked != declined.Agent)
        {
            return Turn.Accept(state);
        }

        var turn = Turn.Accept(state);
        turn.Emit(Seen.Of(state.Tenant, "assignment_declined", state.Id, declined.Reason));
        var next = state with { Asked = null, Declined = declined.Reason, LastActivityAt = around.Now };
        return turn.Write(state.Phase == ConversationPhase.Waiting && state.Team is { } team
            ? AskTeam(turn, next, team, around.Now)
            : next);
    }

    public static Turn<ConversationState> Assign(
        ConversationState state, AssignConversation assign, in Surroundings around)
    {
        if (state.Phase is ConversationPhase.Closed or ConversationPhase.New)
        {
            return Turn.Refuse(state, state.Phase == ConversationPhase.New ? Refusals.NotFound : Refusals.Closed)
                .Keep(state.Tenant, assign.Idempotency, around.Now);
        }

        var turn = Turn.Accept(state);
        ConversationState next;
        if (assign.Agent is { } agent)
        {
            // Whoever holds it keeps it until the other has room and takes it; a waiting one goes back to its queue if
            // the other declines.
            next = state with { Offer = state.Offer + 1, Asked = agent, Declined = null, LastActivityAt = around.Now };
            if (state.Phase == ConversationPhase.Waiting)
            {
                turn.Tell(OwnerKey.Of(state.Tenant, state.Team!.Value), new StopAsking(state.Id, next.Offer));
            }

            turn.Tell(OwnerKey.Of(state.Tenant, agent), new OfferConversation(state.Id, next.Offer, null));
        }
        else
        {
            LetGo(turn, state);
            next = AskTeam(turn, state with { Holder = null }, assign.Team!.Value, around.Now)
                with { LastActivityAt = around.Now };
        }

        return turn.Write(next).Keep(state.Tenant, assign.Idempotency, around.Now);
    }

    public static Turn<ConversationState> Close(
        ConversationState state, CloseConversation close, in Surroundings around)
    {
        var refusal = state.Phase is ConversationPhase.New ? Refusals.NotFound
            : state.Phase is ConversationPhase.Closed ? Refusals.Closed
            : close.By is { } agent && state.Holder != agent ? Refusals.NotHolder
            : null;
        if (refusal is not null)
        {
            return Turn.Refuse(state, refusal).Keep(state.Tenant, close.Idempotency, around.Now);
        }

        var turn = Turn.Accept(state);
        return turn.Write(Shut(turn, state, around)).Keep(state.Tenant, close.Idempotency, around.Now);
    }

    public static Turn<ConversationState> Reopen(
        ConversationState state, ReopenConversation reopen, in Surroundings around)
    {
        if (state.Phase != ConversationPhase.Closed)
        {
            return Turn.Refuse(state, state.Phase == ConversationPhase.New ? Refusals.NotFound : Refusals.NotClosed)
                .Keep(state.Tenant, reopen.Idempotency, around.Now);
        }

        var turn = Turn.Accept(state);
        var team = state.Team ?? around.Rules.Configuration.DefaultTeam;
        var next = team is { } ask
            ? AskTeam(turn, state, ask, around.Now)
            : state with { Phase = ConversationPhase.Bot };
        next = KeepIdleTimer(turn, next with { LastActivityAt = around.Now }, around);
        return turn.Write(next).Keep(state.Tenant, reopen.Idempotency, around.Now);
    }

    public static Turn<ConversationState> Requeue(
        ConversationState state, RequeueConversation requeue, in Surroundings around)
    {
        if (state.Phase != ConversationPhase.Held || state.Holder != requeue.From)
        {
            return Prove(Turn.Accept(state), state);
        }

        var turn = Turn.Accept(state);
        LetGo(turn, state);
        var free = state with { Holder = null, LastActivityAt = around.Now };
        var team = state.Team ?? around.Rules.Configuration.DefaultTeam;
        return turn.Write(team is { } ask
            ? AskTeam(turn, free, ask, around.Now)
            : free with { Phase = ConversationPhase.Bot });
    }

    public static Turn<ConversationState> TimerFired(ConversationState state, TimerFired fired, in Surroundings around)
    {
        if (fired.Name != Receiving.IdleTimer || state.IdleTimerAt != fired.DueAt)
        {
            return Turn.Accept(state);
        }

        // The timer is set once and moved only when it fires: what happened since then gives it its next time.
        var due = state.LastActivityAt + TimeSpan.FromHours(around.Rules.Configuration.CloseIdleHours);
        var turn = Turn.Accept(state);
        if (state.Phase is ConversationPhase.Closed or ConversationPhase.New)
        {
            return turn.Change(new TimerCleared(state.Owner, Receiving.IdleTimer))
                .Write(state with { IdleTimerAt = null });
        }

        return due > around.Now
            ? turn.Write(SetIdleTimer(turn, state, due))
            : turn.Write(Shut(turn, state, around));
    }

    /// <summary>Says again what the rows oblige others to do.</summary>
    public static Turn<ConversationState> Wake(ConversationState state, Wake wake)
    {
        var turn = Turn.Accept(state);
        if (state.Asked is { } agent)
        {
            turn.Tell(OwnerKey.Of(state.Tenant, agent), new OfferConversation(state.Id, state.Offer, null));
        }
        else if (state.Phase == ConversationPhase.Waiting)
        {
            turn.Tell(OwnerKey.Of(state.Tenant, state.Team!.Value),
                new AskForAgent(state.Id, state.Offer, state.WaitingSince!.Value));
        }
        else if (state.Parcel is { } parcel)
        {
            turn.Tell(OwnerKey.Of(state.Tenant, state.AliasOf!.Value), new AbsorbMerged(state.Id, parcel));
        }
        else if (wake.IsOverdue)
        {
            Prove(turn, state);
        }

        return turn;
    }

    /// <summary>Puts the conversation into a team's waiting queue under a new offer.</summary>
    public static ConversationState AskTeam(
        Turn<ConversationState> turn, ConversationState state, TeamId team, DateTimeOffset now)
    {
        var next = state with
        {
            Phase = ConversationPhase.Waiting,
            Team = team,
            Holder = null,
            Asked = null,
            Offer = state.Offer + 1,
            WaitingSince = state.WaitingSince ?? now,
        };
        if (state.Phase == ConversationPhase.Waiting && state.Team is { } before && before != team)
        {
            turn.Tell(OwnerKey.Of(state.Tenant, before), new StopAsking(state.Id, next.Offer));
        }

        turn.Tell(OwnerKey.Of(state.Tenant, team), new AskForAgent(state.Id, next.Offer, next.WaitingSince.Value));
        turn.Emit(Seen.Of(state.Tenant, "conversation_waiting", state.Id, team.ToString()));
        return next;
    }

    /// <summary>Sets the durable timer that closes an idle conversation, unless it stands already.</summary>
    public static ConversationState KeepIdleTimer(
        Turn<ConversationState> turn, ConversationState state, in Surroundings around) =>
        state.IdleTimerAt is not null || state.Phase is ConversationPhase.New or ConversationPhase.Closed
            ? state
            : SetIdleTimer(turn, state, around.Now + TimeSpan.FromHours(around.Rules.Configuration.CloseIdleHours));

    /// <summary>In whole milliseconds: the occurrence is compared with the one in the timers' table, which holds no
    /// ticks.</summary>
    private static ConversationState SetIdleTimer(
        Turn<ConversationState> turn, ConversationState state, DateTimeOffset at)
    {
        var due = at.AddTicks(TimeSpan.TicksPerMillisecond - 1 - ((at.UtcTicks - 1) % TimeSpan.TicksPerMillisecond));
        turn.Change(new TimerSet(state.Owner, Receiving.IdleTimer, due))
            .Emit(new WakeAt(state.Owner, Receiving.IdleTimer, due));
        return state with { IdleTimerAt = due };
    }

    /// <summary>
    /// Written as it stands where somebody knows more than it does: a life that another one has got ahead of finds out
    /// by its row's version, is read again, and decides once more.
    /// </summary>
    private static Turn<ConversationState> Prove(Turn<ConversationState> turn, ConversationState state) =>
        state.Version > 0 ? turn.Write(state) : turn;

    private static ConversationState Shut(Turn<ConversationState> turn, ConversationState state, in Surroundings around)
    {
        LetGo(turn, state);
        turn.Emit(Seen.Of(state.Tenant, "conversation_closed", state.Id));
        if (state.IdleTimerAt is not null)
        {
            turn.Change(new TimerCleared(state.Owner, Receiving.IdleTimer));
        }

        return state with
        {
            Phase = ConversationPhase.Closed,
            Holder = null,
            Asked = null,
            WaitingSince = null,
            Offer = state.Offer + 1,
            IdleTimerAt = null,
            LastActivityAt = around.Now,
        };
    }

    /// <summary>Tells whoever held it, or queues it, that it has moved on.</summary>
    private static void LetGo(Turn<ConversationState> turn, ConversationState state)
    {
        if (state.Holder is { } holder)
        {
            turn.Tell(OwnerKey.Of(state.Tenant, holder), new ConversationReleased(state.Id, state.Offer));
        }
        else if (state.Phase == ConversationPhase.Waiting && state.Team is { } team)
        {
            turn.Tell(OwnerKey.Of(state.Tenant, team), new StopAsking(state.Id, state.Offer));
        }
    }
}
