using System.Text.Json.Serialization;
using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Contacts;

/// <summary>A row that exists: this identity belongs to this contact.</summary>
public sealed record KnownIdentity(Identity Identity, ContactId Contact);

/// <summary>Whose a webhook item is, and what the identity rows must become for it; committed as one.</summary>
/// <param name="Contact">The contact to go on with; after a merge the one that survives.</param>
/// <param name="Origin">Whether that contact exists already.</param>
/// <param name="Absorbs">The contact that is merged into it, with all of its identities; null for none.</param>
/// <param name="Binds">Identities that point to the contact from now on, whether they pointed to another one or to
/// none.</param>
/// <param name="Releases">Identities that point to nobody from now on: their next user is somebody else.</param>
public sealed record IdentityDecision(
    ContactId Contact,
    ContactOrigin Origin,
    ContactId? Absorbs,
    IReadOnlyList<Identity> Binds,
    IReadOnlyList<Identity> Releases)
{
    /// <summary>Whether there is anything to commit.</summary>
    [JsonIgnore]
    public bool ChangesAnything =>
        Origin == ContactOrigin.Created || Absorbs is not null || Binds.Count > 0 || Releases.Count > 0;
}

/// <summary>Where a contact comes from.</summary>
public enum ContactOrigin
{
    /// <summary>It was known.</summary>
    Known = 1,

    /// <summary>It begins with this decision.</summary>
    Created = 2,
}
