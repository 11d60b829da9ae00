using Orleans.GrainDirectory;
using Orleans.Metadata;
using Orleans.Runtime;
using WaGrains.Grains.Moving;

namespace WaGrains.Grains.Placement;

/// <summary>
/// The grain directory of all owners. It holds nothing: where an owner lives is computed, and only while silos come or
/// go the silo it lived on is asked whether it still does. So there is nothing to hand over to a silo that joins and
/// nothing to rebuild when one is lost. What two silos may disagree on for a moment, the fence in each commit settles.
/// </summary>
public sealed class HomeDirectory(ClusterMap map, Holders holders, IClusterManifestProvider kinds) : IGrainDirectory
{
    /// <summary>Its name at the grains.</summary>
    public const string Name = "home";

    /// <summary>The silo that still keeps a grain which belongs elsewhere by now; null lets the placement say where it
    /// belongs.</summary>
    public async Task<GrainAddress?> Lookup(GrainId grainId) =>
        await holders.Of(Key(grainId)) is { } holder ? At(grainId, holder) : null;

    /// <summary>Lets a grain live on this silo if it belongs here or is still kept here; else tells where.</summary>
    public async Task<GrainAddress?> Register(GrainAddress address)
    {
        var key = Key(address.GrainId);
        var right = await holders.Of(key) ?? Home(key, address.GrainId.Type);
        return right is null || right.Equals(address.SiloAddress) ? address : At(address.GrainId, right);
    }

    /// <inheritdoc/>
    public Task Unregister(GrainAddress address) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;

    private static string Key(GrainId grain) => grain.Key.ToString()!;

    private static GrainAddress At(GrainId grain, SiloAddress silo) =>
        new() { GrainId = grain, ActivationId = ActivationId.NewId(), SiloAddress = silo };

    /// <summary>As the placement has it: a silo that does not know this kind of grain, of an older version or only just
    /// come, is passed over.</summary>
    private SiloAddress? Home(string key, GrainType kind)
    {
        var places = map.Fresh();
        var home = places.Of(key);
        return home is null || home.Equals(map.Me) || Knows(home, kind)
            ? home
            : places.Among([.. places.Silos.Select(silo => silo.Address).Where(silo => Knows(silo, kind))]).Of(key);
    }

    private bool Knows(SiloAddress silo, GrainType kind) =>
        kinds.Current.Silos.TryGetValue(silo, out var manifest) && manifest.Grains.ContainsKey(kind);
}
