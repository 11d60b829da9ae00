using System.Collections.Concurrent;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Turns;

namespace WaGrains.Host.Tests.Api;

/// <summary>
/// All owners in one process and one lock: each turn is committed before it is answered, then its hints are carried out
/// in order.
/// </summary>
internal sealed class LocalOwners : IOwners, IEffectSink, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<OwnerKey, Owner> _alive = [];
    private readonly Queue<Tell> _hints = new();
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly SiloView _view = new();
    private readonly Staging _staging;
    private readonly OwnerLoader _loader;
    private Fence _fence;

    public LocalOwners(IStore store, TimeProvider clock)
    {
        (_store, _clock) = (store, clock);
        _staging = new Staging(this, clock);
        _loader = new OwnerLoader(store.Reads, _staging, _view, clock);
        _staging.WhenStaged(CommitRowsOfTheRim);
    }

    /// <summary>What is staged; rows written at the rim are committed by the wake-up.</summary>
    public Staging Staging => _staging;

    /// <summary>Thrown instead of an answer, as often as it stands here.</summary>
    public ConcurrentQueue<Exception> Failures { get; } = new();

    public void Dispose() => _gate.Dispose();

    public void Release(OwnerKey from, Effect effect, long commitStartedAt)
    {
        switch (effect)
        {
            case Tell hint:
                _hints.Enqueue(hint);
                break;
            case ConfigurationChanged changed:
                _view.Put(changed.State);
                break;
            case DepthChanged depth:
                _view.Put(depth);
                break;
        }
    }

    public async Task<Reply> Ask(OwnerKey owner, OwnerMessage message, CancellationToken cancel)
    {
        if (Failures.TryDequeue(out var failure))
        {
            throw failure;
        }

        await _gate.WaitAsync(cancel);
        try
        {
            var reply = await Turn(owner, message, cancel);
            while (_hints.TryDequeue(out var hint))
            {
                await Turn(hint.To, hint.Message, cancel);
            }

            return reply is Moved moved ? await Turn(moved.To, message, cancel) : reply;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Reply> Turn(OwnerKey key, OwnerMessage message, CancellationToken cancel)
    {
        if (!_alive.TryGetValue(key, out var owner) || owner.IsDropped)
        {
            _alive[key] = owner = await _loader.Load(key, cancel);
        }

        TurnOutcome? outcome = null;
        var complete = await _loader.Complete(owner, message, all: false, cancel);
        owner.Tell(complete, _clock.GetUtcNow(), new TurnCallback(settled => outcome = settled));
        await Commit(cancel);
        return outcome switch
        {
            { Fate: TurnFate.Committed, Reply: { } reply } => reply,
            { Fate: TurnFate.Failed, Error: { } error } => throw new OwnerFailedException("the turn threw", error),
            _ => throw new OwnerUnavailableException($"the turn came to {outcome?.Fate} because of {outcome?.Because}"),
        };
    }

    // Rows that no owner staged: contacts. Every call of the store in memory has completed when it returns.
    private void CommitRowsOfTheRim()
    {
        if (_gate.Wait(TimeSpan.Zero))
        {
            try
            {
                var done = Commit(CancellationToken.None);
                Assert.True(done.IsCompletedSuccessfully, "a commit in memory has to wait");
            }
            finally
            {
                _gate.Release();
            }
        }
    }

    private async Task Commit(CancellationToken cancel)
    {
        _fence = _fence.Generation == 0 ? await _store.Open("test", cancel) : _fence;
        var taken = _staging.Take();
        if (taken.Count == 0)
        {
            return;
        }

        var (rows, positions) = Staging.Rows(taken);
        var startedAt = _clock.GetTimestamp();
        var result = CommitResult.Durable;
        if (rows.Count > 0)
        {
            _fence = _fence with { Batch = _fence.Batch + 1 };
            result = await _store.Commit(new CommitBatch(_fence, rows), cancel);
        }

        _staging.Settle(taken, positions, result, startedAt);
    }
}
