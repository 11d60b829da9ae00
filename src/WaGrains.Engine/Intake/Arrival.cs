using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;

namespace WaGrains.Engine.Intake;

/// <summary>One thing Meta told a tenant, in the domain's words.</summary>
public abstract record Arrival;

/// <summary>A contact wrote to a number.</summary>
public sealed record InboundArrival(PhoneNumberState Number, PersonNames Person, InboundMessage Message) : Arrival;

/// <summary>A person answered from the WhatsApp Business app of a coexistence number.</summary>
public sealed record EchoArrival(PhoneNumberState Number, PersonNames Person, InboundMessage Message) : Arrival;

/// <summary>What became of a message.</summary>
public sealed record StatusArrival(PhoneNumberState Number, StatusUpdate Update, ReadOnlyMemory<byte> Payload)
    : Arrival;

/// <summary>A contact goes by another number or user id from now on.</summary>
public sealed record IdentityArrival(
    PhoneNumberState? Number, PersonNames Previous, PersonNames Current, InboundMessage? Message) : Arrival;

/// <summary>A contact used WhatsApp's own switch for offers.</summary>
public sealed record PreferenceArrival(PhoneNumberState Number, PersonNames Person, bool Wanted, DateTimeOffset At)
    : Arrival;

/// <summary>A number's standing has changed.</summary>
public sealed record QualityArrival(OwnerKey Number, QualityEvent Event, string Reason) : Arrival;

/// <summary>Meta has told what it takes from an account, and what not.</summary>
public sealed record StandingArrival(TenantMessage Message) : Arrival;

/// <summary>What no decision understands: kept byte for byte.</summary>
/// <param name="Field">The webhook's field.</param>
/// <param name="Reason">Stable snake_case word: why it is raw.</param>
/// <param name="Alert">Whether a person should look at it.</param>
/// <param name="Payload">The bytes.</param>
public sealed record RawArrival(string Field, string Reason, bool Alert, ReadOnlyMemory<byte> Payload) : Arrival;
