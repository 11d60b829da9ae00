using System.Buffers.Binary;
using WaGrains.Domain.Bulk;
using WaGrains.Engine.Serialization;

namespace WaGrains.Storage.Rows;

/// <summary>The columns of a bulk send's recipients that have a form of their own.</summary>
internal static class BulkColumns
{
    /// <summary>A recipient's variables as JSON; null for none.</summary>
    public static byte[]? Variables(BulkRecipient recipient) => recipient.Variables is { Count: > 0 } variables
        ? Poison.Json(Table.BulkRecipient, new Dictionary<string, string>(variables))
        : null;

    /// <summary>The same, read.</summary>
    public static IReadOnlyDictionary<string, string>? Variables(ReadOnlySpan<byte> json) =>
        json.IsEmpty ? null : StoredJson.Read<Dictionary<string, string>>(json);

    /// <summary>The message's id as bytes; null for none.</summary>
    public static byte[]? Message(BulkRecipientSettled settled)
    {
        if (settled.Message is not { } message)
        {
            return null;
        }

        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, message.Value);
        return bytes;
    }
}
