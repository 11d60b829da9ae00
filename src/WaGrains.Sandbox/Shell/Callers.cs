using System.Globalization;
using System.Net;

namespace WaGrains.Sandbox.Shell;

/// <summary>How many sends came in at each address this sandbox listens on, refused ones included, and where each
/// number's last one did.</summary>
internal sealed class Callers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(IPAddress Address, int Port), long> _counts = [];
    private readonly Dictionary<string, (IPAddress Address, int Port)> _last = new(StringComparer.Ordinal);

    /// <summary>By address and port.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Counts
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _counts.Select(each => KeyValuePair.Create(Words(each.Key), each.Value))
                        .OrderBy(each => each.Key, StringComparer.Ordinal),
                ];
            }
        }
    }

    /// <summary>By the number's id: address and port of its last send.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> LastByNumber
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _last.Select(each => KeyValuePair.Create(each.Key, Words(each.Value)))
                        .OrderBy(each => each.Key, StringComparer.Ordinal),
                ];
            }
        }
    }

    /// <summary>Counts one that came over this connection, before anything else is done with it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="number">The number it is for; null where there is no such number.</param>
    public void Count(ConnectionInfo connection, string? number)
    {
        if (connection.LocalIpAddress is not { } address)
        {
            return;
        }

        lock (_gate)
        {
            var key = (address, connection.LocalPort);
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
            if (number is not null)
            {
                _last[number] = key;
            }
        }
    }

    private static string Words((IPAddress Address, int Port) place) =>
        string.Create(CultureInfo.InvariantCulture, $"{place.Address}:{place.Port}");
}
