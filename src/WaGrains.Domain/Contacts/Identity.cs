using WaGrains.Domain.Messaging;

namespace WaGrains.Domain.Contacts;

/// <summary>One name by which WhatsApp knows a person. Unique per tenant; a contact has several, and they move between
/// contacts.</summary>
/// <param name="Kind">What sort of name it is.</param>
/// <param name="Value">The canonical value: a phone as the digits <see cref="NationalVariants"/> settles on, an id as
/// Meta wrote it.</param>
public readonly record struct Identity(IdentityKind Kind, string Value);

/// <summary>The sorts of identity.</summary>
public enum IdentityKind
{
    /// <summary>A phone number, E.164 digits without the plus.</summary>
    Phone = 1,

    /// <summary>Meta's business-scoped user id, present since April 2026 also where the phone is hidden.</summary>
    UserId = 2,
}

/// <summary>What one webhook item says of who the person is; any part may be missing.</summary>
/// <param name="Phone">Digits as Meta wrote them (<c>wa_id</c>, <c>from</c> or <c>recipient_id</c>).</param>
/// <param name="UserId">The business-scoped user id.</param>
/// <param name="Username">The public user name, without the at sign; not an identity, it can change hands.</param>
/// <param name="ProfileName">The name the person shows.</param>
public sealed record PersonNames(string? Phone, string? UserId, string? Username, string? ProfileName)
{
    /// <summary>What is known of somebody who is written to before anything was heard of them.</summary>
    public static PersonNames Of(Recipient to) => new(to.Phone, to.UserId, null, null);
}
