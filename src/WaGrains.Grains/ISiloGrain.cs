using Orleans.Runtime;
using Orleans.Services;
using WaGrains.Grains.Forwarding;
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

    /// <summary>A silo that leaves keeps nothing any more: do not ask it.</summary>
    [Alias("empties")]
    [ResponseTimeout("00:00:02")]
    Task Empties(SiloAddress silo);

    /// <summary>Whether a part lives on this silo, still or by right.</summary>
    /// <param name="part"><see cref="Placement.Places.Part"/> of a key.</param>
    /// <param name="version">The membership the caller knows: this silo answers by none that is older.</param>
    [Alias("keeps")]
    [ResponseTimeout("00:00:02")]
    Task<bool> Keeps(string part, MembershipVersion version);

    /// <summary>Takes a webhook for numbers that live on this silo, as if Meta had delivered it here.</summary>
    /// <returns>Whether its part is durable.</returns>
    [Alias("takes")]
    [ResponseTimeout("00:00:10")]
    Task<bool> Takes(ForwardedWebhook webhook);

    /// <summary>How this silo stands.</summary>
    [Alias("figures")]
    [ResponseTimeout("00:00:02")]
    Task<SiloFigures> Figures();
}
