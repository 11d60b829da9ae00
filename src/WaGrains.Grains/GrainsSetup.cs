using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;
using WaGrains.Engine.Owners;
using WaGrains.Grains.Placement;
using WaGrains.Grains.Serialization;

namespace WaGrains.Grains;

/// <summary>Puts the grains on a silo.</summary>
public static class GrainsSetup
{
    /// <summary>Adds placement, recovery and the codec of our messages to a silo.</summary>
    public static ISiloBuilder AddWaGrains(this ISiloBuilder silo)
    {
        silo.AddPlacementDirector<ByNumberStrategy, ByNumberDirector>();
        silo.AddGrainService<RecoveryService>();
        silo.Services.AddSingleton<Seats>();
        silo.Services.AddSingleton<SiloActive>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services =>
            services.GetRequiredService<SiloActive>());
        silo.Services.AddSingleton<IOwners, OrleansOwners>();
        silo.Services.AddSingleton<DomainCodec>();
        silo.Services.AddSingleton<IGeneralizedCodec>(services => services.GetRequiredService<DomainCodec>());
        silo.Services.AddSingleton<IGeneralizedCopier>(services => services.GetRequiredService<DomainCodec>());
        silo.Services.AddSingleton<ITypeFilter>(services => services.GetRequiredService<DomainCodec>());
        return silo;
    }
}
