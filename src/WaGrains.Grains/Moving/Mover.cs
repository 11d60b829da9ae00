using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;
using WaGrains.Grains.Placement;

namespace WaGrains.Grains.Moving;

/// <summary>
/// Brings owners home: whoever lives here and belongs elsewhere goes there, a number and its conversations together, a
/// few numbers at a time. An activation ends only when its calls are answered, so what it staged has committed by then;
/// calls that come meanwhile wait and follow it.
/// </summary>
public sealed partial class Mover(
    LocalGrains grains, ClusterMap map, Keeping keeping, SiloView view, IHintCarrier hints, ILogger<Mover> log)
{
    /// <summary>Numbers (with their conversations) on their way at once: their loads at the other side pass its
    /// admission gate in a few milliseconds each.</summary>
    private const int GroupsAtOnce = 32;

    /// <summary>An activation that has not ended by then has a call that hangs; it ends with the silo.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(10);

    private long _moved;

    /// <summary>Owners that were brought home so far.</summary>
    public long Moved => Volatile.Read(ref _moved);

    /// <summary>Moves everybody who belongs elsewhere; returns when they have gone.</summary>
    /// <returns>How many went.</returns>
    public async Task<int> BringHome(CancellationToken cancel)
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

            // One first: a silo that has only just started pays for its first everything, and one number waits for it.
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
        using var leaving = keeping.Leave(group.Key);
        var moved = await Task.WhenAll(group.Select(grain => Move(grain, cancel)));
        return moved.Count(went => went);
    }

    /// <summary>Ends an owner here; it comes to life at its new home with its next message.</summary>
    private async Task<bool> Move(KeyValuePair<OwnerKey, LocalSeat> grain, CancellationToken cancel)
    {
        var (owner, context) = (grain.Key, grain.Value.Context);
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

        Forget(owner);
        return true;
    }

    /// <summary>Nothing is claimed here any more; and the wheel that would have woken it is this silo's, so its new
    /// home is told to look.</summary>
    private void Forget(OwnerKey owner)
    {
        view.Left(owner);
        if (owner.Kind is OwnerKind.PhoneNumber or OwnerKind.Team or OwnerKind.BulkSend or OwnerKind.Portfolio)
        {
            hints.Carry(new Tell(owner, Wake.Message));
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Information,
        Message = "{Owners} owners of {Groups} numbers went home")]
    private partial void WentHome(int owners, int groups);
}
