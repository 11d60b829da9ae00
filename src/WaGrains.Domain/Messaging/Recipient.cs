namespace WaGrains.Domain.Messaging;

/// <summary>Whom Meta is to deliver to: a phone number, or a business-scoped user id where the phone is hidden. Exactly one is set.</summary>
/// <param name="Phone">E.164 digits without the plus.</param>
/// <param name="UserId">Business-scoped user id.</param>
public readonly record struct Recipient(string? Phone, string? UserId);
