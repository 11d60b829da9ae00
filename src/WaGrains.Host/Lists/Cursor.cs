using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;

namespace WaGrains.Host.Lists;

/// <summary>
/// Places in lists as opaque text: base64url of a letter for the kind and the key the list is ordered by. Whatever a
/// caller makes of one leads at
/// most to another page of what the caller may see anyway.
/// </summary>
internal static class Cursor
{
    /// <summary>Longest cursor that is looked at, characters.</summary>
    public const int CharsMax = 400;

    private const byte MessageKind = (byte)'m';
    private const byte ConversationKind = (byte)'c';
    private const byte KeyKind = (byte)'k';

    public static string Of(MessageId id)
    {
        Span<byte> bytes = stackalloc byte[17];
        bytes[0] = MessageKind;
        BinaryPrimitives.WriteUInt128BigEndian(bytes[1..], id.Value);
        return Base64Url.EncodeToString(bytes);
    }

    public static string Of(ConversationPosition position)
    {
        Span<byte> bytes = stackalloc byte[25];
        bytes[0] = ConversationKind;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], position.LastActivityAt.UtcTicks);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[9..], position.Id.Value);
        return Base64Url.EncodeToString(bytes);
    }

    public static string OfKey(string key) => Base64Url.EncodeToString([KeyKind, .. Encoding.UTF8.GetBytes(key)]);

    public static MessageId? ReadMessage(string cursor) => Read(cursor, MessageKind) is { Length: 16 } bytes
        ? new MessageId(BinaryPrimitives.ReadUInt128BigEndian(bytes))
        : null;

    public static ConversationPosition? ReadConversation(string cursor)
    {
        if (Read(cursor, ConversationKind) is not { Length: 24 } bytes)
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks
            ? null
            : new ConversationPosition(
                new DateTimeOffset(ticks, TimeSpan.Zero),
                ConversationId.FromValue(BinaryPrimitives.ReadUInt128BigEndian(bytes.AsSpan(8))));
    }

    public static string? ReadKey(string cursor) =>
        Read(cursor, KeyKind) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static byte[]? Read(string cursor, byte kind)
    {
        if (cursor.Length > CharsMax || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(cursor);
        return bytes.Length > 0 && bytes[0] == kind ? bytes[1..] : null;
    }
}
