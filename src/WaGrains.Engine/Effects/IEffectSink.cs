using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Engine.Effects;

/// <summary>Where effects go once their commit is durable. Must not block and must not throw: it runs on the committing
/// thread.</summary>
public interface IEffectSink
{
    /// <summary>Takes one effect.</summary>
    /// <param name="from">Whose turn emitted it.</param>
    /// <param name="effect">What is to happen.</param>
    /// <param name="commitStartedAt">Monotonic time stamp from before its commit was sent (MUST S2).</param>
    void Release(OwnerKey from, Effect effect, long commitStartedAt);
}
