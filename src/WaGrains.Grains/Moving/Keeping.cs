using System.Collections.Concurrent;
using WaGrains.Grains.Placement;

namespace WaGrains.Grains.Moving;

/// <summary>
/// What still lives on this silo though it belongs elsewhere by now: everything that lived here before the cluster
/// changed, until it has been moved. So a number goes on being served where it is warm while it waits for its turn to
/// go, and never begins at its new home before it has ended here. Safe from any thread.
/// </summary>
public sealed class Keeping(ClusterMap map, TimeProvider clock)
{
    /// <summary>Who asks for an owner on its way waits so long at most; by then something hangs, and the fence
    /// decides.</summary>
    private static readonly TimeSpan LeavesWithin = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Task> _left = new();
    private volatile Places _settled = Places.None;

    /// <summary>The picture it answers by.</summary>
    public ClusterMap Map => map;

    /// <summary>Whether a part lives here; where it is on its way, the answer comes when it has gone.</summary>
    /// <param name="part"><see cref="Places.Part"/> of a key.</param>
    public async Task<bool> Keeps(string part)
    {
        var places = map.Fresh();
        if (map.Me.Equals(places.Of(part)))
        {
            return true;
        }

        if (_left.TryGetValue(part, out var leaving))
        {
            await Task.WhenAny(leaving, Task.Delay(LeavesWithin, clock));
            return false;
        }

        return !ReferenceEquals(_settled, places) && map.Past.Any(before => map.Me.Equals(before.Of(part)));
    }

    /// <summary>A part goes: nothing of it begins here any more.</summary>
    /// <returns>To be disposed of when it has gone.</returns>
    public Leaving Leave(string part)
    {
        var leaving = new Leaving();
        _left[part] = leaving.Gone;
        return leaving;
    }

    /// <summary>Everything has gone that by these places belongs elsewhere.</summary>
    public void Settled(Places places)
    {
        _settled = places;
        _left.Clear();
    }

    /// <summary>A part on its way.</summary>
    public sealed class Leaving : IDisposable
    {
        private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Gone => _gone.Task;

        /// <inheritdoc/>
        public void Dispose() => _gone.TrySetResult();
    }
}
