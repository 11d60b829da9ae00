using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Agents;

/// <summary>An agent in memory: its stored state, and what is in its hands, rebuilt from rows.</summary>
/// <param name="Record">What is stored.</param>
/// <param name="Hands">What it holds and has accepted; changed in place.</param>
public sealed record AgentAtWork(AgentState Record, Hands Hands);

/// <summary>Every decision of an agent: never more in its hands than its capacity (MUST T4).</summary>
public static class Agent
{
    /// <summary>Decides one message.</summary>
    public static Turn<AgentAtWork> Decide(AgentAtWork work, OwnerMessage message, DateTimeOffset now)
    {
        if (work.Record.Version == 0 && message is not ConfigureAgent)
        {
            return Unknown(work, message);
        }

        return message switch
        {
            OfferConversation m => Offered(work, m, now),
            OfferConfirmed m => Confirmed(work, m),
            OfferVoided m => Voided(work, m),
            ConversationReleased m => Released(work, m),
            SetPresence m => Appear(work, m),
            TeamMembership m => Join(work, m),
            ConfigureAgent m => Configure(work, m, now),
            Wake => Remind(work),
            _ => throw new InvalidOperationException($"an agent takes no {message.GetType().Name}"),
        };
    }

    /// <summary>How the agent stands after everything so far.</summary>
    public static AgentStanding Standing(AgentAtWork work) => new(
        work.Record.Id,
        work.Record.Presence == Presence.Available,
        work.Hands.Load,
        work.Record.Capacity,
        work.Hands.NextSequence(work.Record.Version));

    private static Turn<AgentAtWork> Offered(AgentAtWork work, OfferConversation offered, DateTimeOffset now)
    {
        var (record, hands) = work;
        var turn = Turn.Accept(work);
        var conversation = OwnerKey.Of(record.Tenant, offered.Conversation);
        if (hands.Has(offered.Conversation, offered.Offer))
        {
            return turn.Tell(conversation, new AcceptOffer(offered.Offer, record.Id));
        }

        if (hands.IsPast(offered.Conversation, offered.Offer))
        {
            // Taken up, it would push the newer offer out of its hands and be void.
            return offered.From is { } late
                ? turn.Tell(OwnerKey.Of(record.Tenant, late), new StopAsking(offered.Conversation, offered.Offer))
                : turn;
        }

        var takes = offered.From is null ? record.Presence != Presence.Offline : record.Presence == Presence.Available;
        var adds = !hands.Holds(offered.Conversation);
        if (!takes || (adds && hands.Load >= record.Capacity.Value))
        {
            // Written: a second life that does not know of its room would decline again and again what its team, who
            // believes the first one, offers again and again.
            Write(turn, record);
            return offered.From is { } team
                ? turn.Tell(OwnerKey.Of(record.Tenant, team),
                    new AgentDeclined(offered.Conversation, offered.Offer, Standing(turn.Next)))
                : turn.Tell(conversation, new DeclineOffer(
                    offered.Offer, record.Id, takes ? Refusals.AtCapacity.Code : "agent_offline"));
        }

        // The row's version is the fence: of two activations that both see room only one gets its offer through.
        Write(turn, record);
        hands.Open(offered);
        turn.Change(new OfferOpened(record.Tenant, offered.Conversation, offered.Offer, record.Id, now));
        turn.Tell(conversation, new AcceptOffer(offered.Offer, record.Id));
        return Announce(turn);
    }

    private static Turn<AgentAtWork> Confirmed(AgentAtWork work, OfferConfirmed confirmed)
    {
        var turn = Turn.Accept(work);
        return work.Hands.Confirm(confirmed.Conversation, confirmed.Offer)
            ? turn.Change(new OfferClosed(work.Record.Tenant, confirmed.Conversation, confirmed.Offer, work.Record.Id))
            : turn;
    }

    private static Turn<AgentAtWork> Voided(AgentAtWork work, OfferVoided voided)
    {
        var turn = Turn.Accept(work);
        Write(turn, work.Record);
        if (work.Hands.Void(voided.Conversation, voided.Offer) is not { } offer)
        {
            work.Hands.LetGo(voided.Conversation, voided.Offer);
            return Announce(turn);
        }

        turn.Change(new OfferClosed(work.Record.Tenant, voided.Conversation, voided.Offer, work.Record.Id));
        if (offer.From is { } team)
        {
            turn.Tell(OwnerKey.Of(work.Record.Tenant, team), new StopAsking(voided.Conversation, voided.Offer));
        }

        return Announce(turn);
    }

