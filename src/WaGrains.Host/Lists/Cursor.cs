using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
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
    private const byte FeedKind = (byte)'e';

    /// <summary>Bytes of a feed's place: eight that stand for the tenant, epoch, commit, ordinal.</summary>
    private const int FeedBytes = 8 + 8 + 8 + 4;

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

    /// <summary>A place in a tenant's feed; no other tenant can read it as one of its own.</summary>
    public static string Of(TenantId tenant, FeedPosition position)
    {
        Span<byte> bytes = stackalloc byte[1 + FeedBytes];
        bytes[0] = FeedKind;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[1..], Mark(tenant));
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], position.Epoch);
        BinaryPrimitives.WriteInt64BigEndian(bytes[17..], position.Commit);
        BinaryPrimitives.WriteInt32BigEndian(bytes[25..], position.Ordinal);
        return Base64Url.EncodeToString(bytes);
    }

    public static FeedPosition? ReadFeed(string cursor, TenantId tenant) =>
        Read(cursor, FeedKind) is { Length: FeedBytes } bytes
        && BinaryPrimitives.ReadUInt64BigEndian(bytes) == Mark(tenant)
            ? new FeedPosition(
                BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)),
                BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16)),
                BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(24)))
            : null;

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

    private static ulong Mark(TenantId tenant)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(tenant.Value), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

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
