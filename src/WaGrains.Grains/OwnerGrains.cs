using Orleans.Concurrency;
using Orleans.GrainDirectory;
using WaGrains.Domain.Ids;
using WaGrains.Grains.Placement;

namespace WaGrains.Grains;

/// <summary>A conversation; it lives where its number lives, and goes after minutes of silence.</summary>
[Reentrant]
[ByNumber]
[GrainDirectory(HomeDirectory.Name)]
[CollectionAgeLimit(Minutes = 10)]
internal sealed class ConversationGrain(Seats seats) : OwnerGrain(OwnerKind.Conversation, seats), IConversationGrain;

/// <summary>A number; it stays while its silo does.</summary>
[Reentrant]
[ByNumber]
[GrainDirectory(HomeDirectory.Name)]
[CollectionAgeLimit(AlwaysActive = true)]
internal sealed class PhoneNumberGrain(Seats seats) : OwnerGrain(OwnerKind.PhoneNumber, seats), IPhoneNumberGrain;

/// <summary>A team.</summary>
[Reentrant]
[ByNumber]
[GrainDirectory(HomeDirectory.Name)]
[CollectionAgeLimit(Minutes = 60)]
internal sealed class TeamGrain(Seats seats) : OwnerGrain(OwnerKind.Team, seats), ITeamGrain;

/// <summary>An agent.</summary>
[Reentrant]
[ByNumber]
[GrainDirectory(HomeDirectory.Name)]
[CollectionAgeLimit(Minutes = 60)]
internal sealed class AgentGrain(Seats seats) : OwnerGrain(OwnerKind.Agent, seats), IAgentGrain;

/// <summary>A bulk send.</summary>
[Reentrant]
[ByNumber]
[GrainDirectory(HomeDirectory.Name)]
[CollectionAgeLimit(Minutes = 60)]
internal sealed class BulkSendGrain(Seats seats) : OwnerGrain(OwnerKind.BulkSend, seats), IBulkSendGrain;

/// <summary>A portfolio.</summary>
[Reentrant]
[ByNumber]
[GrainDirectory(HomeDirectory.Name)]
[CollectionAgeLimit(Minutes = 60)]
internal sealed class PortfolioGrain(Seats seats) : OwnerGrain(OwnerKind.Portfolio, seats), IPortfolioGrain;

/// <summary>A tenant.</summary>
[Reentrant]
[ByNumber]
[GrainDirectory(HomeDirectory.Name)]
[CollectionAgeLimit(Minutes = 60)]
internal sealed class TenantGrain(Seats seats) : OwnerGrain(OwnerKind.Tenant, seats), ITenantGrain;