    /// <summary>
    /// Written even where nothing was in its hands: what has left is told once, to one of two lives of an agent if
    /// there are two, and the other learns of it by the row's version, with its own next write.
    /// </summary>
    private static Turn<AgentAtWork> Released(AgentAtWork work, ConversationReleased released)
    {
        var turn = Turn.Accept(work);
        Write(turn, work.Record);
        foreach (var offer in work.Hands.Release(released.Conversation, released.Offer))
        {
            turn.Change(new OfferClosed(work.Record.Tenant, released.Conversation, offer, work.Record.Id));
        }

        return Announce(turn);
    }

    private static Turn<AgentAtWork> Appear(AgentAtWork work, SetPresence set)
    {
        var turn = Turn.Accept(work);
        var record = work.Record with { Presence = set.Presence };
        Write(turn, record);
        turn.Emit(
            Seen.Of(record.Tenant, "agent_presence", record.Id, set.Presence.ToString().ToLowerInvariant()));
        if (set.Requeue)
        {
            foreach (var conversation in work.Hands.Held)
            {
                turn.Tell(OwnerKey.Of(record.Tenant, conversation), new RequeueConversation(record.Id));
            }
        }

        return Announce(turn);
    }

    private static Turn<AgentAtWork> Join(AgentAtWork work, TeamMembership membership)
    {
        var others = work.Record.Teams.Where(team => team != membership.Team);
        IReadOnlyList<TeamId> teams = membership.Member ? [.. others.Append(membership.Team).Order()] : [.. others];
        var turn = Turn.Accept(work);
        if (!teams.SequenceEqual(work.Record.Teams))
        {
            Write(turn, work.Record with { Teams = teams });
        }

        return Announce(turn);
    }

    private static Turn<AgentAtWork> Configure(AgentAtWork work, ConfigureAgent configure, DateTimeOffset now)
    {
        var turn = Turn.Accept(work);
        Write(turn, work.Record with { Name = configure.Name, Capacity = configure.Capacity });
        return Announce(turn.Keep(work.Record.Tenant, configure.Idempotency, now));
    }

    private static Turn<AgentAtWork> Remind(AgentAtWork work)
    {
        var turn = Turn.Accept(work);
        foreach (var offer in work.Hands.Offers)
        {
            turn.Tell(
                OwnerKey.Of(work.Record.Tenant, offer.Conversation), new AcceptOffer(offer.Offer, work.Record.Id));
        }

        // Word that a conversation has left may have been lost: under an offer that is past it answers that it is void.
        foreach (var (conversation, offer) in work.Hands.HeldOffers)
        {
            turn.Tell(OwnerKey.Of(work.Record.Tenant, conversation), new AcceptOffer(offer, work.Record.Id));
        }

        // Of two live activations the one that has not seen the other's offers is refused here, and reads them.
        Write(turn, work.Record);
        return Announce(turn);
    }

    /// <summary>An agent that was never made has no room for anything.</summary>
    private static Turn<AgentAtWork> Unknown(AgentAtWork work, OwnerMessage message)
    {
        var turn = Turn.Refuse(work, Refusals.NotFound);
        return message is OfferConversation { From: null } offered
            ? turn.Tell(
                OwnerKey.Of(work.Record.Tenant, offered.Conversation),
                new DeclineOffer(offered.Offer, work.Record.Id, Refusals.NotFound.Code))
            : turn;
    }

    private static void Write(Turn<AgentAtWork> turn, AgentState next)
    {
        var written = next with { Version = next.Version + 1 };
        var change = new AgentWritten(written) { Before = turn.Next.Record };
        turn.Then(turn.Next with { Record = written }).Change(change);
    }

    private static Turn<AgentAtWork> Announce(Turn<AgentAtWork> turn)
    {
        var standing = Standing(turn.Next);
        foreach (var team in turn.Next.Record.Teams)
        {
            turn.Tell(OwnerKey.Of(turn.Next.Record.Tenant, team), new AgentChanged(standing));
        }

        return turn;
    }
}
