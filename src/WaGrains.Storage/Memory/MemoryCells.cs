using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Tenants;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Serialization;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>
/// A state as bytes, so that nothing of it is shared with the turn that wrote it. Whoever reads it shares one copy made
/// of the bytes: states never change, and a simulated world reads each of them a hundred times.
/// </summary>
internal sealed class StateCell(long version, byte[] json, string unique)
{
    private object? _read;

    public long Version => version;

    public string Unique => unique;

    public T Read<T>() => (T)(_read ??= StoredJson.Read<T>(json)!);
}

/// <summary>As above, with what is looked for by column.</summary>
internal sealed class ConversationCell(long version, byte[] json, ConversationColumns columns)
{
    private ConversationState? _read;

    public long Version => version;

    public ConversationColumns Columns => columns;

    public ConversationState Read() => _read ??= StoredJson.Read<ConversationState>(json);
}

/// <summary>A message: the row without its content, which is kept as bytes.</summary>
internal sealed record MessageCell(MessageRow Row, byte[]? Content, long StatusAt, byte[]? Error, string? Pricing)
{
    public long? SentAt { get; init; }

    public long? DeliveredAt { get; init; }

    public MessageContent? ReadContent() => Content is null ? null : StoredJson.Read<MessageContent>(Content);

    public StoredMessage Read()
    {
        var payload = Content is null
            ? new MessagePayload(Row.Payload.Raw.ToArray(), null)
            : new MessagePayload(default, ReadContent());
        var error = Error is null ? null : StoredJson.Read<SendError>(Error);
        return new StoredMessage(Row with { Payload = payload }, Moment.At(StatusAt), error, Pricing)
        {
            SentAt = Moment.At(SentAt),
            DeliveredAt = Moment.At(DeliveredAt),
        };
    }
}

internal sealed record ContactCell(ContactAdded Row, ContactId? Into, long MergedAt, bool Done);

internal sealed record IdempotencyCell(UInt128 BodyHash, byte[] Answer, long At);

internal sealed record ApiKeyCell(ApiKeyAdded Row, bool Revoked);
