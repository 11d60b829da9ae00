using System.Net;
using Orleans.Configuration;
using Orleans.Runtime;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Bulk;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Contacts;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Intake;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Recovery;
using WaGrains.Engine.Timers;
using WaGrains.Engine.Turns;
using WaGrains.Grains;
using WaGrains.Grains.Hints;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;
using WaGrains.Host.Configuration;
using WaGrains.Host.Events;
using WaGrains.Host.Ids;
using WaGrains.Host.PhoneNumbers;
using WaGrains.Host.Sending;
using WaGrains.Host.Silo.Rehearsing;
using WaGrains.Host.Telemetry;
using WaGrains.Storage;
using WaGrains.Storage.Postgres;

namespace WaGrains.Host.Silo;

/// <summary>The engine and its silo: one among others over PostgreSQL, or alone.</summary>
internal static class SiloSetup
{
    /// <summary>All phases of a stop together: the balancer's 5 to 120 s, owners going home, calls to Meta under way
    /// (up to 60 s), requests under way, what is left deactivating, the last commit.</summary>
    private static readonly TimeSpan StopsWithin = TimeSpan.FromMinutes(5);

    /// <summary>Adds engine and silo.</summary>
    public static void AddSilo(this WebApplicationBuilder builder, WaGrainsOptions options, OpenedStore opened)
    {
        builder.Services.AddHostedService<CompilerGivesWay>();
        builder.Services.AddEngine(opened);
        builder.Services.AddSingleton(s => new IntakeBudget(
            options.UpdatesPerTenantPerSecond, s.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(s => new IntakeShares(
            options.WebhooksMax, options.WebhooksPerTenantShare, s.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IntakeGate.Bounds>();
        builder.UseOrleans(silo =>
        {
            silo.Configure<SiloOptions>(names => names.SiloName = options.SiloName);
            if (options.IsCluster)
            {
                silo.JoinCluster(options);
                silo.AddDashboardFor(options);
            }
            else
            {
                silo.StandAlone(options);
            }

            silo.AddWaGrains(new SiloLabel(options.IsCluster ? options.Cluster.Pool : Places.SharedPool));
            silo.Services.AddSingleton<Committer>();
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<Committer>());
        });

        // After the silo, so that they start when grains may be called and stop before they may not.
        builder.Services.AddHostedService<QueueReads>();
        builder.Services.AddHostedService<WheelDriver>();
        builder.Services.AddHostedService<BulkDriver>();
        builder.Services.AddHostedService<StuckWatch>();

        if (opened.Store is IMaintained maintained)
        {
            builder.Services.AddSingleton(maintained);
            builder.Services.AddHostedService<StoreUpkeep>();
        }

        if (options.IsCluster)
        {
            builder.AddMembership((PostgresStore)opened.Store);
        }
    }

    /// <summary>What only a silo among others needs.</summary>
    private static void AddMembership(this WebApplicationBuilder builder, PostgresStore store)
    {
        builder.Services.AddSingleton(store);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopsWithin);
        builder.Services.AddHostedService<MembershipWatch>();
        builder.Services.AddSingleton<TenantWatch>();
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            s => s.GetRequiredService<TenantWatch>());
        builder.Services.AddSingleton<Play>();
        builder.Services.AddSingleton<FirstReads>();
        builder.Services.AddHostedService<Rehearsal>();
        builder.Services.AddHostedService<Homing>();
        builder.Services.AddSingleton<DrainPace>();
        builder.Services.AddHostedService<Drain>();
    }

    /// <summary>One process: no port is opened to anybody else.</summary>
    private static void StandAlone(this ISiloBuilder silo, WaGrainsOptions options)
    {
        silo.UseLocalhostClustering(
            FreePorts.Next(), FreePorts.Next(), serviceId: "wagrains", clusterId: options.SiloName);
        silo.Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback);

        // Everybody lives here: to remember where would be a node of a cache for each conversation.
        silo.Configure<GrainDirectoryOptions>(
            directory => directory.CachingStrategy = GrainDirectoryOptions.CachingStrategyType.None);
    }

    private static void AddEngine(this IServiceCollection services, OpenedStore opened)
    {
        services.AddSingleton(opened);
        services.AddSingleton<Ending>();
        services.AddSingleton(opened.Store);
        services.AddSingleton(opened.Store.Reads);
        services.AddSingleton<IActivationReads>(opened.Store.Reads);
        services.AddSingleton(_ => new SiloView { Zone = RecipientZones.Of });
        services.AddSingleton<TimerWheel>();
        services.AddSingleton<Staging>();
        services.AddSingleton<EffectTargets>();
        services.AddSingleton<EffectRoutes>();
        services.AddSingleton<IEffectSink>(s => s.GetRequiredService<EffectRoutes>());
        services.AddSingleton<OwnerLoader>();
        services.AddSingleton<EventBell>();
        services.AddSingleton(s => new CommitLoop(
            s.GetRequiredService<Staging>(), new HeardStore(opened.Store, s.GetRequiredService<EventBell>()),
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ICommitWatch>()));
        services.AddSingleton<Recovery>();
        services.AddSingleton<Intake>();
        services.AddSingleton(s => new BulkRounds(
            s.GetRequiredService<IOwners>(), s.GetRequiredService<IReads>(), s.GetRequiredService<ContactDirectory>(),
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<IdSource>().NewMessage));
        services.AddSingleton(s => new ContactDirectory(
            s.GetRequiredService<IReads>(), s.GetRequiredService<Staging>(),
            s.GetRequiredService<IdSource>().NewContact));
        services.AddSingleton(s => new HintCarrier(
            s.GetRequiredService<IOwners>, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<IHintWatch>()));
        services.AddSingleton<IHintCarrier>(s => s.GetRequiredService<HintCarrier>());
        services.AddSingleton<GraphCalls>();
        services.AddSingleton<CallsUnderWay>();
        services.AddSingleton<IGraphCalls>(s => s.GetRequiredService<CallsUnderWay>());
        services.AddSingleton<EngineWatch>();
        services.AddSingleton<ICommitWatch>(s => s.GetRequiredService<EngineWatch>());
        services.AddSingleton<IHintWatch>(s => s.GetRequiredService<EngineWatch>());
        services.AddSingleton<Onlookers>();
        services.AddSingleton<IOnlookers>(s => s.GetRequiredService<Onlookers>());
    }
}
