using WaGrains.Domain.Turns;
using WaGrains.Engine.Effects;

namespace WaGrains.Load.InProcess;

/// <summary>Hears, from the committing thread, what has just become durable.</summary>
internal sealed class EngineEvents : IOnlookers
{
    /// <summary>Told of each event; must be quick.</summary>
    public Action<Seen> Heard { get; set; } = static _ => { };

    /// <inheritdoc/>
    public void Show(Seen seen) => Heard(seen);
}
