using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.World;

/// <summary>The one store of a world: a real memory store that can be away, and keeps the world's books of what it has
/// made durable.</summary>
internal sealed class SimStore(SimWorld world) : IAsyncDisposable
{
    private readonly MemoryStore _store = new();
    private readonly StoreSabotage _sabotage = new(world);

    public Ledger Ledger { get; } = new();

    public IReads Reads => _store.Reads;

    /// <summary>While it is away every commit is refused.</summary>
    public bool IsAway { get; set; }

    /// <summary>Commits that made something durable.</summary>
    public long Commits { get; private set; }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    public Fence Open(string silo) => _store.Open(silo, CancellationToken.None).Now();

    public void DeclareDead(string silo)
    {
        if (world.Plan.Sabotage != Sabotage.LeaveFenceOpen)
        {
            _store.Close(silo);
        }
    }

    public MemorySnapshot Snapshot() => _sabotage.Show(_store.Snapshot());

    public CommitResult Commit(CommitBatch batch)
    {
        if (IsAway)
        {
            return CommitResult.Unavailable;
        }

        var given = _sabotage.Change(batch, Ledger);
        var result = _store.Commit(given, CancellationToken.None).Now();
        if (result.Verdict != CommitVerdict.Durable)
        {
            return result;
        }

        Commits++;
        var refused = result.Refused.Select(turn => turn.Index).ToHashSet();
        var durable = given.Turns.Where((_, index) => !refused.Contains(index)).ToList();
        foreach (var turn in durable)
        {
            foreach (var change in turn.Changes)
            {
                Ledger.Write(change);
                world.Trace.Add(change.GetType().Name, turn.Owner.Id, turn.Changes.Count);
            }

            world.Trace.Line($"commit {batch.Fence.Silo} {turn.Owner} {string.Join(' ', turn.Changes.Select(Name))}");
        }

        foreach (var turn in result.Refused)
        {
            world.Trace.Add("refused", given.Turns[turn.Index].Owner.Id, (long)turn.Because);
            world.Trace.Line($"refused {batch.Fence.Silo} {given.Turns[turn.Index].Owner} {turn.Because} {turn.Key}");
        }

        world.Each(checker => checker.Durable(batch.Fence));
        world.Each(checker => checker.Committed(durable));
        return result;
    }

    private static string Name(object change) => change.GetType().Name;
}
