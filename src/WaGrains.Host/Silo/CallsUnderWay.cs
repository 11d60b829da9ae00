using WaGrains.Domain.Turns;
using WaGrains.Engine.Effects;
using WaGrains.Host.Sending;
using WaGrains.Host.Telemetry;

namespace WaGrains.Host.Silo;

/// <summary>Counts the calls to Meta that have begun and have no outcome yet: a silo that leaves waits for them, or
/// their messages would be in doubt for minutes.</summary>
internal sealed class CallsUnderWay(GraphCalls calls, EngineWatch watch) : IGraphCalls
{
    private long _begun;

    /// <summary>Calls under way now.</summary>
    public long Count => Volatile.Read(ref _begun) - watch.CallsEnded;

    public void Start(SendToGraph send, long commitStartedAt)
    {
        Interlocked.Increment(ref _begun);
        calls.Start(send, commitStartedAt);
    }
}
