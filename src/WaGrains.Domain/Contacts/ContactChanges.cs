using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Contacts;

/// <summary>Adds a person. A row under this id aborts the turn.</summary>
public sealed record ContactAdded(
    TenantId Tenant, ContactId Contact, string? ProfileName, string? Username, DateTimeOffset At) : Change;

/// <summary>Names a person by one more identity. An identity that already belongs to anybody aborts the turn: read
/// again and decide again.</summary>
public sealed record IdentityAdded(TenantId Tenant, Identity Identity, ContactId Contact) : Change;

/// <summary>Moves an identity to another person; it must still belong to <paramref name="From"/>, or the turn
/// aborts.</summary>
public sealed record IdentityMoved(TenantId Tenant, Identity Identity, ContactId From, ContactId To) : Change;

/// <summary>Frees an identity: its next user is somebody else. One that belongs to nobody, or to another than
/// <paramref name="From"/>, is left alone.</summary>
public sealed record IdentityReleased(TenantId Tenant, Identity Identity, ContactId From) : Change;

/// <summary>
/// Two contacts are one person: the younger becomes an alias of the older, and all its identities become the older's.
/// The row stays, and a merge whose <see cref="ContactMergeDone"/> is missing is taken up again by recovery. A contact
/// that is already merged aborts the turn.
/// </summary>
public sealed record ContactMerged(TenantId Tenant, ContactId From, ContactId Into, DateTimeOffset At) : Change;

/// <summary>All conversations of a merged contact have moved.</summary>
public sealed record ContactMergeDone(TenantId Tenant, ContactId From) : Change;
