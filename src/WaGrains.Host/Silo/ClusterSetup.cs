using System.Net;
using Orleans.Configuration;
using Orleans.Hosting;
using WaGrains.Host.Configuration;
using WaGrains.Host.Silo.Tls;

namespace WaGrains.Host.Silo;

/// <summary>How a silo joins others over PostgreSQL.</summary>
internal static class ClusterSetup
{
    private const string ServiceId = "wagrains";

    /// <summary>Connections of the membership: a few a second, apart from those of commits.</summary>
    private const int MembershipConnections = 4;

    /// <summary>Joins the cluster that the options name.</summary>
    public static void JoinCluster(this ISiloBuilder silo, WaGrainsOptions options)
    {
        var cluster = options.Cluster;
        var connection = MembershipConnection(options.Postgres.ConnectionString!);
        silo.UseAdoNetClustering(membership =>
        {
            membership.Invariant = "Npgsql";
            membership.ConnectionString = connection;
        });
        silo.Configure<Orleans.Configuration.ClusterOptions>(names =>
        {
            names.ClusterId = cluster.Name;
            names.ServiceId = ServiceId;
        });
        silo.Configure<EndpointOptions>(endpoint =>
        {
            var here = cluster.Endpoint();
            endpoint.AdvertisedIPAddress = here.Address;
            endpoint.SiloPort = cluster.SiloPort;
            endpoint.GatewayPort = cluster.GatewayPort;
            endpoint.SiloListeningEndpoint = here;
            endpoint.GatewayListeningEndpoint = new IPEndPoint(here.Address, cluster.GatewayPort);
        });
        silo.Configure<ClusterMembershipOptions>(VoteOutSoon);
        TlsConnections.AddTo(silo, cluster.Tls);
    }

    /// <summary>
    /// A dead or hung silo is voted out in 1 to 4 s (measured) instead of 6 to 60. The price: one that stands still for
    /// 3 s is voted out too, and must start again.
    /// </summary>
    private static void VoteOutSoon(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1);
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(1);
        membership.NumMissedProbesLimit = 3;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        membership.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(30);
    }

    /// <summary>The same database through a small pool of its own: commits and reads never keep a vote waiting for a
    /// connection.</summary>
    private static string MembershipConnection(string connection) =>
        $"{connection.TrimEnd(' ', ';')};Maximum Pool Size={MembershipConnections};Minimum Pool Size=0;Timeout=5;"
        + "Command Timeout=10;Application Name=wagrains-membership";
}
