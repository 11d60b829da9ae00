using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Turns;
using WaGrains.Grains.Moving;

namespace WaGrains.Grains;

/// <summary>What every owner needs to take its seat on a silo.</summary>
public sealed class Seats(OwnerLoader loader, Staging staging, LocalGrains here, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _loads = new(Limits.LoadsInFlightMax);

    /// <summary>Who lives on this silo.</summary>
    public LocalGrains Here => here;

    /// <summary>The seat of an owner, empty.</summary>
    public OwnerSeat For(OwnerKey owner) => new(owner, loader, staging, clock);

    /// <summary>Loads an owner through the admission gate: when thousands wake at once, the database sees only so
    /// many.</summary>
    public async Task Warm(OwnerSeat seat, CancellationToken cancel)
    {
        await _loads.WaitAsync(cancel);
        try
        {
            await seat.Warm(cancel);
        }
        finally
        {
            _loads.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _loads.Dispose();
}

/// <summary>
/// The plug between Orleans and an owner's turns. Reentrant: while one turn waits for its commit the next is decided,
/// and nothing is decided after the wait (MUST T1).
/// </summary>
public abstract class OwnerGrain(OwnerKind kind, Seats seats) : Grain, IOwnerGrain
{
    private OwnerSeat? _seat;
    private LocalSeat? _here;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _seat = seats.For(OwnerKey.Parse(kind, this.GetPrimaryKeyString()));
        await seats.Warm(_seat, cancellationToken);
        _here = new LocalSeat(((IGrainBase)this).GrainContext, _seat);
        seats.Here.Add(_seat.Owner, _here);
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_here is { } here)
        {
            seats.Here.Remove(_seat!.Owner, here);
            await here.Close().WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<Reply> Ask(OwnerMessage message) => _seat!.Ask(message, CancellationToken.None);
}
