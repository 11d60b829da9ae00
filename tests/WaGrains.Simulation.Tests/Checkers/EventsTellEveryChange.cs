using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>
/// What was committed of messages and of who holds a conversation stands in the feed, each once, in the order of each
/// conversation. What ought to be told is found here anew, from the states as they were stored.
/// </summary>
internal sealed class EventsTellEveryChange(SimWorld world) : Checker(world)
{
    private const int PageSize = 50;

    private readonly SortedDictionary<OwnerKey, List<string>> _due =
        new(Comparer<OwnerKey>.Create((a, b) => (a.Tenant, a.Id).CompareTo((b.Tenant, b.Id))));

    private readonly Dictionary<OwnerKey, AgentId?> _holders = [];

    public override void Committed(IReadOnlyList<TurnRows> turns)
    {
        foreach (var change in turns.SelectMany(turn => turn.Changes))
        {
            switch (change)
            {
                case MessageAdded { Row: var row }:
                    Due(row.Tenant, row.Conversation, $"{Word(row.Direction)} {row.Id}");
                    break;
                case StatusRaised { Conversation: { } of } raised:
                    Due(raised.Tenant, of, $"message_{MessageWords.Of(raised.Status)} {raised.Message}");
                    break;
                case SendWithdrawn { Conversation: { } of } withdrawn:
                    Due(withdrawn.Tenant, of, $"message_withdrawn {withdrawn.Message}");
                    break;
                case ConversationWritten { State: var state }:
                    Hold(state);
                    break;
            }
        }
    }

    public override void Drained(MemorySnapshot rows)
    {
        Dictionary<OwnerKey, List<string>> told = [];
        foreach (var tenant in _due.Keys.Select(owner => owner.Tenant).Distinct())
        {
            foreach (var one in Told(tenant))
            {
                if (one.Event.Conversation is { } conversation && Shown(one) is { } words)
                {
                    Add(told, OwnerKey.Of(tenant, conversation), words);
                }
            }
        }

        foreach (var (owner, due) in _due)
        {
            var got = told.GetValueOrDefault(owner, []);
            Expect(
                due.SequenceEqual(got), $"{owner}", $"{string.Join(", ", due)}", $"{string.Join(", ", got)}");
        }

        Expect(told.Keys.All(_due.ContainsKey), $"the feed", $"conversations that are known", $"others");
    }

    private static string? Shown(StoredEvent told) => told.Event switch
    {
        { Message: { } message } each => $"{each.Kind} {message}",
        { Kind: "conversation_assigned" or "conversation_released", Agent: { } agent } each => $"{each.Kind} {agent}",
        _ => null,
    };

    private static string Word(Direction direction) => direction switch
    {
        Direction.Inbound => "message_received",
        Direction.Outbound => "message_queued",
        Direction.Echo => "message_echoed",
    };

    private static void Add(IDictionary<OwnerKey, List<string>> to, OwnerKey owner, string words)
    {
        if (!to.TryGetValue(owner, out var all))
        {
            to.Add(owner, all = []);
        }

        all.Add(words);
    }

    private void Hold(ConversationState state)
    {
        var before = _holders.GetValueOrDefault(state.Owner);
        _holders[state.Owner] = state.Holder;
        if (before is { } held && held != state.Holder)
        {
            Due(state.Tenant, state.Id, $"conversation_released {held}");
        }

        if (state.Holder is { } holder && holder != before)
        {
            Due(state.Tenant, state.Id, $"conversation_assigned {holder}");
        }
    }

    private void Due(TenantId tenant, ConversationId conversation, string words) =>
        Add(_due, OwnerKey.Of(tenant, conversation), words);

    private IEnumerable<StoredEvent> Told(TenantId tenant)
    {
        FeedPosition? after = null;
        for (var more = true; more;)
        {
            var page = World.Store.Reads.Feed(tenant, after, PageSize, CancellationToken.None).Now();
            Expect(page is not null, $"{tenant} {after}", $"a page", $"none");
            foreach (var told in page?.Events ?? [])
            {
                yield return told;
            }

            (after, more) = (page?.Next, page is { HasMore: true });
        }
    }
}
