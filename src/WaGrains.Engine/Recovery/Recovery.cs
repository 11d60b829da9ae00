using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Contacts;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Timers;
using WaGrains.Engine.Turns;

namespace WaGrains.Engine.Recovery;

/// <summary>
/// Wakes whoever has rows that oblige it to act: everybody when a silo comes or goes, and as a safety net whoever has
/// rows that nobody has claimed for a while. The second is counted; no path relies on it (MUST T3).
/// </summary>
public sealed class Recovery(IReads reads, IHintCarrier hints, SiloView view, TimerWheel wheel, Staging staging)
{
    private readonly UnfinishedMerges _merges = new(reads, staging);
    private long _woken;
    private long _unclaimed;
    private HashSet<OwnerKey> _suspects = [];
    private Dictionary<OwnerKey, DateTimeOffset> _refreshed = [];

    /// <summary>Owners woken because a silo came or went.</summary>
    public long Woken => Volatile.Read(ref _woken);

    /// <summary>Owners the safety net had to wake; should stay 0.</summary>
    public long Unclaimed => Volatile.Read(ref _unclaimed);

    /// <summary>Wakes every owner of this range with something pending, takes up unfinished merges, reads timers
    /// ahead.</summary>
    /// <param name="mine">Whether an owner lies in this silo's range.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">The silo stops.</param>
    public async Task WakeAll(Func<OwnerKey, bool> mine, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var pending in await reads.Pending(now, Limits.RecoveryOwnersMax, cancel))
        {
            if (Wakes(pending.Owner) && mine(pending.Owner))
            {
                Interlocked.Increment(ref _woken);
                hints.Carry(new Tell(pending.Owner, Wake.Message));
            }
        }

        await _merges.TakeUp(mine, now, cancel);
        await ReadTimers(mine, now, cancel);
    }

    /// <summary>
    /// A silo is lost, and with it what it was about to tell: agents in memory here may hold, as far as they know, what
    /// was taken from them, and no row obliges them to look.
    /// </summary>
    /// <param name="present">Owners that live on this silo.</param>
    public void Remind(IEnumerable<OwnerKey> present)
    {
        foreach (var owner in present.Where(owner => owner.Kind == OwnerKind.Agent))
        {
            hints.Carry(new Tell(owner, Wake.Message));
        }
    }

    /// <summary>Wakes owners that two sweeps in a row found with rows older than <see cref="Limits.UnclaimedAfter"/> of
    /// which their memory knows nothing: between a commit and its hint that is so for a moment.</summary>
    public async Task Sweep(Func<OwnerKey, bool> mine, DateTimeOffset now, CancellationToken cancel)
    {
        List<PendingOwner> waiting = [];
        HashSet<OwnerKey> suspects = [];
        foreach (var pending in await reads.Pending(now - Limits.UnclaimedAfter, Limits.RecoveryOwnersMax, cancel))
        {
            if (!Wakes(pending.Owner) || !mine(pending.Owner))
            {
                continue;
            }

            if (view.Claimed(pending.Owner) < pending.Rows)
            {
                suspects.Add(pending.Owner);
                if (_suspects.Contains(pending.Owner))
                {
                    Interlocked.Increment(ref _unclaimed);
                    hints.Carry(new Tell(pending.Owner, Wake.Overdue));
                }
            }
            else if (pending.Owner.Kind == OwnerKind.Team
                || (pending.Owner.Kind is OwnerKind.PhoneNumber or OwnerKind.BulkSend
                    && !wheel.Awaits(pending.Owner, "")))
            {
                waiting.Add(pending);
            }
        }

        _suspects = suspects;
        Refresh(waiting, now);

        await _merges.TakeUp(mine, now, cancel);
    }

    /// <summary>Reads durable timers that come due within the horizon into the wheel.</summary>
    public async Task ReadTimers(Func<OwnerKey, bool> mine, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var timer in await reads.Timers(now + Limits.TimerHorizon, Limits.TimersPerRoundMax, cancel))
        {
            if (mine(timer.Owner))
            {
                wheel.Set(timer.Owner, timer.Name, timer.DueAt);
            }
        }
    }

    /// <summary>Reads again what waits at a number or a team, or what became of what a portfolio holds, and hands it
    /// over: a hint may have been lost.</summary>
    public async Task ReadQueue(OwnerKey owner, DateTimeOffset now, CancellationToken cancel)
    {
        if (owner.Kind == OwnerKind.Portfolio)
        {
            var fates = await reads.BudgetFates(owner.Tenant, owner.Portfolio, Limits.HeldBudgetMax, cancel);
            foreach (var some in fates.Chunk(Limits.FatesPerTurnMax))
            {
                hints.Carry(new Tell(owner, new TellFates(some)));
            }

            return;
        }

        if (owner.Kind == OwnerKind.Team)
        {
            foreach (var waiting in (await reads.Team(owner.Tenant, owner.Team, cancel))?.Waiting ?? [])
            {
                hints.Carry(new Tell(owner, new AskForAgent(waiting.Conversation, waiting.Offer, waiting.Since)));
            }

            return;
        }

        var stored = await reads.Number(owner.Tenant, owner.Number, now, cancel);
        hints.Carry(new Tell(owner, new AdoptRows(stored?.Queue ?? [])));
    }

    /// <summary>A directory of contacts takes no messages: its unfinished merges are taken up below.</summary>
    private static bool Wakes(OwnerKey owner) => owner.Kind != OwnerKind.Contacts;

    /// <summary>
    /// Teams whose memory knows of all their rows, and which have not been asked for a while: their members' word may
    /// have been lost. Numbers that wait for no slot: the store was away for longer than their last one was repeated.
    /// </summary>
    private void Refresh(IEnumerable<PendingOwner> claimed, DateTimeOffset now)
    {
        Dictionary<OwnerKey, DateTimeOffset> refreshed = [];
        foreach (var (owner, _) in claimed)
        {
            var last = _refreshed.GetValueOrDefault(owner, now);
            if (now - last >= Limits.RefreshEvery)
            {
                last = now;
                hints.Carry(new Tell(owner, owner.Kind == OwnerKind.PhoneNumber ? Pump.Message : Wake.Message));
            }

            refreshed[owner] = last;
        }

        _refreshed = refreshed;
    }
}
