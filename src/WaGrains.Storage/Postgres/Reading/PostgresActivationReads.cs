using Npgsql;
using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Serialization;
using WaGrains.Storage.Postgres.Writing;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Reading;

/// <summary>What owners come to life from.</summary>
internal static class PostgresActivationReads
{
    public static Task<ConversationState?> Conversation(PostgresQuery query, TenantId tenant, ConversationId id) =>
        query.One(
            "SELECT state FROM conversation WHERE tenant = $1 AND id = $2",
            State<ConversationState>,
            PostgresQuery.Set(tenant),
            PostgresQuery.Set(id.Value));

    public static Task<TenantState?> Tenant(PostgresQuery query, TenantId id) =>
        query.One("SELECT state FROM tenant WHERE id = $1", State<TenantState>, PostgresQuery.Set(id));

    public static async Task<StoredTeam?> Team(PostgresQuery query, TenantId tenant, TeamId id)
    {
        var state = await query.One(
            "SELECT state FROM team WHERE tenant = $1 AND id = $2",
            State<TeamState>,
            PostgresQuery.Set(tenant),
            PostgresQuery.Set(id.Value));
        if (state is null)
        {
            return null;
        }

        var waiting = await query.All(
            """
            SELECT id, offer, waiting_since FROM conversation
            WHERE tenant = $1 AND team = $2 AND phase = 2 AND asked IS NULL ORDER BY waiting_since, id
            """,
            row => new WaitingConversation(
                ConversationId.FromValue(row.Id(0)), row.Long(1), Moment.At(row.LongOrNull(2) ?? 0)),
            PostgresQuery.Set(tenant),
            PostgresQuery.Set(id.Value));
        var members = (await Agents(query, tenant, state.Members)).ToDictionary(agent => agent.State.Id);
        return new StoredTeam(
            state, waiting, [.. state.Members.Select(member => members.GetValueOrDefault(member)).OfType<StoredAgent>()]);
    }

    public static async Task<StoredAgent?> Agent(PostgresQuery query, TenantId tenant, AgentId id) =>
        await Agents(query, tenant, [id]) is [var agent] ? agent : null;

    /// <summary>These agents, or all, by id, with what they hold.</summary>
    public static async Task<IReadOnlyList<StoredAgent>> Agents(
        PostgresQuery query, TenantId tenant, IReadOnlyList<AgentId>? ids)
    {
        NpgsqlParameter[] Which() => ids is null
            ? [PostgresQuery.Set(tenant)]
            : [PostgresQuery.Set(tenant), Columns.Longs(ids, id => id.Value)];
        var states = await query.All(
            $"SELECT state FROM agent WHERE tenant = $1 {Only("id", ids)} ORDER BY id", State<AgentState>, Which());
        var held = await query.All(
            $"""
            SELECT holder, id, offer FROM conversation WHERE tenant = $1 AND phase = 3 {Only("holder", ids)} ORDER BY id
            """,
            Held,
            Which());
        var offers = await query.All(
            $"SELECT agent, conversation, offer FROM offer WHERE tenant = $1 {Only("agent", ids)} ORDER BY conversation",
            Held,
            Which());
        var (heldBy, offeredTo) = (held.ToLookup(row => row.Agent), offers.ToLookup(row => row.Agent));
        return
        [
            .. states.Select(state => new StoredAgent(
                state,
                [.. heldBy[state.Id.Value].Select(row => row.Conversation)],
                [.. offeredTo[state.Id.Value].Select(row => row.Conversation)])),
        ];
    }

    /// <summary>The state in a row's first column.</summary>
    public static T State<T>(PostgresRow row) => StoredJson.Read<T>(row.Bytes(0));

    private static string Only(string column, IReadOnlyList<AgentId>? ids) =>
        ids is null ? "" : $"AND {column} = ANY($2)";

    private static (ulong? Agent, HeldConversation Conversation) Held(PostgresRow row) => (
        row.IsNull(0) ? null : row.ULong(0), new HeldConversation(ConversationId.FromValue(row.Id(1)), row.Long(2)));
}
