using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Host.Silo;

namespace WaGrains.Host.Restoring;

/// <summary>
/// Marks a store that was restored from a backup. Such a store has forgotten what was sent since, and its silos would
/// send it again; so before the first of them starts, every number is stopped until somebody resumes it, and every
/// message that waits counts as begun: it is in doubt, a status of Meta's settles it, and it is not sent again unless
/// its tenant wants that (MUST W1).
/// </summary>
/// <remarks>Harmless to repeat, and to break off: whoever runs it again goes on. A silo that runs meanwhile loses the
/// turns it decided before.</remarks>
/// <param name="opened">The store, with the right to write to it.</param>
/// <param name="clock">When what waited counts as begun.</param>
internal sealed class Restoration(OpenedStore opened, TimeProvider clock)
{
    /// <summary>Why the numbers stand still, in their pace and their alerts.</summary>
    public const string Reason = "restored";

    /// <summary>How often a number is read again that a running silo has written meanwhile.</summary>
    private const int TriesMax = 20;

    /// <summary>A portfolio that was stopped so lately was stopped by this restore.</summary>
    private static readonly TimeSpan RestoredAgainWithin = TimeSpan.FromHours(1);

    /// <summary>Rows in one commit: well within what a store takes at once.</summary>
    private const int RowsMax = 2_000;

    private Fence _fence = opened.Fence;

    /// <summary>Marks all of it: first stops the numbers and portfolios, then doubts what waits.</summary>
    /// <exception cref="StoreUnavailableException">The store is away, or silos on it keep writing.</exception>
    /// <exception cref="StoreInUseException">Another process has taken the right to write.</exception>
    public async Task<RestorationReport> Mark(CancellationToken cancel)
    {
        List<PhoneNumberState> numbers = [];
        List<PortfolioState> portfolios = [];
        foreach (var tenant in await opened.Store.Reads.Tenants(cancel))
        {
            numbers.AddRange(await opened.Store.Reads.Numbers(tenant.Id, cancel));
            portfolios.AddRange(await opened.Store.Reads.Portfolios(tenant.Id, cancel));
        }

        foreach (var number in numbers)
        {
            await Repeat(number.Owner, token => HoldTurn(number, token), cancel);
        }

        foreach (var portfolio in portfolios)
        {
            await Repeat(portfolio.Owner, token => StopTurn(portfolio, token), cancel);
        }

        var doubted = 0;
        foreach (var number in numbers)
        {
            while (await Repeat(number.Owner, token => DoubtTurn(number, token), cancel) is var rows and > 0)
            {
                doubted += rows;
            }
        }

        return new RestorationReport(numbers.Count, doubted);
    }

    /// <summary>The rows that stop a number; one that is stopped already keeps its reason.</summary>
    private async Task<List<Change>> HoldTurn(PhoneNumberState number, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var stored = await opened.Store.Reads.Number(number.Tenant, number.Id, now, cancel);
        if (stored is not { State: { Stopped: null } state })
        {
            return [];
        }

        var held = state with { Stopped = Reason, Version = state.Version + 1 };
        return
        [
            new PhoneNumberWritten(held),
            new AlertRaised(
                held.Tenant,
                MessageId.New(now, ((UInt128)held.Id.Value << 16) | (ushort)held.Version),
                now,
                "number_stopped",
                held.Id.ToString(),
                "The store was restored from a backup: look at what is in doubt, then resume the number."),
        ];
    }

    /// <summary>The rows that begin attempts at what waits, without a call.</summary>
    private async Task<List<Change>> DoubtTurn(PhoneNumberState number, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var stored = await opened.Store.Reads.Number(number.Tenant, number.Id, now, cancel);
        var waiting = stored?.Queue.Select(send => send.Row).Where(row => row.Phase == QueuePhase.Queued) ?? [];
        return
        [
            .. waiting.Take(RowsMax).Select(row =>
                new AttemptStarted(row.Tenant, row.Number, row.Message, row.Attempt + 1, now)),
        ];
    }

    /// <summary>Whom a portfolio has written to since the backup is not known: nobody new is, until all of them have
    /// ceased to count.</summary>
    private async Task<List<Change>> StopTurn(PortfolioState portfolio, CancellationToken cancel)
    {
        var until = clock.GetUtcNow() + TimeSpan.FromHours(24);
        var stored = await opened.Store.Reads.Portfolio(portfolio.Tenant, portfolio.Id, cancel);
        return stored is not { State: var state } || state.Limit.IsOpen || state.IsStopped(until - RestoredAgainWithin)
            ? []
            : [new PortfolioWritten(state with { StoppedUntil = until, Version = state.Version + 1 })];
    }

    /// <summary>Commits what an owner's turn says, again from what is stored where a silo came in between.</summary>
    /// <returns>How many rows that was.</returns>
    private async Task<int> Repeat(
        OwnerKey owner, Func<CancellationToken, Task<List<Change>>> turn, CancellationToken cancel)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var changes = await turn(cancel);
            if (changes.Count == 0 || await Commit(new TurnRows(owner, changes), cancel))
            {
                return changes.Count;
            }
        }

        throw new StoreUnavailableException("Silos on this store keep writing: stop them first.");
    }

    private async Task<bool> Commit(TurnRows turn, CancellationToken cancel)
    {
        var next = _fence with { Batch = _fence.Batch + 1 };
        var result = await opened.Store.Commit(new CommitBatch(next, [turn]), cancel);
        _fence = result.Verdict switch
        {
            CommitVerdict.Durable => next,
            CommitVerdict.FenceLost => throw new StoreInUseException("Another process has taken the right to write."),
            CommitVerdict.Unavailable => throw new StoreUnavailableException("The store refuses commits."),
        };
        return result.Refused.Count == 0;
    }
}

/// <summary>What a restored store was found to hold.</summary>
/// <param name="Numbers">Numbers, all of them stopped now.</param>
/// <param name="Doubted">Messages that waited and are in doubt now.</param>
internal sealed record RestorationReport(int Numbers, int Doubted);
