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
        catch (Exception failure) when (failure is TimeoutException or SiloUnavailableException or OrleansMessageRejectionException)
        {
            throw new OwnerUnavailableException("its silo does not answer", failure);
        }
    }

    private IOwnerGrain Grain(OwnerKey owner) => owner.Kind switch
    {
        OwnerKind.Tenant => grains.GetGrain<ITenantGrain>(owner.Path),
        OwnerKind.PhoneNumber => grains.GetGrain<IPhoneNumberGrain>(owner.Path),
        OwnerKind.Conversation => grains.GetGrain<IConversationGrain>(owner.Path),
        OwnerKind.Team => grains.GetGrain<ITeamGrain>(owner.Path),
        OwnerKind.Agent => grains.GetGrain<IAgentGrain>(owner.Path),
        OwnerKind.Contacts => throw new InvalidOperationException("a directory of contacts takes no messages"),
    };
}
