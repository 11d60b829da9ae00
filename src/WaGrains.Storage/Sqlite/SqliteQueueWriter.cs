using WaGrains.Domain.PhoneNumbers;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Writes send queues and attempts.</summary>
internal sealed class SqliteQueueWriter(SqliteLink link)
{
    private readonly SqliteStatement _insert = link.Statement("""
        INSERT INTO send_queue (tenant, number, message, conversation, ordinal, lane, queued_at, deadline,
            window_closes_at, to_phone, to_user_id, context_wamid, attempt, phase, attempt_at, not_before, send)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """);

    private readonly SqliteStatement _start = link.Statement("""
        UPDATE send_queue SET phase = 1, attempt = ?1, attempt_at = ?2
        WHERE tenant = ?3 AND number = ?4 AND message = ?5 AND phase = 0 AND attempt = ?1 - 1
        """);

    private readonly SqliteStatement _insertAttempt = link.Statement("""
        INSERT INTO attempt (tenant, message, n, number, conversation, started_at)
        SELECT tenant, message, attempt, number, conversation, attempt_at FROM send_queue
        WHERE tenant = ? AND number = ? AND message = ? ON CONFLICT DO NOTHING
        """);

    private readonly SqliteStatement _end = link.Statement("""
        UPDATE attempt SET ended_at = ?, outcome = ?, code = ?, wamid = ?
        WHERE tenant = ? AND message = ? AND n = ? AND ended_at IS NULL
        """);

    private readonly SqliteStatement _return = link.Statement("""
        UPDATE send_queue SET phase = 0, not_before = ?
        WHERE tenant = ? AND number = ? AND message = ? AND phase = 1 AND attempt = ?
        """);

    private readonly SqliteStatement _remove = link.Statement(
        "DELETE FROM send_queue WHERE tenant = ? AND number = ? AND message = ?");

    private readonly SqliteStatement _withdraw = link.Statement(
        "DELETE FROM send_queue WHERE tenant = ? AND number = ? AND message = ? AND phase = 0");

    private readonly SqliteStatement _withdrawLater = link.Statement(
        "UPDATE send_queue SET deadline = queued_at WHERE tenant = ? AND number = ? AND message = ? AND phase = 1");

    public Obstacle? Add(QueueRow row)
    {
        var added = _insert
            .Set(row.Tenant.Value)
            .Set(row.Number.Value)
            .Set(row.Message.Value)
            .Set(row.Conversation.Value)
            .Set(row.Ordinal)
            .Set((long)row.Lane)
            .Set(Moment.Micros(row.QueuedAt))
            .Set(Moment.Micros(row.Deadline))
            .Set(Moment.Micros(row.WindowClosesAt))
            .Set(row.To.Phone)
            .Set(row.To.UserId)
            .Set(row.ContextWamid)
            .Set((long)row.Attempt)
            .Set((long)row.Phase)
            .Set(Moment.Micros(row.AttemptAt))
            .Set(Moment.Micros(row.NotBefore))
            .Set(row.Send?.Value)
            .Run();
        return Settle(added, Table.SendQueue);
    }

    public Obstacle? Start(AttemptStarted started)
    {
        var moved = _start
            .Set((long)started.Attempt)
            .Set(Moment.Micros(started.At))
            .Set(started.Tenant.Value)
            .Set(started.Number.Value)
            .Set(started.Message.Value)
            .Run();
        return Settle(moved, Table.SendQueue) ?? Settle(
            _insertAttempt.Set(started.Tenant.Value).Set(started.Number.Value).Set(started.Message.Value).Run(),
            Table.Attempt);
    }

    public Obstacle? End(AttemptEnded ended)
    {
        _end.Set(Moment.Micros(ended.At))
            .Set(ended.Outcome)
            .Set((long)ended.Code)
            .Set(ended.Wamid)
            .Set(ended.Tenant.Value)
            .Set(ended.Message.Value)
            .Set((long)ended.Attempt)
            .Run();
        return null;
    }

    public Obstacle? Return(QueueRowReturned returned)
    {
        var moved = _return
            .Set(Moment.Micros(returned.NotBefore))
            .Set(returned.Tenant.Value)
            .Set(returned.Number.Value)
            .Set(returned.Message.Value)
            .Set((long)returned.Attempt)
            .Run();
        return Settle(moved, Table.SendQueue);
    }

    public Obstacle? Remove(QueueRowRemoved removed)
    {
        var gone = _remove.Set(removed.Tenant.Value).Set(removed.Number.Value).Set(removed.Message.Value).Run();
        return Settle(gone, Table.SendQueue);
    }

    /// <summary>Takes a row out that has not begun to leave; false where none stands so: one that has is not to be
    /// tried
    /// again.</summary>
    public bool Withdraw(SendWithdrawn withdrawn)
    {
        if (Run(_withdraw, withdrawn))
        {
            return true;
        }

        Run(_withdrawLater, withdrawn);
        return false;
    }

    private static bool Run(SqliteStatement statement, SendWithdrawn withdrawn) => statement
        .Set(withdrawn.Tenant.Value)
        .Set(withdrawn.Number.Value)
        .Set(withdrawn.Message.Value)
        .Run() == 1;

    private static Obstacle? Settle(int changed, string table) => changed == 1 ? null : Obstacle.Conflict(table);
}
