using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Serialization;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>What owners come to life from.</summary>
internal static class SqliteActivationReads
{
    public static ConversationState? Conversation(SqliteLink link, TenantId tenant, ConversationId id) => link
        .Statement("SELECT state FROM conversation WHERE tenant = ? AND id = ?")
        .Set(tenant.Value)
        .Set(id.Value)
        .One(State<ConversationState>);

    public static StoredNumber? Number(SqliteLink link, TenantId tenant, PhoneNumberId id, DateTimeOffset attemptsSince)
    {
        var state = SqliteDirectoryReads.NumberState(link, tenant, id);
        return state is null
            ? null
            : new StoredNumber(state, Queue(link, tenant, id), Recent(link, tenant, id, attemptsSince));
    }

    public static StoredTeam? Team(SqliteLink link, TenantId tenant, TeamId id)
    {
        var state = link.Statement("SELECT state FROM team WHERE tenant = ? AND id = ?")
            .Set(tenant.Value)
            .Set(id.Value)
            .One(State<TeamState>);
        if (state is null)
        {
            return null;
        }

        var waiting = link.Statement("""
                SELECT id, offer, waiting_since FROM conversation INDEXED BY conversation_waiting
                WHERE tenant = ? AND team = ? AND phase = 2 AND asked IS NULL ORDER BY waiting_since, id
                """)
            .Set(tenant.Value)
            .Set(id.Value)
            .All(row => new WaitingConversation(
                ConversationId.FromValue(row.Id(0)), row.Long(1), Moment.At(row.Long(2))));
        var members = state.Members.Select(member => Agent(link, tenant, member)).OfType<StoredAgent>();
        return new StoredTeam(state, waiting, [.. members]);
    }

    public static StoredAgent? Agent(SqliteLink link, TenantId tenant, AgentId id)
    {
        var state = link.Statement("SELECT state FROM agent WHERE tenant = ? AND id = ?")
            .Set(tenant.Value)
            .Set(id.Value)
            .One(State<AgentState>);
        return state is null ? null : Agent(link, state);
    }

    public static IReadOnlyList<StoredAgent> Agents(SqliteLink link, TenantId tenant)
    {
        var states = link.Statement("SELECT state FROM agent WHERE tenant = ? ORDER BY id")
            .Set(tenant.Value)
            .All(State<AgentState>);
        return [.. states.Select(state => Agent(link, state))];
    }

    public static TenantState? Tenant(SqliteLink link, TenantId id) =>
        link.Statement("SELECT state FROM tenant WHERE id = ?").Set(id.Value).One(State<TenantState>);

    /// <summary>The state in a row's first column.</summary>
    public static T State<T>(SqliteStatement row) => StoredJson.Read<T>(row.Bytes(0));

    private static StoredAgent Agent(SqliteLink link, AgentState state)
    {
        var held = link
            .Statement("""
                SELECT id, offer FROM conversation INDEXED BY conversation_held
                WHERE tenant = ? AND holder = ? AND phase = 3 ORDER BY id
                """)
            .Set(state.Tenant.Value)
            .Set(state.Id.Value)
            .All(Held);
        var offers = link
            .Statement("SELECT conversation, offer FROM offer WHERE tenant = ? AND agent = ? ORDER BY conversation")
            .Set(state.Tenant.Value)
            .Set(state.Id.Value)
            .All(Held);
        return new StoredAgent(state, held, offers);
    }

    private static HeldConversation Held(SqliteStatement row) => new(ConversationId.FromValue(row.Id(0)), row.Long(1));

    private static List<QueuedSend> Queue(SqliteLink link, TenantId tenant, PhoneNumberId id) => link.Statement("""
            SELECT queue.message, queue.conversation, ordinal, lane, queued_at, deadline, window_closes_at, to_phone,
                to_user_id, queue.context_wamid, attempt, phase, attempt_at, not_before, payload, status, send
            FROM send_queue AS queue JOIN message ON message.tenant = queue.tenant AND message.id = queue.message
            WHERE queue.tenant = ? AND queue.number = ? AND is_content = 1
            ORDER BY queued_at, queue.message
            """)
        .Set(tenant.Value)
        .Set(id.Value)
        .All(row => new QueuedSend(
            QueueRowOf(row, tenant, id), StoredJson.Read<MessageContent>(row.Bytes(14)), (MessageStatus)row.Int(15)));

    private static QueueRow QueueRowOf(SqliteStatement row, TenantId tenant, PhoneNumberId number) => new(
        tenant,
        number,
        new MessageId(row.Id(0)),
        ConversationId.FromValue(row.Id(1)),
        row.Long(2),
        (Lane)row.Int(3),
        Moment.At(row.Long(4)),
        Moment.At(row.Long(5)),
        Moment.At(row.LongOrNull(6)),
        new Recipient(row.TextOrNull(7), row.TextOrNull(8)),
        row.TextOrNull(9),
        row.Int(10),
        (QueuePhase)row.Int(11),
        Moment.At(row.LongOrNull(12)),
        Moment.At(row.LongOrNull(13)))
    {
        Send = row.IsNull(16) ? null : new BulkSendId(row.ULong(16)),
    };

    private static List<RecentAttempt> Recent(
        SqliteLink link, TenantId tenant, PhoneNumberId id, DateTimeOffset since) =>
        link.Statement("""
                SELECT conversation, started_at FROM attempt WHERE tenant = ? AND number = ? AND started_at >= ?
                ORDER BY started_at, message, n
                """)
            .Set(tenant.Value)
            .Set(id.Value)
            .Set(Moment.Micros(since))
            .All(row => new RecentAttempt(ConversationId.FromValue(row.Id(0)), Moment.At(row.Long(1))));
}
