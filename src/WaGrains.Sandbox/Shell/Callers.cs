using System.Globalization;
using System.Net;

namespace WaGrains.Sandbox.Shell;

/// <summary>How many sends came in at each address this sandbox listens on, refused ones included.</summary>
internal sealed class Callers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(IPAddress Address, int Port), long> _counts = [];

    /// <summary>By address and port.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Counts
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _counts
                        .Select(each => KeyValuePair.Create(
                            string.Create(CultureInfo.InvariantCulture, $"{each.Key.Address}:{each.Key.Port}"),
                            each.Value))
                        .OrderBy(each => each.Key, StringComparer.Ordinal),
                ];
            }
        }
    }

    /// <summary>Counts one that came over this connection, before anything else is done with it.</summary>
    public void Count(ConnectionInfo connection)
    {
        if (connection.LocalIpAddress is not { } address)
        {
            return;
        }

        lock (_gate)
        {
            var key = (address, connection.LocalPort);
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }
    }
}
