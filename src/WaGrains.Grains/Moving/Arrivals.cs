using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;

namespace WaGrains.Grains.Moving;

/// <summary>
/// Sees owners that have left this silo to their new homes: nothing is claimed here any more, and whoever has a queue
/// is told to look at it there, because the wheel that would have woken him is this silo's.
/// </summary>
public sealed class Arrivals(IOwners owners, SiloView view, IHintCarrier hints, TimeProvider clock)
{
    /// <summary>Longer than an owner takes to come to life anywhere; then the others need not wait for it.</summary>
    private static readonly TimeSpan ArrivesWithin = TimeSpan.FromSeconds(5);

    /// <summary>Returns when all of them work again, or it has been waited for long enough.</summary>
    public Task Of(IReadOnlyList<OwnerKey> gone, CancellationToken cancel)
    {
        foreach (var owner in gone)
        {
            view.Left(owner);
        }

        return Task.WhenAll(gone.Where(HasQueue).Select(owner => Arrive(owner, cancel)));
    }

    private static bool HasQueue(OwnerKey owner) =>
        owner.Kind is OwnerKind.PhoneNumber or OwnerKind.Team or OwnerKind.BulkSend or OwnerKind.Portfolio;

    private async Task Arrive(OwnerKey owner, CancellationToken cancel)
    {
        try
        {
            await owners.Ask(owner, Wake.Message, cancel).WaitAsync(ArrivesWithin, clock, cancel);
        }
        catch (Exception failure) when (
            failure is OwnerUnavailableException or OwnerFailedException or TimeoutException
            or OperationCanceledException)
        {
            hints.Carry(new Tell(owner, Wake.Message));
        }
    }
}
