using WaGrains.Domain.Errors;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Stops;

/// <summary>Meta has refused something for the whole account, or has told that it will. A stop that is known already,
/// or was lifted since, changes nothing.</summary>
/// <param name="Stop">What is stopped.</param>
/// <param name="Alert">What people are told.</param>
public sealed record RaiseStop(SendStop Stop, ErrorAlert Alert) : TenantMessage;

/// <summary>Meta has told that what was stopped may be sent again; where nothing is stopped, nothing happens.</summary>
/// <param name="Scope">What.</param>
/// <param name="Account">The account.</param>
/// <param name="Template">The template's name, for <see cref="StopScope.Template"/>.</param>
/// <param name="Language">The template's language.</param>
/// <param name="Reason">Only a stop for this reason is lifted; null: any.</param>
public sealed record EndStop(StopScope Scope, string Account, string? Template, string? Language, string? Reason)
    : TenantMessage;

/// <summary>A person lifts a stop; refused where nothing of that id is stopped.</summary>
/// <param name="Id">The stop's id.</param>
/// <param name="Idempotency">The caller's key, if any.</param>
public sealed record LiftStop(string Id, IdempotencyKey? Idempotency) : TenantMessage;
