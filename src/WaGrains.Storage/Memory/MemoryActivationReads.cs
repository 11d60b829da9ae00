using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>What owners come to life from.</summary>
internal sealed class MemoryActivationReads(MemoryTables tables)
{
    public ConversationState? Conversation(TenantId tenant, ConversationId id) =>
        tables.Conversations.Find((tenant, id.Value)) is { } cell
            ? cell.Read()
            : null;

    public StoredNumber? Number(TenantId tenant, PhoneNumberId id, DateTimeOffset attemptsSince) =>
        tables.Numbers.Find((tenant, id.Value)) is { } cell
            ? new StoredNumber(cell.Read<PhoneNumberState>(), Queue(tenant, id), Recent(tenant, id, attemptsSince))
            : null;

    public StoredTeam? Team(TenantId tenant, TeamId id)
    {
        if (tables.Teams.Find((tenant, id.Value))?.Read<TeamState>() is not { } state)
        {
            return null;
        }

        var waiting = tables.Waiting
            .Between((tenant, id.Value, long.MinValue, 0), (tenant, id.Value, long.MaxValue, UInt128.MaxValue))
            .Select(key => new WaitingConversation(
                ConversationId.FromValue(key.Id), OfferOf(tenant, key.Id), Moment.At(key.Since)));
        var members = state.Members.Select(member => Agent(tenant, member)).OfType<StoredAgent>();
        return new StoredTeam(state, [.. waiting], [.. members]);
    }

    public StoredAgent? Agent(TenantId tenant, AgentId id) =>
        tables.Agents.Find((tenant, id.Value)) is { } cell ? Agent(cell.Read<AgentState>()) : null;

    public IEnumerable<StoredAgent> Agents(TenantId tenant) =>
        tables.Agents.Rows((tenant, 0), (tenant, ulong.MaxValue)).Select(cell => Agent(cell.Read<AgentState>()));

    private StoredAgent Agent(AgentState state)
    {
        var from = (state.Tenant, state.Id.Value, UInt128.Zero);
        var to = (state.Tenant, state.Id.Value, UInt128.MaxValue);
        var held = tables.Held.Between(from, to)
            .Select(key => new HeldConversation(ConversationId.FromValue(key.Id), OfferOf(state.Tenant, key.Id)));
        var offers = tables.Offers.Rows(from, to).Select(row => new HeldConversation(row.Conversation, row.Offer));
        return new StoredAgent(state, [.. held], [.. offers]);
    }

    private long OfferOf(TenantId tenant, UInt128 conversation) =>
        tables.Conversations.Find((tenant, conversation))?.Columns.Offer ?? 0;

    private List<QueuedSend> Queue(TenantId tenant, PhoneNumberId id)
    {
        List<QueuedSend> queue = [];
        foreach (var row in tables.Queue.Rows((tenant, id.Value, 0), (tenant, id.Value, UInt128.MaxValue)))
        {
            if (tables.Messages.Find((tenant, row.Message.Value)) is { } message
                && message.ReadContent() is { } content)
            {
                queue.Add(new QueuedSend(row, content, message.Row.Status));
            }
        }

        return [.. queue.OrderBy(send => send.Row.QueuedAt).ThenBy(send => send.Row.Message)];
    }

    private List<RecentAttempt> Recent(TenantId tenant, PhoneNumberId id, DateTimeOffset since)
    {
        var from = (tenant, id.Value, Moment.Micros(since), UInt128.Zero, 0);
        var to = (tenant, id.Value, long.MaxValue, UInt128.MaxValue, int.MaxValue);
        return
        [
            .. tables.AttemptsOf.Between(from, to).Select(key => new RecentAttempt(
                tables.Attempts.Find((tenant, key.Id, key.N))!.Conversation, Moment.At(key.At))),
        ];
    }
}
