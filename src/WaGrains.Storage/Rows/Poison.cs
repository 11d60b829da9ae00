using System.Text.Json;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Serialization;

namespace WaGrains.Storage.Rows;

/// <summary>
/// What no store accepts, so that all refuse alike: NUL in text (PostgreSQL cannot hold it), columns beyond the limits,
/// values without a JSON form.
/// </summary>
internal static class Poison
{
    /// <summary>The obstacle this change is in itself, whatever the tables hold; null for a sound one.</summary>
    public static Obstacle? Find(Change change) => change switch
    {
        MessageAdded { Row: var row } =>
            Text(Table.Message, row.Kind, row.Wamid, row.ContextWamid, row.Author, row.Text)
            ?? Bytes(Table.Message, row.Payload.Raw.Length),
        StatusRaised raised => Text(Table.Message, raised.Wamid, raised.Pricing),
        AttemptEnded ended => Text(Table.Attempt, ended.Outcome, ended.Wamid),
        QueueRowAdded { Row: var row } => Text(Table.SendQueue, row.To.Phone, row.To.UserId, row.ContextWamid),
        ContactAdded added => Text(Table.Contact, added.ProfileName, added.Username),
        IdentityAdded added => Text(Table.Identity, added.Identity.Value),
        IdentityReleased released => Text(Table.Identity, released.Identity.Value),
        IdentityMoved moved => Text(Table.Identity, moved.Identity.Value),
        AlertRaised alert => Text(Table.Alert, alert.Kind, alert.Subject, alert.Detail),
        PaceChanged pace => Text(Table.PaceChange, pace.Cause),
        RawKept raw => Text(Table.RawWebhook, raw.Field, raw.Reason) ?? Bytes(Table.RawWebhook, raw.Payload.Length),
        DeadLettered dead => Text(Table.DeadLetter, dead.Message, dead.Error)
            ?? Bytes(Table.DeadLetter, dead.Payload.Length),
        TimerSet timer => Text(Table.DueTimer, timer.Name),
        TimerCleared timer => Text(Table.DueTimer, timer.Name),
        IdempotencyKept kept => Text(Table.Idempotency, kept.Key),
        BulkRecipientsAdded { Recipients: var all } =>
            all.Select(recipient => Text(Table.BulkRecipient, recipient.To)).FirstOrDefault(found => found is not null),
        BulkRecipientSettled settled => Text(Table.BulkRecipient, settled.Code),
        BulkRecipientsDropped dropped => Text(Table.BulkRecipient, dropped.Code),
        ApiKeyAdded key => Text(Table.ApiKey, key.Hash, key.Name),
        ApiKeyRevoked key => Text(Table.ApiKey, key.Hash),
        PhoneNumberWritten { State.Settings: var settings } => Text(Table.PhoneNumber, settings.PhoneNumberId),
        _ => null,
    };

    /// <summary>The stored form of a value.</summary>
    /// <exception cref="UnwritableException">It has none, or one beyond the limits.</exception>
    public static byte[] Json<T>(string table, T value)
    {
        try
        {
            var json = StoredJson.Write(value);
            return json.Length <= StoreLimits.BytesMax ? json : throw new UnwritableException(table);
        }
        catch (Exception unwritable) when (unwritable is JsonException or NotSupportedException or ArgumentException)
        {
            throw new UnwritableException(table, unwritable);
        }
    }

    private static Obstacle? Text(string table, params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text is not null && (text.Length > StoreLimits.TextCharsMax || text.Contains('\0')))
            {
                return Obstacle.Poison(table);
            }
        }

        return null;
    }

    private static Obstacle? Bytes(string table, int length) =>
        length > StoreLimits.BytesMax ? Obstacle.Poison(table) : null;
}

/// <summary>A value that cannot be stored: its turn is poison.</summary>
internal sealed class UnwritableException(string table, Exception? inner = null)
    : Exception($"A row of {table} has no stored form.", inner)
{
    public string Table { get; } = table;
}
