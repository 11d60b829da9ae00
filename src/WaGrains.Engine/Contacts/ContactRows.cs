using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Engine.Contacts;

/// <summary>The rows that carry out a decision about who somebody is.</summary>
public static class ContactRows
{
    /// <summary>The rows, in the order they must be written.</summary>
    /// <param name="tenant">Whose contacts.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="known">The rows it was decided on: where one has changed since, the commit fails.</param>
    /// <param name="names">What a new contact is called.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<Change> Of(
        TenantId tenant,
        IdentityDecision decision,
        IReadOnlyList<KnownIdentity> known,
        PersonNames names,
        DateTimeOffset now)
    {
        var rows = new List<Change>();
        if (decision.Origin == ContactOrigin.Created)
        {
            rows.Add(new ContactAdded(tenant, decision.Contact, names.ProfileName, names.Username, now));
        }

        foreach (var identity in decision.Releases)
        {
            if (OwnerOf(identity, known) is { } owner)
            {
                rows.Add(new IdentityReleased(tenant, identity, owner));
            }
        }

        // After the releases: a merge takes along whatever still points to the absorbed contact.
        if (decision.Absorbs is { } absorbed)
        {
            rows.Add(new ContactMerged(tenant, absorbed, decision.Contact, now));
        }

        foreach (var identity in decision.Binds)
        {
            rows.Add(OwnerOf(identity, known) is { } owner
                ? new IdentityMoved(tenant, identity, owner, decision.Contact)
                : new IdentityAdded(tenant, identity, decision.Contact));
        }

        return rows;
    }

    private static ContactId? OwnerOf(Identity identity, IReadOnlyList<KnownIdentity> known)
    {
        foreach (var row in known)
        {
            if (row.Identity == identity)
            {
                return row.Contact;
            }
        }

        return null;
    }
}
