using WaGrains.Engine.Commits;
using WaGrains.Engine.Turns;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Silos;

/// <summary>Where a silo may die while it commits.</summary>
internal enum DeathPoint
{
    BeforeTake,
    BeforeCommit,
    BeforeSettle,
    AfterSettle,
}

/// <summary>The product's commit loop, taken apart into events, so that anything may happen between its
/// steps.</summary>
internal sealed class SimCommitter(SimWorld world, SimLife life, Fence opened)
{
    private Fence _fence = opened;
    private bool _busy;
    private DeathPoint? _death;

    /// <summary>The silo dies when it next comes to this point.</summary>
    public void DieAt(DeathPoint point) => _death = point;

    public void Wake()
    {
        if (!_busy)
        {
            _busy = true;
            life.After(life.Silo.Dice.Seconds(0, 0.002), Take);
        }
    }

    private void Take()
    {
        if (Dies(DeathPoint.BeforeTake))
        {
            return;
        }

        var taken = life.Staging.Take();
        if (taken.Count == 0)
        {
            GoOn();
            return;
        }

        var startedAt = life.Clock.GetTimestamp();
        var (rows, positions) = Staging.Rows(taken);
        if (world.Plan.Sabotage is Sabotage.ReleaseBeforeCommit or Sabotage.CallBeforeCommit)
        {
            Spill(taken, startedAt);
        }

        if (rows.Count == 0)
        {
            Settle(taken, positions, CommitResult.Durable, startedAt);
            return;
        }

        life.After(
            life.Silo.Dice.Seconds(0, world.Plan.CommitSeconds), () => Commit(taken, rows, positions, startedAt));
    }

    private void Commit(
        IReadOnlyList<StagedTurn> taken, IReadOnlyList<TurnRows> rows, IReadOnlyList<int> positions, long startedAt)
    {
        if (Dies(DeathPoint.BeforeCommit))
        {
            return;
        }

        var next = _fence with { Batch = _fence.Batch + 1 };
        var result = world.Store.Commit(new CommitBatch(next, rows));
        _fence = result.Verdict == CommitVerdict.Durable ? next : _fence;
        life.After(life.Silo.Dice.Seconds(0, 0.002), () => Settle(taken, positions, result, startedAt));
    }

    private void Settle(
        IReadOnlyList<StagedTurn> taken, IReadOnlyList<int> positions, CommitResult result, long startedAt)
    {
        if (Dies(DeathPoint.BeforeSettle))
        {
            return;
        }

        life.Staging.Settle(taken, positions, result, startedAt);
        if (result.Verdict == CommitVerdict.FenceLost)
        {
            life.Staging.Close();
            life.Die("fence lost");
            return;
        }

        if (!Dies(DeathPoint.AfterSettle))
        {
            GoOn();
        }
    }

    /// <summary>Callers whose turns were void stage their next ones in place, while the loop is still busy: nobody else
    /// would wake it for them.</summary>
    private void GoOn()
    {
        _busy = false;
        if (life.Staging.Waiting > 0)
        {
            Wake();
        }
    }

    private void Spill(IReadOnlyList<StagedTurn> taken, long startedAt)
    {
        foreach (var turn in taken)
        {
            foreach (var effect in turn.Effects)
            {
                if (world.Plan.Sabotage == Sabotage.ReleaseBeforeCommit || effect is Domain.Turns.SendToGraph)
                {
                    life.Release(turn.Owner, effect, startedAt);
                }
            }
        }
    }

    private bool Dies(DeathPoint here)
    {
        if (_death == here)
        {
            life.Die($"{here}");
        }

        return !life.IsAlive;
    }
}
