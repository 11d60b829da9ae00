using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Effects;

namespace WaGrains.Engine.Turns;

/// <summary>One turn on its way into a commit.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Activation">The memory it was decided in; null for rows written at the rim, which have none.</param>
/// <param name="Changes">Its rows; may be empty, then it only waits for the turns before it.</param>
/// <param name="Effects">What leaves once it is durable.</param>
/// <param name="Reply">What its caller is told then.</param>
/// <param name="Caller">Told exactly once what became of it.</param>
public sealed record StagedTurn(
    OwnerKey Owner,
    Activation? Activation,
    IReadOnlyList<Change> Changes,
    IReadOnlyList<Effect> Effects,
    Reply Reply,
    ITurnCaller Caller);

/// <summary>
/// What a silo puts into its next commit. Turns are staged from many activations at once; one committer takes them in
/// order, and settles them in order: released if durable, void together with every later turn of their activation if
/// not (MUST T2).
/// </summary>
/// <param name="effects">Where effects go after the commit.</param>
/// <param name="clock">For measuring only.</param>
public sealed class Staging(IEffectSink effects, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Queue<StagedTurn> _queue = new();
    private Action _wakeCommitter = static () => { };
    private volatile bool _closed;

    /// <summary>Turns staged and not yet taken.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>
    /// How waiting callers go on. By default on a thread of their own, never on the committer's; a simulation runs them
    /// in place.
    /// </summary>
    public TaskCreationOptions Continuations { get; init; } = TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>Called, from any thread, whenever something is staged.</summary>
    public void WhenStaged(Action wakeCommitter) => _wakeCommitter = wakeCommitter;

    /// <summary>Whether another turn of this activation may be decided.</summary>
    public bool HasRoomFor(Activation activation) =>
        !_closed && Waiting < Limits.StagedTurnsMax && activation.ChangeOutstanding(0) < Limits.StagedPerOwnerMax;

    /// <summary>Stages rows that belong to no activation: identities, raw webhooks, dead letters. Refused while there
    /// is no room.</summary>
    public void StageRows(
        OwnerKey owner, IReadOnlyList<Change> changes, IReadOnlyList<Effect> after, Action<TurnOutcome> settled) =>
        StageRows(owner, changes, after, new TurnCallback(settled));

    /// <summary>Stages rows as above and waits for their commit.</summary>
    public Task<TurnOutcome> StageRows(OwnerKey owner, IReadOnlyList<Change> changes, IReadOnlyList<Effect> after)
    {
        var settled = new AwaitedTurn(Continuations);
        StageRows(owner, changes, after, settled);
        return settled.Task;
    }

    /// <summary>Stages a turn. One without rows, whose activation has nothing outstanding, is released at
    /// once.</summary>
    public void Stage(StagedTurn turn)
    {
        var outstanding = turn.Activation?.ChangeOutstanding(+1) ?? 1;
        if (turn.Changes.Count == 0 && outstanding == 1)
        {
            Release(turn, clock.GetTimestamp());
            return;
        }

        bool late;
        lock (_lock)
        {
            late = _closed;
            if (!late)
            {
                _queue.Enqueue(turn);
            }
        }

        if (late)
        {
            // Decided while the fence was lost: nobody will take it any more.
            turn.Activation?.Drop();
            Settled(turn, TurnOutcome.Void(null));
            return;
        }

        _wakeCommitter();
    }

    /// <summary>Takes what is staged, oldest first, for one commit; empty if nothing is. The caller must
    /// <see cref="Settle"/> it before taking more.</summary>
    public IReadOnlyList<StagedTurn> Take()
    {
        var taken = new List<StagedTurn>(Math.Min(Waiting, Limits.BatchTurnsMax));
        lock (_lock)
        {
            while (taken.Count < Limits.BatchTurnsMax && _queue.TryDequeue(out var turn))
            {
                taken.Add(turn);
            }
        }

        for (var i = taken.Count - 1; i >= 0; i--)
        {
            if (taken[i].Activation is { IsDropped: true })
            {
                var late = taken[i];
                taken.RemoveAt(i);
                Settled(late, TurnOutcome.Void(null));
            }
        }

        return taken;
    }

    /// <summary>The rows of taken turns as a batch, and where in it each turn stands (-1: it has no rows).</summary>
    public static (IReadOnlyList<TurnRows> Rows, IReadOnlyList<int> Positions) Rows(IReadOnlyList<StagedTurn> taken)
    {
        var rows = new List<TurnRows>(taken.Count);
        var positions = new int[taken.Count];
        for (var i = 0; i < taken.Count; i++)
        {
            positions[i] = taken[i].Changes.Count == 0 ? -1 : rows.Count;
            if (positions[i] >= 0)
            {
                rows.Add(new TurnRows(taken[i].Owner, taken[i].Changes));
            }
        }

        return (rows, positions);
    }

    /// <summary>Settles taken turns by the outcome of their commit.</summary>
    /// <param name="taken">What <see cref="Take"/> gave.</param>
    /// <param name="positions">What <see cref="Rows"/> gave.</param>
    /// <param name="result">The commit's outcome.</param>
    /// <param name="startedAt">Monotonic time stamp from before the commit was sent (MUST S2).</param>
    public void Settle(
        IReadOnlyList<StagedTurn> taken, IReadOnlyList<int> positions, CommitResult result, long startedAt)
    {
        if (result.Verdict == CommitVerdict.FenceLost)
        {
            _closed = true;
        }

        var refused = 0;
        for (var i = 0; i < taken.Count; i++)
        {
            var turn = taken[i];
            RefusedBecause? because = null;
            if (positions[i] >= 0 && refused < result.Refused.Count && result.Refused[refused].Index == positions[i])
            {
                because = result.Refused[refused++].Because;
            }

            // Rows that are durable have happened, whatever became of their activation meanwhile: to void them would
            // lose their effects. One without rows was decided on turns that may be void by now.
            var stale = positions[i] < 0 && turn.Activation is { IsDropped: true };
            if (result.Verdict != CommitVerdict.Durable || because is not null || stale)
            {
                turn.Activation?.Drop();
                Settled(turn, TurnOutcome.Void(because));
            }
            else
            {
                Release(turn, startedAt);
            }
        }
    }

    /// <summary>Voids everything that is staged and takes no more: the silo has lost the right to write.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }

        while (Waiting > 0)
        {
            foreach (var turn in Take())
            {
                turn.Activation?.Drop();
                Settled(turn, TurnOutcome.Void(null));
            }
        }
    }

    private void StageRows(
        OwnerKey owner, IReadOnlyList<Change> changes, IReadOnlyList<Effect> after, ITurnCaller caller)
    {
        if (_closed || Waiting >= Limits.StagedTurnsMax)
        {
            caller.Settled(TurnOutcome.Busy);
            return;
        }

        Stage(new StagedTurn(owner, null, changes, after, Done.Reply, caller));
    }

    private void Release(StagedTurn turn, long startedAt)
    {
        for (var i = 0; i < turn.Effects.Count; i++)
        {
            effects.Release(turn.Owner, turn.Effects[i], startedAt);
        }

        Settled(turn, TurnOutcome.Committed(turn.Reply));
    }

    private static void Settled(StagedTurn turn, TurnOutcome outcome)
    {
        turn.Activation?.ChangeOutstanding(-1);
        turn.Caller.Settled(outcome);
    }
}
