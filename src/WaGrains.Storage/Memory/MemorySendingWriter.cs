using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>Writes messages, their statuses, the queue and the attempts.</summary>
internal sealed class MemorySendingWriter(MemoryTables tables)
{
    public Obstacle? Add(MessageRow row)
    {
        var content = row.Payload.Content is null ? null : Poison.Json(Table.Message, row.Payload.Content);
        ReadOnlyMemory<byte> raw = content is null ? row.Payload.Raw.ToArray() : default;
        var kept = row with { Payload = new MessagePayload(raw, null) };
        var cell = new MessageCell(kept, content, Moment.Micros(row.Id.At), null, null);
        if (!tables.Messages.Add((row.Tenant, row.Id.Value), cell))
        {
            return Obstacle.Conflict(Table.Message);
        }

        tables.MessagesOf.Set((row.Tenant, row.Conversation.Value, row.Id.Value), true);
        return null;
    }

    public Obstacle? Raise(StatusRaised raised)
    {
        var key = (raised.Tenant, raised.Message.Value);
        if (IsSuperseded(raised) || tables.Messages.Find(key) is not { } cell)
        {
            return null;
        }

        var next = cell with { Row = cell.Row with { Wamid = cell.Row.Wamid ?? raised.Wamid } };
        if (cell.Row.Status.CanMoveTo(raised.Status))
        {
            next = next with
            {
                Row = next.Row with { Status = raised.Status },
                StatusAt = Moment.Micros(raised.At),
                Error = raised.Error is null ? null : Poison.Json(Table.Message, raised.Error),
                Pricing = raised.Pricing ?? cell.Pricing,
                SentAt = raised.Status == MessageStatus.Sent ? Moment.Micros(raised.At) : cell.SentAt,
                DeliveredAt = raised.Status == MessageStatus.Delivered ? Moment.Micros(raised.At) : cell.DeliveredAt,
            };
        }

        tables.Messages.Set(key, next);
        return null;
    }

    public Obstacle? Enqueue(QueueRow row)
    {
        var kept = row with
        {
            QueuedAt = Moment.Cut(row.QueuedAt),
            Deadline = Moment.Cut(row.Deadline),
            WindowClosesAt = Moment.Cut(row.WindowClosesAt),
            AttemptAt = Moment.Cut(row.AttemptAt),
            NotBefore = Moment.Cut(row.NotBefore),
        };
        return tables.Queue.Add((row.Tenant, row.Number.Value, row.Message.Value), kept)
            ? null
            : Obstacle.Conflict(Table.SendQueue);
    }

    public Obstacle? Start(AttemptStarted started)
    {
        var key = (started.Tenant, started.Number.Value, started.Message.Value);
        if (tables.Queue.Find(key) is not { Phase: QueuePhase.Queued } row || row.Attempt != started.Attempt - 1)
        {
            return Obstacle.Conflict(Table.SendQueue);
        }

        var at = Moment.Cut(started.At);
        var attempt = new AttemptRow(
            started.Tenant,
            started.Number,
            row.Conversation,
            started.Message,
            new StoredAttempt(started.Attempt, at, null, null, 0, null));
        if (!tables.Attempts.Add((started.Tenant, started.Message.Value, started.Attempt), attempt))
        {
            return Obstacle.Conflict(Table.Attempt);
        }

        tables.AttemptsOf.Set(
            (started.Tenant, started.Number.Value, Moment.Micros(at), started.Message.Value, started.Attempt), true);
        tables.Queue.Set(key, row with { Phase = QueuePhase.Attempting, Attempt = started.Attempt, AttemptAt = at });
        return null;
    }

    public Obstacle? End(AttemptEnded ended)
    {
        var key = (ended.Tenant, ended.Message.Value, ended.Attempt);
        if (tables.Attempts.Find(key) is { Attempt.EndedAt: null } row)
        {
            var end = row.Attempt with
            {
                EndedAt = Moment.Cut(ended.At),
                Outcome = ended.Outcome,
                Code = ended.Code,
                Wamid = ended.Wamid,
            };
            tables.Attempts.Set(key, row with { Attempt = end });
        }

        return null;
    }

    public Obstacle? Return(QueueRowReturned returned)
    {
        var key = (returned.Tenant, returned.Number.Value, returned.Message.Value);
        if (tables.Queue.Find(key) is not { Phase: QueuePhase.Attempting } row || row.Attempt != returned.Attempt)
        {
            return Obstacle.Conflict(Table.SendQueue);
        }

        tables.Queue.Set(key, row with { Phase = QueuePhase.Queued, NotBefore = Moment.Cut(returned.NotBefore) });
        return null;
    }

    public Obstacle? Remove(QueueRowRemoved removed) =>
        tables.Queue.Remove((removed.Tenant, removed.Number.Value, removed.Message.Value))
            ? null
            : Obstacle.Conflict(Table.SendQueue);

    public Obstacle? Withdraw(SendWithdrawn withdrawn)
    {
        var key = (withdrawn.Tenant, withdrawn.Number.Value, withdrawn.Message.Value);
        if (tables.Queue.Find(key) is not { } row)
        {
            return null;
        }

        if (row.Phase != QueuePhase.Queued)
        {
            tables.Queue.Set(key, row.Withdrawn());
            return null;
        }

        tables.Queue.Remove(key);
        return Raise(new StatusRaised(
            withdrawn.Tenant, withdrawn.Message, MessageStatus.Cancelled, withdrawn.At, null, null, null, null));
    }

    private bool IsSuperseded(StatusRaised raised) =>
        raised.Of is { } of
        && tables.Queue.Find((raised.Tenant, of.Number.Value, raised.Message.Value)) is { } row
        && (row.Phase != QueuePhase.Attempting || row.Attempt != of.Attempt);
}
