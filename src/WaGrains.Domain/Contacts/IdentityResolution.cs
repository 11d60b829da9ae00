using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Contacts;

/// <summary>
/// Who it is: pure decisions over the identity rows of one tenant. The caller reads the rows of the identities named
/// (and may add the other rows of the contacts they lead to, see <see cref="Resolve"/>), decides, and commits under the
/// unique key (tenant, identity); on a conflict it reads and decides again.
/// </summary>
public static class IdentityResolution
{
    /// <summary>The identities in a webhook item, the user id first: it names a person, a phone number is only lent.
    /// Empty if none is usable.</summary>
    public static IReadOnlyList<Identity> IdentitiesOf(PersonNames names)
    {
        var identities = new List<Identity>(2);
        if (!string.IsNullOrEmpty(names.UserId))
        {
            identities.Add(new Identity(IdentityKind.UserId, names.UserId));
        }

        if (NationalVariants.TryCanonical(names.Phone, out var phone))
        {
            identities.Add(new Identity(IdentityKind.Phone, phone));
        }

        return identities;
    }

    /// <summary>
    /// Whose an item is. Identities that are new join the contact the others name; where two contacts are named they
    /// are one person, and the older, that is the smaller id, absorbs the other. Where <paramref name="known"/> shows
    /// that the phone's contact has another user id than the one named, the number has changed hands: it moves, and
    /// nobody is merged.
    /// </summary>
    /// <param name="identities">From <see cref="IdentitiesOf"/>: at least one, at most one of each kind.</param>
    /// <param name="known">The rows of these identities, in any order; optionally all rows of the contacts
    /// found.</param>
    /// <param name="fresh">The id of the contact, should one be created.</param>
    /// <exception cref="ArgumentException">There is no identity: such an item belongs to nobody, and is kept
    /// raw.</exception>
    public static IdentityDecision Resolve(
        IReadOnlyList<Identity> identities, IReadOnlyCollection<KnownIdentity> known, ContactId fresh)
    {
        if (identities.Count == 0)
        {
            throw new ArgumentException("An item without any identity belongs to nobody.", nameof(identities));
        }

        var voters = identities.Where(identity => !HasChangedHands(identity, identities, known));
        return Decide(Owners(voters, known), identities, [], known, fresh);
    }

    /// <summary>
    /// A person has another phone number, or Meta has given them another user id (system messages
    /// <c>user_changed_number</c> and
    /// <c>user_changed_user_id</c>, webhook field <c>user_id_update</c>): the new identity moves to the person's
    /// contact, from whoever had it, and the old one is released, for a phone number is given to somebody else one day.
    /// Repeating it changes nothing.
    /// </summary>
    /// <param name="old">The identity that ends.</param>
    /// <param name="current">The identity that begins, of the same kind.</param>
    /// <param name="others">What else the item names of the person; may be empty.</param>
    /// <param name="known">The rows of all of these.</param>
    /// <param name="fresh">The id of the contact, should one be created.</param>
    /// <exception cref="ArgumentException">The two are of different kinds.</exception>
    public static IdentityDecision Replace(
        Identity old,
        Identity current,
        IReadOnlyList<Identity> others,
        IReadOnlyCollection<KnownIdentity> known,
        ContactId fresh)
    {
        if (old.Kind != current.Kind)
        {
            throw new ArgumentException("An identity is replaced by one of its kind.", nameof(current));
        }

        // Once the old name is gone, a repeat finds the person by the others or by the new name.
        var owners = Owners([old, .. others.Where(other => other != current)], known);
        owners = owners.Count > 0 ? owners : Owners([current], known);
        Identity[] wanted = [.. others.Where(other => other != old).Append(current).Distinct()];
        Identity[] releases = old != current && OwnerOf(old, known) is not null ? [old] : [];
        return Decide(owners, wanted, releases, known, fresh);
    }

    private static IdentityDecision Decide(
        List<ContactId> owners,
        IReadOnlyList<Identity> wanted,
        IReadOnlyList<Identity> releases,
        IReadOnlyCollection<KnownIdentity> known,
        ContactId fresh)
    {
        if (owners.Count == 0)
        {
            return new IdentityDecision(fresh, ContactOrigin.Created, null, wanted, releases);
        }

        var contact = owners[0];
        ContactId? absorbed = owners.Count > 1 ? owners[1] : null;
        bool IsSettled(Identity identity) =>
            OwnerOf(identity, known) is { } owner && (owner == contact || owner == absorbed);
        return new IdentityDecision(
            contact, ContactOrigin.Known, absorbed, [.. wanted.Where(identity => !IsSettled(identity))], releases);
    }

    // A phone whose contact is known by another user id than the one named beside it now.
    private static bool HasChangedHands(
        Identity identity, IReadOnlyList<Identity> identities, IReadOnlyCollection<KnownIdentity> known) =>
        identity.Kind == IdentityKind.Phone
        && identities.FirstOrDefault(other => other.Kind == IdentityKind.UserId) is { Kind: IdentityKind.UserId } user
        && OwnerOf(identity, known) is { } owner
        && OwnerOf(user, known) != owner
        && known.Any(row => row.Contact == owner && row.Identity.Kind == IdentityKind.UserId);

    private static List<ContactId> Owners(IEnumerable<Identity> identities, IReadOnlyCollection<KnownIdentity> known) =>
    [
        .. identities.Select(identity => OwnerOf(identity, known)).OfType<ContactId>().Distinct().Order(),
    ];

    private static ContactId? OwnerOf(Identity identity, IReadOnlyCollection<KnownIdentity> known) =>
        known.FirstOrDefault(row => row.Identity == identity)?.Contact;
}
