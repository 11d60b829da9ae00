using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>Lists for the API.</summary>
internal sealed class MemoryListReads(MemoryTables tables)
{
    public IReadOnlyList<ConversationState> Conversations(ConversationFilter filter)
    {
        var tenant = filter.Tenant;
        var top = filter.Before is { } before
            ? (tenant, Moment.Micros(before.LastActivityAt), before.Id.Value)
            : (tenant, long.MaxValue, UInt128.MaxValue);
        return
        [
            .. tables.ByActivity.Backwards((tenant, long.MinValue, 0), top)
                .Where(key => filter.Before is null || key != top)
                .Where(key => Fits(filter, key.Id))
                .Take(StoreLimits.Page(filter.Most))
                .Select(key => tables.Conversations.Find((tenant, key.Id))!)
                .Select(cell => cell.Read()),
        ];
    }

    public IReadOnlyList<StoredMessage> Messages(MessageFilter filter)
    {
        if (filter.Before is { Value: var edge } && edge == UInt128.Zero)
        {
            return [];
        }

        var tenant = filter.Tenant;
        var from = filter.Since is { } since ? MessageId.First(since).Value : UInt128.Zero;
        var to = filter.Before is { } before ? before.Value - 1 : UInt128.MaxValue;
        var ids = filter.Conversations.Count == 0
            ? tables.Messages.Backwards((tenant, from), (tenant, to)).Select(key => key.Id)
            : filter.Conversations.Distinct()
                .SelectMany(of => tables.MessagesOf.Backwards((tenant, of.Value, from), (tenant, of.Value, to)))
                .Select(key => key.Id)
                .OrderDescending();
        return
        [
            .. ids
                .Select(id => tables.Messages.Find((tenant, id))!)
                .Where(cell => filter.Direction is null || cell.Row.Direction == filter.Direction)
                .Where(cell => filter.Status is null || cell.Row.Status == filter.Status)
                .Take(StoreLimits.Page(filter.Most))
                .Select(cell => cell.Read()),
        ];
    }

    public IReadOnlyList<StoredAttempt> Attempts(TenantId tenant, MessageId id) =>
    [
        .. tables.Attempts
            .Rows((tenant, id.Value, 0), (tenant, id.Value, int.MaxValue))
            .Select(row => row.Attempt),
    ];

    public IReadOnlyList<AlertRaised> Alerts(TenantId tenant, MessageId? before, int most) =>
    [
        .. tables.Alerts
            .Backwards((tenant, 0), (tenant, before?.Value ?? UInt128.MaxValue))
            .Where(key => before is null || key.Id != before.Value.Value)
            .Take(StoreLimits.Page(most))
            .Select(key => tables.Alerts.Find(key)!),
    ];

    public IReadOnlyList<PaceChanged> PaceHistory(PaceHistoryFilter filter)
    {
        var (tenant, number) = (filter.Tenant, filter.Number.Value);
        return
        [
            .. tables.PaceChanges
                .Backwards((tenant, number, 0), (tenant, number, (filter.Before ?? long.MaxValue) - 1))
                .Select(key => tables.PaceChanges.Find(key)!)
                .Where(pace => filter.Since is null || pace.At >= Moment.Cut(filter.Since.Value))
                .Take(StoreLimits.Page(filter.Most)),
        ];
    }

    public IReadOnlyList<PhoneNumberState> Numbers(TenantId tenant) =>
    [
        .. tables.Numbers.Rows((tenant, 0), (tenant, ulong.MaxValue)).Select(cell => cell.Read<PhoneNumberState>()),
    ];

    public IReadOnlyList<TeamState> Teams(TenantId tenant) =>
    [
        .. tables.Teams.Rows((tenant, 0), (tenant, ulong.MaxValue)).Select(cell => cell.Read<TeamState>()),
    ];

    private bool Fits(ConversationFilter filter, UInt128 id)
    {
        var columns = tables.Conversations.Find((filter.Tenant, id))!.Columns;
        var phase = filter.Phase is { } wanted ? columns.Phase == wanted : columns.Phase != ConversationPhase.Alias;
        return phase
            && (filter.Holder is null || columns.Holder == filter.Holder)
            && (filter.Team is null || columns.Team == filter.Team)
            && (filter.Number is null || ConversationId.FromValue(id).Number == filter.Number);
    }
}
