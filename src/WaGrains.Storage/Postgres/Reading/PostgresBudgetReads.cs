using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Portfolios;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Reading;

/// <summary>Portfolios and their reservations.</summary>
internal static class PostgresBudgetReads
{
    public static async Task<StoredPortfolio?> One(PostgresQuery query, TenantId tenant, PortfolioId id)
    {
        var state = await query.One(
            "SELECT state FROM portfolio WHERE tenant = $1 AND id = $2",
            PostgresActivationReads.State<PortfolioState>,
            PostgresQuery.Set(tenant),
            PostgresQuery.Set(id.Value));
        return state is null ? null : new StoredPortfolio(state, await query.All(
            """
            SELECT message, contact, number, at, expires_at FROM budget_reservation
            WHERE tenant = $1 AND portfolio = $2
            """,
            row => new BudgetReservation(
                tenant,
                id,
                new MessageId(row.Id(0)),
                new ContactId(row.ULong(1)),
                new PhoneNumberId(row.ULong(2)),
                Moment.At(row.Long(3)),
                Moment.At(row.LongOrNull(4))),
            PostgresQuery.Set(tenant),
            PostgresQuery.Set(id.Value)));
    }

    public static async Task<IReadOnlyList<PortfolioState>> All(PostgresQuery query, TenantId tenant) =>
    [
        .. (await query.All(
            "SELECT state FROM portfolio WHERE tenant = $1",
            PostgresActivationReads.State<PortfolioState>,
            PostgresQuery.Set(tenant))).OrderBy(state => state.Id),
    ];

    public static async Task<IReadOnlyList<BudgetFate>> Fates(
        PostgresQuery query, Archive archive, TenantId tenant, PortfolioId id, int most)
    {
        var held = await query.All(
            """
            SELECT message FROM budget_reservation
            WHERE tenant = $1 AND portfolio = $2 AND expires_at IS NULL ORDER BY message DESC LIMIT $3
            """,
            row => new MessageId(row.Id(0)),
            PostgresQuery.Set(tenant),
            PostgresQuery.Set(id.Value),
            PostgresQuery.Set((long)most));
        return await PostgresMessageReads.Some(
            query, archive, tenant, held, "id, status, status_at",
            $"AND status NOT IN ({BudgetColumns.OpenStatuses})",
            row => new BudgetFate(new MessageId(row.Id(0)), (MessageStatus)row.Int(1), Moment.At(row.Long(2))));
    }
}
