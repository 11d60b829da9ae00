using WaGrains.Domain.Bulk;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Writes the recipients of bulk sends.</summary>
internal sealed class SqliteBulkWriter(SqliteLink link)
{
    public Obstacle? Add(BulkRecipientsAdded added)
    {
        foreach (var recipient in added.Recipients)
        {
            var changed = link.Statement("""
                    INSERT INTO bulk_recipient (tenant, send, position, recipient, variables) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """)
                .Set(added.Tenant.Value)
                .Set(added.Send.Value)
                .Set((long)recipient.Position)
                .Set(recipient.To)
                .Set(BulkColumns.Variables(recipient))
                .Run();
            if (changed != 1)
            {
                return Obstacle.Conflict(Table.BulkRecipient);
            }
        }

        return null;
    }

    public Obstacle? Settle(BulkRecipientSettled settled)
    {
        var changed = link.Statement("""
                UPDATE bulk_recipient SET outcome = ?, code = ?, message = ?
                WHERE tenant = ? AND send = ? AND position = ? AND outcome = 0
                """)
            .Set((long)(settled.Message is null ? BulkOutcome.Refused : BulkOutcome.Taken))
            .Set(settled.Code)
            .Set(BulkColumns.Message(settled))
            .Set(settled.Tenant.Value)
            .Set(settled.Origin.Send.Value)
            .Set((long)settled.Origin.Position)
            .Run();
        return changed == 1 ? null : Obstacle.Conflict(Table.BulkRecipient);
    }

    public Obstacle? Drop(BulkRecipientsDropped dropped)
    {
        link.Statement("""
                UPDATE bulk_recipient SET outcome = 3, code = ?
                WHERE tenant = ? AND send = ? AND position >= ? AND position < ? AND outcome = 0
                """)
            .Set(dropped.Code)
            .Set(dropped.Tenant.Value)
            .Set(dropped.Send.Value)
            .Set((long)dropped.From)
            .Set((long)dropped.Through)
            .Run();
        return null;
    }

    public Obstacle? Remove(BulkRecipientsRemoved removed)
    {
        link.Statement("DELETE FROM bulk_recipient WHERE tenant = ? AND send = ? AND position >= ? AND position < ?")
            .Set(removed.Tenant.Value)
            .Set(removed.Send.Value)
            .Set((long)removed.From)
            .Set((long)removed.Through)
            .Run();
        return null;
    }
}
