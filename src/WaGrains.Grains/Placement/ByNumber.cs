using System.IO.Hashing;
using System.Text;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using WaGrains.Domain.Ids;

namespace WaGrains.Grains.Placement;

/// <summary>Marks grains that are placed by <see cref="ByNumberDirector"/>.</summary>
[GenerateSerializer]
public sealed class ByNumberStrategy : PlacementStrategy;

/// <summary>Places a grain by the number in its key: a number and all its conversations on one silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ByNumberAttribute() : PlacementAttribute(new ByNumberStrategy());

/// <summary>
/// Rendezvous hash of the number (or, for grains without one, of the key) over the live silos: every silo computes the
/// same place without asking anybody, and one that leaves moves only what it had.
/// </summary>
public sealed class ByNumberDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hint)
        {
            return Task.FromResult(hint);
        }

        var part = Part(target.GrainIdentity.Key.ToString()!);
        return Task.FromResult(silos.Length == 1 ? silos[0] : silos.MaxBy(silo => Weight(part, silo))!);
    }

    /// <summary>What of a grain key decides its place: tenant and number, or the whole key where there is no number in
    /// it.</summary>
    public static string Part(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && ConversationId.TryParse(key.AsSpan(slash + 1), null, out var conversation)
            ? $"{key[..slash]}/{conversation.Number}"
            : key;
    }

    private static ulong Weight(string part, SiloAddress silo) =>
        XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{part}|{silo.ToParsableString()}"));
}
