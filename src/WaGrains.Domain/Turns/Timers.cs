using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Turns;

/// <summary>Sets or moves one durable timer of an owner: one row per (owner, name).</summary>
public sealed record TimerSet(OwnerKey Owner, string Name, DateTimeOffset DueAt) : Change;

/// <summary>Removes a durable timer, whether it stands or not.</summary>
public sealed record TimerCleared(OwnerKey Owner, string Name) : Change;

/// <summary>An input that failed twice is set aside here, so that its owner can go on.</summary>
/// <param name="Owner">Who could not take it.</param>
/// <param name="Message">The input's type.</param>
/// <param name="Error">Type and place of the exception; never a customer's words.</param>
/// <param name="Payload">The input as JSON, for repair.</param>
/// <param name="At">When it failed the second time.</param>
public sealed record DeadLettered(
    OwnerKey Owner, string Message, string Error, ReadOnlyMemory<byte> Payload, DateTimeOffset At) : Change;
