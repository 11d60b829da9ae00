using WaGrains.Domain.Agents;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Routing;

namespace WaGrains.Domain.Teams;

/// <summary>
/// Who waits, longest first, and who has room. What is offered and not answered counts as load of the agent it was
/// offered to, so a burst is spread and not thrown at one. Rebuilt from rows; hints that come twice, late or in the
/// wrong order change nothing.
/// </summary>
public sealed class Board
{
    private static readonly RoutingRequest NoWishes = new([], null);

    private readonly Dictionary<ConversationId, Entry> _entries = [];
    private readonly SortedSet<(DateTimeOffset Since, ConversationId Conversation)> _unoffered = [];
    private readonly SortedDictionary<AgentId, AgentStanding> _standings = [];
    private readonly Dictionary<AgentId, int> _outstanding = [];
    private readonly Dictionary<AgentId, long> _lastOffered = [];
    private long _offers;

    /// <summary>How many conversations wait, offered or not.</summary>
    public int Waiting => _entries.Count;

    /// <summary>A conversation waits under this offer; an older offer than the one known is stale.</summary>
    public void Ask(AskForAgent ask)
    {
        if (_entries.TryGetValue(ask.Conversation, out var known))
        {
            if (known.Offer >= ask.Offer)
            {
                return;
            }

            Remove(ask.Conversation, known);
        }

        _entries[ask.Conversation] = new Entry(ask.Offer, ask.Since, null);
        _unoffered.Add((ask.Since, ask.Conversation));
    }

    /// <summary>The conversation waits no more under this offer or an older one.</summary>
    public void Stop(ConversationId conversation, long offer)
    {
        if (_entries.TryGetValue(conversation, out var known) && known.Offer <= offer)
        {
            Remove(conversation, known);
        }
    }

    /// <summary>The agent had no room: the conversation is free to be offered to another.</summary>
    public void Declined(ConversationId conversation, long offer, AgentId agent)
    {
        if (_entries.TryGetValue(conversation, out var known) && known.Offer == offer && known.OfferedTo == agent)
        {
            Free(conversation, known);
        }
    }

    /// <summary>How a member stands, unless a newer word is known.</summary>
    public void Set(AgentStanding standing)
    {
        if (!_standings.TryGetValue(standing.Agent, out var known) || known.Sequence < standing.Sequence)
        {
            _standings[standing.Agent] = standing;
        }
    }

    /// <summary>The agent is a member no more.</summary>
    public void Forget(AgentId agent)
    {
        _standings.Remove(agent);
        foreach (var (conversation, entry) in _entries.Where(e => e.Value.OfferedTo == agent).ToList())
        {
            Free(conversation, entry);
        }
    }

    /// <summary>Offers everything unanswered again: an offer or its answer may have been lost. An agent that has it
    /// already says so again.</summary>
    public void OfferAgain()
    {
        foreach (var (conversation, entry) in _entries.Where(e => e.Value.OfferedTo is not null).ToList())
        {
            Free(conversation, entry);
        }
    }

    /// <summary>The next offer to make, now counted as made; null when nobody waits or nobody has room.</summary>
    public (AgentId Agent, ConversationId Conversation, long Offer)? Next(TeamState record)
    {
        if (_unoffered.Count == 0 || Choose(record) is not { } agent)
        {
            return null;
        }

        var first = _unoffered.Min;
        _unoffered.Remove(first);
        var entry = _entries[first.Conversation];
        _entries[first.Conversation] = entry with { OfferedTo = agent };
        _outstanding[agent] = _outstanding.GetValueOrDefault(agent) + 1;
        _lastOffered[agent] = ++_offers;
        return (agent, first.Conversation, entry.Offer);
    }

    private AgentId? Choose(TeamState record)
    {
        var candidates = new List<Candidate>(record.Members.Count);
        foreach (var agent in record.Members)
        {
            if (_standings.TryGetValue(agent, out var standing) && standing.Available)
            {
                candidates.Add(new Candidate(
                    agent,
                    standing.Load + _outstanding.GetValueOrDefault(agent),
                    standing.Capacity,
                    [],
                    _lastOffered.GetValueOrDefault(agent)));
            }
        }

        return record.Strategy.Choose(NoWishes, candidates);
    }

    private void Free(ConversationId conversation, Entry entry)
    {
        Answered(entry);
        _entries[conversation] = entry with { OfferedTo = null };
        _unoffered.Add((entry.Since, conversation));
    }

    private void Remove(ConversationId conversation, Entry entry)
    {
        Answered(entry);
        _entries.Remove(conversation);
        _unoffered.Remove((entry.Since, conversation));
    }

    private void Answered(Entry entry)
    {
        if (entry.OfferedTo is { } agent)
        {
            _outstanding[agent]--;
        }
    }

    private readonly record struct Entry(long Offer, DateTimeOffset Since, AgentId? OfferedTo);
}
