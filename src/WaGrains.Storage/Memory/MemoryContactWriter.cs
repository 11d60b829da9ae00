using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>Writes contacts, their identities and merges.</summary>
internal sealed class MemoryContactWriter(MemoryTables tables)
{
    public Obstacle? Add(ContactAdded added)
    {
        var cell = new ContactCell(added with { At = Moment.Cut(added.At) }, null, 0, Done: false);
        return tables.Contacts.Add((added.Tenant, added.Contact.Value), cell) ? null : Obstacle.Conflict(Table.Contact);
    }

    public Obstacle? Add(IdentityAdded added)
    {
        if (tables.Identities.Has((added.Tenant, added.Identity.Kind, added.Identity.Value)))
        {
            return Obstacle.Conflict(Table.Identity);
        }

        Bind(added.Tenant, added.Identity, added.Contact);
        return null;
    }

    public Obstacle? Move(IdentityMoved moved)
    {
        if (!Belongs(moved.Tenant, moved.Identity, moved.From))
        {
            return Obstacle.Conflict(Table.Identity);
        }

        Bind(moved.Tenant, moved.Identity, moved.To);
        return null;
    }

    public Obstacle? Release(IdentityReleased released)
    {
        if (Belongs(released.Tenant, released.Identity, released.From))
        {
            Free(released.Tenant, released.Identity);
        }

        return null;
    }

    public Obstacle? Merge(ContactMerged merged)
    {
        var key = (merged.Tenant, merged.From.Value);
        if (tables.Contacts.Find(key) is not { Into: null } cell
            || tables.Contacts.Find((merged.Tenant, merged.Into.Value)) is not { Into: null }
            || merged.From == merged.Into)
        {
            return Obstacle.Conflict(Table.Contact);
        }

        tables.Contacts.Set(key, cell with { Into = merged.Into, MergedAt = Moment.Micros(merged.At) });
        foreach (var identity in MemoryDirectoryReads.Of(tables, merged.Tenant, merged.From))
        {
            Bind(merged.Tenant, identity, merged.Into);
        }

        return null;
    }

    public Obstacle? MergeDone(ContactMergeDone done)
    {
        var key = (done.Tenant, done.From.Value);
        if (tables.Contacts.Find(key) is { Into: not null } cell)
        {
            tables.Contacts.Set(key, cell with { Done = true });
        }

        return null;
    }

    private bool Belongs(TenantId tenant, Identity identity, ContactId contact) =>
        tables.Identities.TryGet((tenant, identity.Kind, identity.Value), out var holder) && holder == contact;

    private void Bind(TenantId tenant, Identity identity, ContactId contact)
    {
        Free(tenant, identity);
        tables.Identities.Set((tenant, identity.Kind, identity.Value), contact);
        tables.IdentitiesOf.Set((tenant, contact.Value, identity.Kind, identity.Value), true);
    }

    private void Free(TenantId tenant, Identity identity)
    {
        if (tables.Identities.TryGet((tenant, identity.Kind, identity.Value), out var holder))
        {
            tables.Identities.Remove((tenant, identity.Kind, identity.Value));
            tables.IdentitiesOf.Remove((tenant, holder.Value, identity.Kind, identity.Value));
        }
    }
}
