using WaGrains.Domain.Agents;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>Writes owners' states under their versions.</summary>
internal sealed class MemoryStateWriter(MemoryTables tables)
{
    public Obstacle? Write(StateWritten written) => written switch
    {
        ConversationWritten { State: var state } => Write(state),
        PhoneNumberWritten { State: var state } => Write(state),
        TeamWritten { State: var state } => Put(
            tables.Teams, (state.Tenant, state.Id.Value), state.Version, Table.Team, state),
        AgentWritten { State: var state } => Put(
            tables.Agents, (state.Tenant, state.Id.Value), state.Version, Table.Agent, state),
        BulkSendWritten { State: var state } => Put(
            tables.BulkSends, (state.Tenant, state.Id.Value), state.Version, Table.BulkSend, state),
        PortfolioWritten { State: var state } => Put(
            tables.Portfolios, (state.Tenant, state.Id.Value), state.Version, Table.Portfolio, state),
        TenantWritten { State: var state } => Write(state),
        _ => throw new NotSupportedException($"No table takes {written.GetType().Name}."),
    };

    private static Obstacle? Put<TKey, TState>(
        MemoryTable<TKey, StateCell> table, TKey key, long version, string name, TState state)
        where TKey : notnull
    {
        if ((table.Find(key)?.Version ?? 0) != version - 1)
        {
            return Obstacle.Version(name);
        }

        table.Set(key, new StateCell(version, Poison.Json(name, state), ""));
        return null;
    }

    private Obstacle? Write(TenantState state)
    {
        tables.TenantRevisions.Set(state.Id, tables.TenantRevisions.All.DefaultIfEmpty().Max() + 1);
        return Put(tables.Tenants, state.Id, state.Version, Table.Tenant, state);
    }

    private Obstacle? Write(PhoneNumberState state)
    {
        var key = (state.Tenant, state.Id.Value);
        var before = tables.Numbers.Find(key);
        if ((before?.Version ?? 0) != state.Version - 1)
        {
            return Obstacle.Version(Table.PhoneNumber);
        }

        var metaId = state.Settings.PhoneNumberId;
        if (metaId.Length > 0 && tables.NumbersByMetaId.TryGet(metaId, out var taken) && taken != key)
        {
            return Obstacle.Conflict(Table.PhoneNumber);
        }

        if (before is { Unique.Length: > 0 })
        {
            tables.NumbersByMetaId.Remove(before.Unique);
        }

        if (metaId.Length > 0)
        {
            tables.NumbersByMetaId.Set(metaId, key);
        }

        tables.Numbers.Set(key, new StateCell(state.Version, Poison.Json(Table.PhoneNumber, state), metaId));
        return null;
    }

    private Obstacle? Write(ConversationState state)
    {
        var key = (state.Tenant, state.Id.Value);
        var before = tables.Conversations.Find(key);
        if ((before?.Version ?? 0) != state.Version - 1)
        {
            return Obstacle.Version(Table.Conversation);
        }

        if (before is not null)
        {
            Leave(state.Tenant, state.Id, before.Columns);
        }

        var columns = ConversationColumns.Of(state);
        Enter(state.Tenant, state.Id, columns);
        var json = Poison.Json(Table.Conversation, state);
        tables.Conversations.Set(key, new ConversationCell(state.Version, json, columns));
        return null;
    }

    private void Enter(TenantId tenant, ConversationId id, ConversationColumns columns)
    {
        tables.ByContact.Set((tenant, id.Contact.Value, id.Value), true);
        tables.ByActivity.Set((tenant, columns.LastActivityAt, id.Value), true);
        if (columns.WaitingFor is { } team)
        {
            tables.Waiting.Set((tenant, team.Value, columns.WaitingSince ?? 0, id.Value), true);
        }

        if (columns.HeldBy is { } agent)
        {
            tables.Held.Set((tenant, agent.Value, id.Value), true);
        }

        if (columns.IsRestless)
        {
            tables.Restless.Set((tenant, id.Value), true);
        }
    }

    private void Leave(TenantId tenant, ConversationId id, ConversationColumns columns)
    {
        tables.ByActivity.Remove((tenant, columns.LastActivityAt, id.Value));
        tables.Restless.Remove((tenant, id.Value));
        if (columns.WaitingFor is { } team)
        {
            tables.Waiting.Remove((tenant, team.Value, columns.WaitingSince ?? 0, id.Value));
        }

        if (columns.HeldBy is { } agent)
        {
            tables.Held.Remove((tenant, agent.Value, id.Value));
        }
    }
}
