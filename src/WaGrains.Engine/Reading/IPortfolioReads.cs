using WaGrains.Domain.Ids;
using WaGrains.Domain.Portfolios;

namespace WaGrains.Engine.Reading;

/// <summary>Reads of portfolios and of what became of the messages they hold budget for.</summary>
public interface IPortfolioReads
{
    /// <summary>The portfolios of a tenant, by id.</summary>
    ValueTask<IReadOnlyList<PortfolioState>> Portfolios(TenantId tenant, CancellationToken cancel);

    /// <summary>Messages whose budget is held and of which it is known how they ended, or that they arrived.</summary>
    /// <param name="most">The newest so many that are held are looked at.</param>
    ValueTask<IReadOnlyList<BudgetFate>> BudgetFates(
        TenantId tenant, PortfolioId id, int most, CancellationToken cancel);
}

/// <summary>A portfolio as stored.</summary>
public sealed record StoredPortfolio(PortfolioState State, IReadOnlyList<BudgetReservation> Reservations);
