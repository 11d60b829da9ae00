namespace WaGrains.Domain.Messaging;

/// <summary>
/// Whom a message goes to: by phone where we know it, since Meta prefers it when both are given, else by user id.
/// </summary>
/// <param name="Phone">E.164 digits without the plus, or null.</param>
/// <param name="UserId">The business-scoped user id, or null. One of the two is needed.</param>
public readonly record struct Recipient(string? Phone, string? UserId)
{
    /// <summary>Not who it is, so that no log line can carry it by accident.</summary>
    public override string ToString() => nameof(Recipient);
}
