using System.Text.Json.Nodes;

namespace WaGrains.LocalCluster.Judging;

/// <summary>Looks whether a silo that has come back holds its share, by what the cluster tells its operator.</summary>
internal sealed class ShareWatch(Rig rig, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until numbers live on the silo and nobody has moved for a second.</summary>
    /// <exception cref="RigException">They do not come.</exception>
    public async Task UntilHolds(string silo, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        var before = await Read(silo, cancel);
        while (clock.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(Look, clock, cancel);
            var now = await Read(silo, cancel);
            if (now.Numbers > 0 && now == before)
            {
                return;
            }

            before = now;
        }

        throw new RigException($"{silo} holds no numbers {Patience.TotalSeconds:0} s after it has come.");
    }

    private async Task<(long Numbers, long Moved)> Read(string silo, CancellationToken cancel)
    {
        var told = await rig.AsOperator(HttpMethod.Get, new Uri(rig.ProxyUrl, "/admin/cluster"), cancel);
        var silos = JsonNode.Parse(told)!["silos"]!.AsArray();
        var numbers = silos.Where(each => (string?)each!["name"] == silo && (string?)each["status"] == "active")
            .Sum(each => (long?)each!["activations"]!["numbers"] ?? 0);
        return (numbers, silos.Sum(each => (long)each!["moved"]!));
    }
}
