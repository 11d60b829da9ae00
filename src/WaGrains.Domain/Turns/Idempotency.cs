using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Turns;

/// <summary>A caller's key for a write that must act once, with a hash of what it asked for.</summary>
public sealed record IdempotencyKey(string Key, UInt128 BodyHash);

/// <summary>Keeps the answer of a command under its caller's key, so that a repeat finds it. A second row under one key
/// aborts its turn.</summary>
/// <param name="Tenant">Whose key it is.</param>
/// <param name="Key">The caller's key, up to 255 characters.</param>
/// <param name="BodyHash">Hash of method, path and body: the same key with another body is refused.</param>
/// <param name="Answer">The answer, refusals too.</param>
/// <param name="At">When; kept for seven days.</param>
public sealed record IdempotencyKept(TenantId Tenant, string Key, UInt128 BodyHash, Reply Answer, DateTimeOffset At)
    : Change;
