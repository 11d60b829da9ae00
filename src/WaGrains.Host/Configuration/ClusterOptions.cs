using System.Net;
using WaGrains.Grains.Placement;

namespace WaGrains.Host.Configuration;

/// <summary>PostgreSQL: where it is set the silos of one database are a cluster; else one process keeps everything in
/// its data folder.</summary>
public sealed class PostgresOptions
{
    /// <summary>An Npgsql connection string; its role may create tables. Default none.</summary>
    public string? ConnectionString { get; set; }
}

/// <summary>How the silos of a cluster find and know one another. Read only where PostgreSQL is configured.</summary>
public sealed class ClusterOptions
{
    private const int PortMax = 65_535;
    private const int WordMax = 63;

    /// <summary>Which cluster of the database, 1 to 63 of a-z 0-9 -. Default wagrains.</summary>
    public string Name { get; set; } = "wagrains";

    /// <summary>Where silos talk to one another. Default 11111.</summary>
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Where Orleans clients outside the cluster would come in. Default 30000.</summary>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>How the other silos reach this one: an address of this machine, or a name that leads to one. Default
    /// 127.0.0.1.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The pool whose tenants this silo serves, 1 to 63 of a-z 0-9 -. Default shared.</summary>
    public string Pool { get; set; } = Places.SharedPool;

    /// <summary>How long this silo still takes traffic after it has said that it is not ready, so that a balancer
    /// notices; seconds, 0 to 120. Default 5.</summary>
    public double DrainSeconds { get; set; } = 5;

    /// <summary>How long the database may be away when the process starts; seconds, 0 to 3600. Default 60.</summary>
    public double StoreWaitSeconds { get; set; } = 60;

    /// <summary>Whether Orleans' own dashboard is served at <c>/admin/dashboard</c>; it looks at every call. Default
    /// true.</summary>
    public bool Dashboard { get; set; } = true;

    /// <summary>TLS between silos, the same authorities on all of them. Default off.</summary>
    public TlsOptions Tls { get; init; } = new();

    internal IPEndPoint Endpoint() => new(Resolve()!, SiloPort);

    internal IEnumerable<string> Mistakes()
    {
        if (!IsWord(Name) || !IsWord(Pool))
        {
            yield return "WaGrains:Cluster:Name and Pool must be 1 to 63 of a-z 0-9 -.";
        }

        if (SiloPort is < 1 or > PortMax || GatewayPort is < 1 or > PortMax || SiloPort == GatewayPort)
        {
            yield return "WaGrains:Cluster:SiloPort and GatewayPort must be two different ports.";
        }

        if (Resolve() is null)
        {
            yield return "WaGrains:Cluster:Address must be an address of this machine, or a name that leads to one.";
        }

        if (DrainSeconds is < 0 or > 120 || StoreWaitSeconds is < 0 or > 3_600)
        {
            yield return "WaGrains:Cluster:DrainSeconds must be 0 to 120, StoreWaitSeconds 0 to 3600.";
        }

        foreach (var mistake in Tls.Mistakes())
        {
            yield return mistake;
        }
    }

    /// <summary>Whether this can name a silo, a pool or a cluster.</summary>
    internal static bool IsWord(string text) => text.Length is >= 1 and <= WordMax
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private IPAddress? Resolve()
    {
        if (IPAddress.TryParse(Address, out var literal))
        {
            return literal;
        }

        try
        {
            return Dns.GetHostAddresses(Address).OrderBy(address => address.AddressFamily).FirstOrDefault();
        }
        catch (Exception unknown) when (unknown is System.Net.Sockets.SocketException or ArgumentException)
        {
            return null;
        }
    }
}
