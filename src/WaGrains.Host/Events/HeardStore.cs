using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;

namespace WaGrains.Host.Events;

/// <summary>A store that rings the bell for each commit.</summary>
internal sealed class HeardStore(IStore store, EventBell bell) : IStore
{
    public IReads Reads => store.Reads;

    public ValueTask<Fence> Open(string silo, CancellationToken cancel) => store.Open(silo, cancel);

    public async ValueTask<CommitResult> Commit(CommitBatch batch, CancellationToken cancel)
    {
        var result = await store.Commit(batch, cancel);
        if (result.Verdict == CommitVerdict.Durable)
        {
            bell.Ring(batch.Turns.Select(turn => turn.Owner.Tenant));
        }

        return result;
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
