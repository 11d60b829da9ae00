using WaGrains.Domain.Contacts;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Writes contacts, their identities and merges.</summary>
internal sealed class SqliteContactWriter(SqliteLink link)
{
    public Obstacle? Add(ContactAdded added)
    {
        var changed = link.Statement("""
                INSERT INTO contact (tenant, id, profile_name, username, at)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .Set(added.Tenant.Value)
            .Set(added.Contact.Value)
            .Set(added.ProfileName)
            .Set(added.Username)
            .Set(Moment.Micros(added.At))
            .Run();
        return Settle(changed, Table.Contact);
    }

    public Obstacle? Add(IdentityAdded added)
    {
        var changed = link
            .Statement("INSERT INTO identity (tenant, kind, value, contact) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .Set(added.Tenant.Value)
            .Set((long)added.Identity.Kind)
            .Set(added.Identity.Value)
            .Set(added.Contact.Value)
            .Run();
        return Settle(changed, Table.Identity);
    }

    public Obstacle? Move(IdentityMoved moved)
    {
        var changed = link
            .Statement("UPDATE identity SET contact = ? WHERE tenant = ? AND kind = ? AND value = ? AND contact = ?")
            .Set(moved.To.Value)
            .Set(moved.Tenant.Value)
            .Set((long)moved.Identity.Kind)
            .Set(moved.Identity.Value)
            .Set(moved.From.Value)
            .Run();
        return Settle(changed, Table.Identity);
    }

    public Obstacle? Release(IdentityReleased released)
    {
        link.Statement("DELETE FROM identity WHERE tenant = ? AND kind = ? AND value = ? AND contact = ?")
            .Set(released.Tenant.Value)
            .Set((long)released.Identity.Kind)
            .Set(released.Identity.Value)
            .Set(released.From.Value)
            .Run();
        return null;
    }

    public Obstacle? Merge(ContactMerged merged)
    {
        var changed = link.Statement("""
                UPDATE contact SET merged_into = ?1, merged_at = ?2
                WHERE tenant = ?3 AND id = ?4 AND id <> ?1 AND merged_into IS NULL AND EXISTS (
                    SELECT 1 FROM contact AS older
                    WHERE older.tenant = ?3 AND older.id = ?1 AND older.merged_into IS NULL)
                """)
            .Set(merged.Into.Value)
            .Set(Moment.Micros(merged.At))
            .Set(merged.Tenant.Value)
            .Set(merged.From.Value)
            .Run();
        if (changed == 1)
        {
            link.Statement("UPDATE identity SET contact = ? WHERE tenant = ? AND contact = ?")
                .Set(merged.Into.Value)
                .Set(merged.Tenant.Value)
                .Set(merged.From.Value)
                .Run();
        }

        return Settle(changed, Table.Contact);
    }

    public Obstacle? MergeDone(ContactMergeDone done)
    {
        link.Statement("UPDATE contact SET merge_done = 1 WHERE tenant = ? AND id = ? AND merged_into IS NOT NULL")
            .Set(done.Tenant.Value)
            .Set(done.From.Value)
            .Run();
        return null;
    }

    private static Obstacle? Settle(int changed, string table) => changed == 1 ? null : Obstacle.Conflict(table);
}
