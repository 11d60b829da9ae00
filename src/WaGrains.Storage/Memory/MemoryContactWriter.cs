using WaGrains.Domain.Contacts;
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

    public Obstacle? Add(IdentityAdded added) =>
        tables.Identities.Add((added.Tenant, added.Identity.Kind, added.Identity.Value), added.Contact)
            ? null
            : Obstacle.Conflict(Table.Identity);

    public Obstacle? Move(IdentityMoved moved)
    {
        var key = (moved.Tenant, moved.Identity.Kind, moved.Identity.Value);
        if (!tables.Identities.TryGet(key, out var holder) || holder != moved.From)
        {
            return Obstacle.Conflict(Table.Identity);
        }

        tables.Identities.Set(key, moved.To);
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
}
