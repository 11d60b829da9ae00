using WaGrains.Domain.Turns;

namespace WaGrains.Grains;

/// <summary>One owner behind Orleans; its key is <see cref="Domain.Ids.OwnerKey.Path"/>.</summary>
[Alias("wagrains.owner")]
public interface IOwnerGrain : IGrainWithStringKey
{
    /// <summary>Gives the owner a message; answers once the turn is durable. See
    /// <see cref="Engine.Owners.IOwners.Ask"/>.</summary>
    [Alias("ask")]
    [ResponseTimeout("00:00:20")]
    Task<Reply> Ask(OwnerMessage message);
}

/// <summary>A conversation.</summary>
[Alias("wagrains.conversation")]
public interface IConversationGrain : IOwnerGrain;

/// <summary>A business phone number and its send queue.</summary>
[Alias("wagrains.number")]
public interface IPhoneNumberGrain : IOwnerGrain;

/// <summary>A team and its waiting queue.</summary>
[Alias("wagrains.team")]
public interface ITeamGrain : IOwnerGrain;

/// <summary>An agent.</summary>
[Alias("wagrains.agent")]
public interface IAgentGrain : IOwnerGrain;

/// <summary>One message to many recipients.</summary>
[Alias("wagrains.bulk_send")]
public interface IBulkSendGrain : IOwnerGrain;

/// <summary>A business portfolio and the budget its numbers share.</summary>
[Alias("wagrains.portfolio")]
public interface IPortfolioGrain : IOwnerGrain;

/// <summary>A tenant's configuration.</summary>
[Alias("wagrains.tenant")]
public interface ITenantGrain : IOwnerGrain;
