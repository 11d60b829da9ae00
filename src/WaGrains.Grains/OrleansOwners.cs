using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Owners;
using WaGrains.Grains.Moving;

namespace WaGrains.Grains;

/// <summary>Finds owners through Orleans and turns its failures into ours.</summary>
public sealed class OrleansOwners(IGrainFactory grains, LocalGrains here, TimeProvider clock) : IOwners
{
    /// <summary>For so long a caller is kept while the owner's silo comes or goes: longer than a vote-out takes,
    /// shorter than Meta waits. What is asked twice carries ids that make the second time harmless.</summary>
    private static readonly TimeSpan FindsWithin = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(200);

    /// <summary>Aliases followed before something must be wrong.</summary>
    private const int MovesMax = 4;

    private readonly ConcurrentDictionary<OwnerKind, (GrainType Grain, GrainInterfaceType Interface)> _addresses =
        new();

    /// <inheritdoc/>
    public Task<Reply> Ask(OwnerKey owner, OwnerMessage message, CancellationToken cancel) =>
        here.Find(owner)?.Ask(message, this, cancel) ?? Search(owner, message, null, cancel);

    /// <summary>Asks where the owner is now, as often as it takes.</summary>
    /// <param name="owner">Who is asked.</param>
    /// <param name="message">What.</param>
    /// <param name="first">How a first try has ended; null where there was none.</param>
    /// <param name="cancel">The caller has stopped waiting.</param>
    internal async Task<Reply> Search(
        OwnerKey owner, OwnerMessage message, Task<Reply>? first, CancellationToken cancel)
    {
        var (began, wait, moves) = (clock.GetTimestamp(), FirstWait, 0);
        while (true)
        {
            try
            {
                var asked = first ?? here.Find(owner)?.Ask(message, null, cancel)
                    ?? Grain(owner).Ask(message).WaitAsync(cancel);
                first = null;
                var reply = await asked;
                if (reply is not Moved moved)
                {
                    return reply;
                }

                owner = ++moves < MovesMax
                    ? moved.To
                    : throw new OwnerFailedException($"{owner.Kind} goes by too many names");
                continue;
            }
            catch (Exception failure) when (
                IsBetweenSilos(failure, cancel) && clock.GetElapsedTime(began) + wait < FindsWithin)
            {
                // Its silo leaves, has died, or is just being found: the next try goes where it lives then.
            }
            catch (Exception failure) when (
                failure is not (OwnerUnavailableException or OwnerFailedException) && !IsGivenUp(failure, cancel))
            {
                // A silo that does not answer, or an owner that cannot be read now: nothing is known to have happened.
                throw new OwnerUnavailableException("its silo or its store does not answer", failure);
            }

            await Task.Delay(wait, clock, cancel);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    /// <summary>What Orleans says where a silo has gone or a grain is on the move: it sends nothing again by itself. It
    /// cancels its own search for a grain whose directory goes with a silo.</summary>
    private static bool IsBetweenSilos(Exception failure, CancellationToken cancel) => failure is
        SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException
        or ClientNotAvailableException or OperationCanceledException && !IsGivenUp(failure, cancel);

    /// <summary>Whether it was this caller who stopped waiting.</summary>
    private static bool IsGivenUp(Exception failure, CancellationToken cancel) =>
        failure is OperationCanceledException && cancel.IsCancellationRequested;

    private IOwnerGrain Grain(OwnerKey owner)
    {
        var address = _addresses.GetOrAdd(owner.Kind, Address);
        return (IOwnerGrain)grains.GetGrain(GrainId.Create(address.Grain, owner.Path), address.Interface);
    }

    /// <summary>The types behind a kind: looked up once, because Orleans reflects over the interface at every
    /// look-up.</summary>
    private (GrainType Grain, GrainInterfaceType Interface) Address(OwnerKind kind)
    {
        IOwnerGrain any = kind switch
        {
            OwnerKind.Tenant => grains.GetGrain<ITenantGrain>("-"),
            OwnerKind.PhoneNumber => grains.GetGrain<IPhoneNumberGrain>("-"),
            OwnerKind.Conversation => grains.GetGrain<IConversationGrain>("-"),
            OwnerKind.Team => grains.GetGrain<ITeamGrain>("-"),
            OwnerKind.Agent => grains.GetGrain<IAgentGrain>("-"),
            OwnerKind.BulkSend => grains.GetGrain<IBulkSendGrain>("-"),
            OwnerKind.Portfolio => grains.GetGrain<IPortfolioGrain>("-"),
            OwnerKind.Contacts => throw new InvalidOperationException("a directory of contacts takes no messages"),
        };
        var reference = (GrainReference)any;
        return (reference.GrainId.Type, reference.InterfaceType);
    }
}
