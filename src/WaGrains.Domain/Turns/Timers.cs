using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Turns;

/// <summary>Sets or moves one durable timer of an owner: one row per (owner, name).</summary>
public sealed record TimerSet(OwnerKey Owner, string Name, DateTimeOffset DueAt) : Change;

/// <summary>Removes a durable timer, whether it stands or not.</summary>
public sealed record TimerCleared(OwnerKey Owner, string Name) : Change;

/// <summary>Keeps the answer of a command under its caller's key, so that a repeat finds it. A second row under one key aborts its turn.</summary>
/// <param name="Tenant">Whose key it is.</param>
/// <param name="Key">The caller's key, up to 255 characters.</param>
/// <param name="BodyHash">Hash of method, path and body: the same key with another body is refused.</param>
/// <param name="Answer">The answer, refusals too.</param>
/// <param name="At">When; kept for seven days.</param>
public sealed record IdempotencyKept(TenantId Tenant, string Key, UInt128 BodyHash, Reply Answer, DateTimeOffset At) : Change;

/// <summary>An input that failed twice is set aside here, so that its owner can go on.</summary>
/// <param name="Owner">Who could not take it.</param>
/// <param name="Message">The input's type.</param>
/// <param name="Error">Type and place of the exception; never a customer's words.</param>
/// <param name="Payload">The input as JSON, for repair.</param>
/// <param name="At">When it failed the second time.</param>
public sealed record DeadLettered(OwnerKey Owner, string Message, string Error, ReadOnlyMemory<byte> Payload, DateTimeOffset At) : Change;
