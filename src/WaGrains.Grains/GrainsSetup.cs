using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;
using WaGrains.Engine.Owners;
using WaGrains.Grains.Forwarding;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;
using WaGrains.Grains.Reports;
using WaGrains.Grains.Serialization;

namespace WaGrains.Grains;

/// <summary>Puts the grains on a silo.</summary>
public static class GrainsSetup
{
    /// <summary>Adds placement, moving, recovery and the codec of our messages to a silo.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="label">How it shows itself to the others.</param>
    public static ISiloBuilder AddWaGrains(this ISiloBuilder silo, SiloLabel label)
    {
        silo.UseSiloMetadata(new Dictionary<string, string> { [SiloLabel.Key] = label.Pool });
        silo.Services.AddSingleton(label);
        silo.AddPlacementDirector<ByNumberStrategy, ByNumberDirector>();
        silo.AddGrainDirectory(
            HomeDirectory.Name, (services, _) => ActivatorUtilities.CreateInstance<HomeDirectory>(services));
        silo.AddGrainService<SiloGrain>();
        silo.AddGrainService<RecoveryService>();
        silo.Services.AddSingleton<ClusterMap>();
        silo.Services.AddSingleton<LocalGrains>();
        silo.Services.AddSingleton<Arrivals>();
        silo.Services.AddSingleton<Keeping>();
        silo.Services.AddSingleton<Holders>();
        silo.Services.AddSingleton<Mover>();
        silo.Services.AddSingleton<Neighbours>();
        silo.Services.AddSingleton<IKeepers>(services => services.GetRequiredService<Neighbours>());
        silo.Services.AddSingleton<Elsewhere>();
        silo.Services.AddSingleton<SiloDuties>();
        silo.Services.AddSingleton<CommitPulse>();
        silo.Services.AddSingleton<SiloWorkings>();
        silo.Services.AddSingleton<Figures>();
        silo.Services.AddSingleton<RecoveryPlace>();
        silo.Services.AddSingleton<Seats>();
        silo.Services.AddSingleton<SiloActive>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services =>
            services.GetRequiredService<SiloActive>());
        silo.Services.AddSingleton<IOwners, OrleansOwners>();
        silo.Services.AddSingleton<DomainCodec>();
        silo.Services.AddSingleton<IGeneralizedCodec>(services => services.GetRequiredService<DomainCodec>());
        silo.Services.AddSingleton<IGeneralizedCopier>(services => services.GetRequiredService<DomainCodec>());
        silo.Services.AddSingleton<ITypeFilter>(services => services.GetRequiredService<DomainCodec>());

        // What an owner throws must arrive as what it is: callers tell a bug from a silo that has no room.
        silo.Services.Configure<ExceptionSerializationOptions>(
            exceptions => exceptions.SupportedNamespacePrefixes.Add(nameof(WaGrains)));
        return silo;
    }
}
