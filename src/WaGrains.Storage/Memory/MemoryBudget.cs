using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Portfolios;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>Writes and reads the reservations of portfolios.</summary>
internal sealed class MemoryBudget(MemoryTables tables)
{
    public Obstacle? Put(BudgetReserved reserved)
    {
        var row = reserved.Row;
        tables.Budget.Set(
            (row.Tenant, row.Portfolio.Value, row.Message.Value),
            row with { At = Moment.Cut(row.At), ExpiresAt = Moment.Cut(row.ExpiresAt) });
        return null;
    }

    public Obstacle? Remove(BudgetReleased released)
    {
        var key = (released.Tenant, released.Portfolio.Value, released.Message.Value);
        if (tables.Budget.Has(key))
        {
            tables.Budget.Remove(key);
        }

        return null;
    }

    public StoredPortfolio? One(TenantId tenant, PortfolioId id) =>
        tables.Portfolios.Find((tenant, id.Value))?.Read<PortfolioState>() is { } state
            ? new StoredPortfolio(state, [.. Rows(tenant, id)])
            : null;

    public IReadOnlyList<PortfolioState> All(TenantId tenant) =>
    [
        .. tables.Portfolios.Rows((tenant, 0), (tenant, ulong.MaxValue)).Select(cell => cell.Read<PortfolioState>()),
    ];

    public IReadOnlyList<BudgetFate> Fates(TenantId tenant, PortfolioId id, int most) =>
    [
        .. Rows(tenant, id)
            .Where(row => row.ExpiresAt is null)
            .OrderByDescending(row => row.Message)
            .Take(most)
            .Select(row => tables.Messages.Find((tenant, row.Message.Value)))
            .OfType<MessageCell>()
            .Where(cell => BudgetColumns.IsSettled(cell.Row.Status))
            .Select(cell => new BudgetFate(cell.Row.Id, cell.Row.Status, Moment.At(cell.StatusAt))),
    ];

    private IEnumerable<BudgetReservation> Rows(TenantId tenant, PortfolioId id) =>
        tables.Budget.Rows((tenant, id.Value, 0), (tenant, id.Value, UInt128.MaxValue));
}
