using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Portfolios;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Portfolios and their reservations.</summary>
internal static class SqliteBudget
{
    public static Obstacle? Put(SqliteLink link, BudgetReservation row)
    {
        link.Statement("""
                INSERT INTO budget_reservation (tenant, portfolio, message, contact, number, at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
                SET contact = excluded.contact, number = excluded.number, at = excluded.at,
                    expires_at = excluded.expires_at
                """)
            .Set(row.Tenant.Value)
            .Set(row.Portfolio.Value)
            .Set(row.Message.Value)
            .Set(row.Contact.Value)
            .Set(row.Number.Value)
            .Set(Moment.Micros(row.At))
            .Set(Moment.Micros(row.ExpiresAt))
            .Run();
        return null;
    }

    public static Obstacle? Remove(SqliteLink link, BudgetReleased released)
    {
        link.Statement("DELETE FROM budget_reservation WHERE tenant = ? AND portfolio = ? AND message = ?")
            .Set(released.Tenant.Value)
            .Set(released.Portfolio.Value)
            .Set(released.Message.Value)
            .Run();
        return null;
    }

    public static StoredPortfolio? One(SqliteLink link, TenantId tenant, PortfolioId id)
    {
        var state = link.Statement("SELECT state FROM portfolio WHERE tenant = ? AND id = ?")
            .Set(tenant.Value)
            .Set(id.Value)
            .One(SqliteActivationReads.State<PortfolioState>);
        return state is null ? null : new StoredPortfolio(state, link
            .Statement("""
                SELECT message, contact, number, at, expires_at FROM budget_reservation
                WHERE tenant = ? AND portfolio = ?
                """)
            .Set(tenant.Value)
            .Set(id.Value)
            .All(row => new BudgetReservation(
                tenant,
                id,
                new MessageId(row.Id(0)),
                new ContactId(row.ULong(1)),
                new PhoneNumberId(row.ULong(2)),
                Moment.At(row.Long(3)),
                Moment.At(row.LongOrNull(4)))));
    }

    public static IReadOnlyList<PortfolioState> All(SqliteLink link, TenantId tenant) => link
        .Statement("SELECT state FROM portfolio WHERE tenant = ?")
        .Set(tenant.Value)
        .All(SqliteActivationReads.State<PortfolioState>)
        .OrderBy(state => state.Id)
        .ToList();

    public static IReadOnlyList<BudgetFate> Fates(SqliteLink link, TenantId tenant, PortfolioId id, int most) => link
        .Statement($"""
            SELECT message.id, message.status, message.status_at FROM (
                SELECT message AS held FROM budget_reservation
                WHERE tenant = ?1 AND portfolio = ?2 AND expires_at IS NULL ORDER BY message DESC LIMIT ?3)
            JOIN message ON message.tenant = ?1 AND message.id = held
            WHERE message.status NOT IN ({BudgetColumns.OpenStatuses})
            """)
        .Set(tenant.Value)
        .Set(id.Value)
        .Set((long)most)
        .All(row => new BudgetFate(
            new MessageId(row.Id(0)), (MessageStatus)row.Int(1), Moment.At(row.Long(2))));
}
