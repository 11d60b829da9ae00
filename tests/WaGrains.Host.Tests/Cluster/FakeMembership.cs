using System.Collections.Immutable;
using System.Net;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;
using WaGrains.Grains.Placement;

namespace WaGrains.Host.Tests.Cluster;

/// <summary>A membership that says what the test tells it, all silos of the shared pool.</summary>
internal sealed class FakeMembership : IClusterMembershipService, ISiloMetadataCache
{
    private static readonly SiloMetadata Shared = WithPool();

    public ClusterMembershipSnapshot CurrentSnapshot { get; private set; } =
        new(ImmutableDictionary<SiloAddress, ClusterMember>.Empty, new MembershipVersion(1));

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

    public static SiloAddress Silo(int port) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 1);

    public void Becomes(params (int Port, SiloStatus Status)[] members) => CurrentSnapshot = new(
        members.ToImmutableDictionary(
            member => Silo(member.Port),
            member => new ClusterMember(Silo(member.Port), member.Status, $"silo-{member.Port}")),
        new MembershipVersion(CurrentSnapshot.Version.Value + 1));

    public ClusterMap MapOf(int port, TimeProvider clock) =>
        new(this, this, new Me(Silo(port)), new SiloLabel(Places.SharedPool), clock);

    public SiloMetadata GetSiloMetadata(SiloAddress siloAddress) => Shared;

    public ValueTask Refresh(MembershipVersion minimumVersion, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();

    private static SiloMetadata WithPool()
    {
        var metadata = new SiloMetadata();
        var labels = ImmutableDictionary<string, string>.Empty.Add(SiloLabel.Key, Places.SharedPool);
        typeof(SiloMetadata).GetProperty(nameof(SiloMetadata.Metadata))!.SetValue(metadata, labels);
        return metadata;
    }

    private sealed class Me(SiloAddress address) : ILocalSiloDetails
    {
        public string Name => "me";

        public string ClusterId => "test";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress => address;

        public SiloAddress GatewayAddress => address;
    }
}
