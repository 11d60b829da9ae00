using WaGrains.Domain.Portfolios;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>How the reservations of portfolios are written.</summary>
internal static class BudgetWording
{
    private static readonly Obstacle Moved = Obstacle.Conflict(Table.BudgetReservation);

    public static readonly Wording<BudgetReservation> Put = new(
        Step.Reservation,
        """
        INSERT INTO budget_reservation (tenant, portfolio, message, contact, number, at, expires_at)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (tenant, portfolio, message) DO UPDATE SET contact = excluded.contact, number = excluded.number,
            at = excluded.at, expires_at = excluded.expires_at
        """,
        Moved,
        (a, b) => (a.Tenant, a.Portfolio, a.Message).CompareTo((b.Tenant, b.Portfolio, b.Message)),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Portfolio.Value),
            Columns.Ids(rows, row => row.Message.Value),
            Columns.Longs(rows, row => row.Contact.Value),
            Columns.Longs(rows, row => row.Number.Value),
            Columns.Longs(rows, row => Moment.Micros(row.At)),
            Columns.LongsOrNull(rows, row => Moment.Micros(row.ExpiresAt))]);

    public static readonly Wording<BudgetReleased> Remove = new(
        Step.ReservationEnd,
        """
        DELETE FROM budget_reservation AS r USING unnest($1, $2, $3) AS i(tenant, portfolio, message)
        WHERE r.tenant = i.tenant AND r.portfolio = i.portfolio AND r.message = i.message
        """,
        Moved,
        (a, b) => (a.Tenant, a.Portfolio, a.Message).CompareTo((b.Tenant, b.Portfolio, b.Message)),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Portfolio.Value),
            Columns.Ids(rows, row => row.Message.Value)]);
}
