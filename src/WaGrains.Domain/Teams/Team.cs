using WaGrains.Domain.Agents;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Teams;

/// <summary>A team in memory: its stored settings, and the board rebuilt from rows.</summary>
/// <param name="Record">What is stored.</param>
/// <param name="Board">Who waits and who has room; changed in place.</param>
public sealed record TeamAtWork(TeamState Record, Board Board);

/// <summary>Every decision of a team: who gets the next conversation. Its queue drains the moment somebody has
/// room.</summary>
public static class Team
{
    /// <summary>Decides one message.</summary>
    public static Turn<TeamAtWork> Decide(TeamAtWork work, OwnerMessage message, DateTimeOffset now)
    {
        var (record, board) = work;
        switch (message)
        {
            case AskForAgent ask:
                board.Ask(ask);
                return Drain(Turn.Accept(work));
            case StopAsking stop:
                board.Stop(stop.Conversation, stop.Offer);
                return Drain(Turn.Accept(work));
            case AgentDeclined declined:
                board.Declined(declined.Conversation, declined.Offer, declined.Standing.Agent);
                board.Set(declined.Standing);
                return Drain(Turn.Accept(work));
            case AgentChanged changed:
                board.Set(changed.Standing);
                return Drain(Turn.Accept(work));
            case ConfigureTeam configure:
                return Configure(work, configure, now);
            case Wake:
                board.OfferAgain();
                return Drain(AskAround(work));
            default:
                throw new InvalidOperationException($"a team takes no {message.GetType().Name} ({record.Id})");
        }
    }

    private static Turn<TeamAtWork> Configure(TeamAtWork work, ConfigureTeam configure, DateTimeOffset now)
    {
        var before = work.Record;
        IReadOnlyList<AgentId> members = [.. configure.Members.Distinct().Order()];
        var written = before with
        {
            Name = configure.Name,
            Strategy = configure.Strategy,
            Members = members,
            Version = before.Version + 1,
        };
        var turn = Turn.Accept(work).Then(work with { Record = written }).Change(new TeamWritten(written));
        // Told to all each time: a member that has not heard would never say that it has room.
        foreach (var agent in members)
        {
            turn.Tell(OwnerKey.Of(before.Tenant, agent), new TeamMembership(before.Id, Member: true));
        }

        foreach (var agent in before.Members.Except(members))
        {
            work.Board.Forget(agent);
            turn.Tell(OwnerKey.Of(before.Tenant, agent), new TeamMembership(before.Id, Member: false));
        }

        return Drain(Conversations.Conversation.Keep(turn, before.Tenant, configure.Idempotency, now));
    }

    /// <summary>Whoever waits while nobody seems to have room: perhaps a member's word was lost, so each says again how
    /// it stands.</summary>
    private static Turn<TeamAtWork> AskAround(TeamAtWork work)
    {
        var turn = Turn.Accept(work).Emit(new PhoneNumbers.ReadQueueAgain(work.Record.Owner));
        foreach (var agent in work.Record.Members)
        {
            turn.Tell(OwnerKey.Of(work.Record.Tenant, agent), Turns.Wake.Message);
        }

        return turn;
    }

    private static Turn<TeamAtWork> Drain(Turn<TeamAtWork> turn)
    {
        var (record, board) = turn.Next;
        while (board.Next(record) is { } offer)
        {
            turn.Tell(
                OwnerKey.Of(record.Tenant, offer.Agent),
                new OfferConversation(offer.Conversation, offer.Offer, record.Id));
        }

        return turn.Emit(new RowsClaimed(record.Owner, board.Waiting));
    }
}
