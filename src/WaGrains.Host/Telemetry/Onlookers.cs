using System.Threading.Channels;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Effects;

namespace WaGrains.Host.Telemetry;

/// <summary>Hands what happens to whoever watches: each watcher has a bounded queue of its own and loses the oldest
/// when it is slow.</summary>
internal sealed class Onlookers : IOnlookers
{
    private const int BehindMax = 1_000;

    private volatile Channel<Seen>[] _watchers = [];

    public void Show(Seen seen)
    {
        foreach (var watcher in _watchers)
        {
            watcher.Writer.TryWrite(seen);
        }
    }

    /// <summary>Begins to watch, for the life of the process.</summary>
    public ChannelReader<Seen> Watch()
    {
        var watcher = Channel.CreateBounded<Seen>(
            new BoundedChannelOptions(BehindMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _watchers = [.. _watchers, watcher];
        return watcher.Reader;
    }
}
