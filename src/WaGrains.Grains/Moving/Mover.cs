using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using WaGrains.Domain.Ids;
using WaGrains.Grains.Placement;

namespace WaGrains.Grains.Moving;

/// <summary>
/// Brings owners home: whoever lives here and belongs elsewhere goes there, a number and its conversations together, a
/// few numbers at a time. An activation ends only when its calls are answered, so what it staged has committed by then;
/// calls that come meanwhile wait and follow it.
/// </summary>
public sealed partial class Mover(
    LocalGrains grains, ClusterMap map, Keeping keeping, Arrivals arrivals, ILogger<Mover> log)
    : IDisposable
{
    /// <summary>Numbers (with their conversations) on their way at once: their loads at the other side pass its
    /// admission gate in a few milliseconds each.</summary>
    private const int GroupsAtOnce = 8;

    /// <summary>An activation that has not ended by then has a call that hangs; it ends with the silo.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(10);

    /// <summary>Homing and a drain both bring home: each move is made by one of them.</summary>
    private readonly SemaphoreSlim _one = new(1, 1);

    private long _moved;

    /// <summary>Owners that were brought home so far.</summary>
    public long Moved => Volatile.Read(ref _moved);

    /// <summary>Moves everybody who belongs elsewhere; returns when they have gone.</summary>
    /// <returns>How many went.</returns>
    public async Task<int> BringHome(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            return await MoveAll(cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<int> MoveAll(CancellationToken cancel)
    {
        var places = map.Fresh();
        var strangers = grains.All
            .Where(grain => places.Of(grain.Key) is { } home && !home.Equals(map.Me))
            .GroupBy(grain => Places.Part(grain.Key.Path))
            .ToList();
        var gone = 0;
        var next = 0;
        for (var size = 1; next < strangers.Count; size = Math.Min(size * 2, GroupsAtOnce))
        {
            cancel.ThrowIfCancellationRequested();

            // One first, and the next when it serves again: a silo that has only just started pays for its first
            // everything, and one number waits for it.
            var moved = await Task.WhenAll(strangers.Skip(next).Take(size).Select(group => Move(group, cancel)));
            gone += moved.Sum();
            next += size;
        }

        keeping.Settled(places);
        if (gone > 0)
        {
            Interlocked.Add(ref _moved, gone);
            WentHome(gone, strangers.Count);
        }

        return gone;
    }

    private async Task<int> Move(IGrouping<string, KeyValuePair<OwnerKey, LocalSeat>> group, CancellationToken cancel)
    {
        List<OwnerKey> gone;
        using (keeping.Leave(group.Key))
        {
            var moved = await Task.WhenAll(group.Select(async grain => (grain.Key, Went: await Move(grain, cancel))));
            gone = [.. moved.Where(grain => grain.Went).Select(grain => grain.Key)];
        }

        await arrivals.Of(gone, cancel);
        return gone.Count;
    }

    /// <summary>Ends an owner here; it comes to life at its new home with its next message.</summary>
    private static async Task<bool> Move(KeyValuePair<OwnerKey, LocalSeat> grain, CancellationToken cancel)
    {
        var context = grain.Value.Context;
        context.Deactivate(new DeactivationReason(
            DeactivationReasonCode.ApplicationRequested, "its number lives elsewhere"), cancel);
        try
        {
            await context.Deactivated.WaitAsync(EndsWithin, cancel);
        }
        catch (TimeoutException)
        {
            return false;
        }

        return true;
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Information,
        Message = "{Owners} owners of {Groups} numbers went home")]
    private partial void WentHome(int owners, int groups);
}
