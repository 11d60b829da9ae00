using System.Collections.Concurrent;
using Orleans.Runtime;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Owners;

namespace WaGrains.Grains;

/// <summary>Finds owners through Orleans and turns its failures into ours.</summary>
public sealed class OrleansOwners(IGrainFactory grains) : IOwners
{
    /// <summary>Aliases followed before something must be wrong.</summary>
    private const int MovesMax = 4;

    private readonly ConcurrentDictionary<OwnerKind, (GrainType Grain, GrainInterfaceType Interface)> _addresses =
        new();

    /// <inheritdoc/>
    public async Task<Reply> Ask(OwnerKey owner, OwnerMessage message, CancellationToken cancel)
    {
        var at = owner;
        for (var move = 0; move < MovesMax; move++)
        {
            var reply = await AskThere(at, message, cancel);
            if (reply is not Moved moved)
            {
                return reply;
            }

            at = moved.To;
        }

        throw new OwnerFailedException($"{owner.Kind} goes by too many names");
    }

    private async Task<Reply> AskThere(OwnerKey owner, OwnerMessage message, CancellationToken cancel)
    {
        try
        {
            return await Grain(owner).Ask(message).WaitAsync(cancel);
        }
        catch (Exception failure) when (failure is not (
            OwnerUnavailableException or OwnerFailedException or OperationCanceledException))
        {
            // A silo that does not answer, or an owner that cannot be read now: nothing is known to have happened.
            throw new OwnerUnavailableException("its silo or its store does not answer", failure);
        }
    }

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
            OwnerKind.Contacts => throw new InvalidOperationException("a directory of contacts takes no messages"),
        };
        var reference = (GrainReference)any;
        return (reference.GrainId.Type, reference.InterfaceType);
    }
}
