using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Owners;

namespace WaGrains.Simulation.Tests.Silos;

/// <summary>An owner's seat, and how much is under way at it.</summary>
internal sealed class Seat(OwnerKey owner, OwnerSeat place)
{
    private int _underWay;

    public OwnerKey Owner => owner;

    public OwnerSeat Place => place;

    public bool IsIdle => _underWay == 0;

    public async Task<Reply> Ask(OwnerMessage message)
    {
        _underWay++;
        try
        {
            return await place.Ask(message, CancellationToken.None);
        }
        finally
        {
            _underWay--;
        }
    }
}
