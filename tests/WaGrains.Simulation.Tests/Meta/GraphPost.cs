using WaGrains.Domain.Messaging;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Simulation.Tests.Meta;

/// <summary>A call that has reached Meta's door.</summary>
/// <param name="Send">What the engine wanted.</param>
/// <param name="At">When its bytes arrived.</param>
/// <param name="Outcome">What Meta answered, read as the product reads it, whether or not that answer ever
/// arrives.</param>
/// <param name="OutvotedAt">When the silo that calls was declared dead; null while it is a member.</param>
internal sealed record GraphPost(
    SendToGraph Send, DateTimeOffset At, SendOutcome Outcome, DateTimeOffset? OutvotedAt);

/// <summary>A webhook that was answered 200.</summary>
/// <param name="Tenant">Whose app it was meant for.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Poisoned">Owners that were given something they could not take; as the world's books name the dead
/// letter.</param>
internal sealed record Acknowledgement(TenantId Tenant, ReadOnlyMemory<byte> Body, IReadOnlyList<OwnerKey> Poisoned);
