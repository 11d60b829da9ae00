using Orleans.Runtime;
using Orleans.Services;
using WaGrains.Grains.Reports;

namespace WaGrains.Grains;

/// <summary>What one silo asks another.</summary>
[Alias("wagrains.silo")]
public interface ISiloGrain : IGrainService
{
    /// <summary>A silo is about to leave: place nothing more on it.</summary>
    [Alias("leaves")]
    [ResponseTimeout("00:00:02")]
    Task Leaves(SiloAddress silo);

    /// <summary>How this silo stands.</summary>
    [Alias("figures")]
    [ResponseTimeout("00:00:02")]
    Task<SiloFigures> Figures();
}
