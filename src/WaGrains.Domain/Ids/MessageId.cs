using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace WaGrains.Domain.Ids;

/// <summary>
/// One message, in or out, and its row's key. 48 bits of Unix milliseconds lead, so rows arrive at the right edge of
/// the index, a month is a range of ids, and the id alone finds the partition. The other 80 bits of an inbound message
/// are a hash of tenant and wamid: Meta repeats a webhook with the same timestamp, so a repeat has the same id, and no
/// tenant can occupy another's.
/// </summary>
[JsonConverter(typeof(TextIdConverter<MessageId>))]
public readonly record struct MessageId(UInt128 Value) : ISpanParsable<MessageId>, IComparable<MessageId>
{
    private const string Prefix = "msg_";
    private const int ChanceBits = 80;

    /// <summary>When the message was written (inbound: by Meta's clock, outbound: by ours), to the
    /// millisecond.</summary>
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds((long)(ulong)(Value >> ChanceBits));

    /// <summary>The id of a message that Meta delivered: a pure function of its arguments, so a repeat meets its
    /// first.</summary>
    public static MessageId Inbound(TenantId tenant, string wamid, DateTimeOffset sentAt) =>
        Derive(sentAt, $"{tenant.Value}\n{wamid}");

    /// <summary>The id of the answer number <paramref name="index"/> that a rule gives to this message: derived, so a
    /// replay cannot answer twice.</summary>
    /// <param name="index">Position among the answers of one turn, from 0.</param>
    /// <param name="at">The turn's time.</param>
    public MessageId Answer(int index, DateTimeOffset at) => Derive(at, $"{this}\n{index}");

    /// <summary>A new id for an outbound message.</summary>
    /// <param name="at">Now, by the caller's clock.</param>
    /// <param name="chance">Random bits, of which the low 80 are used.</param>
    public static MessageId New(DateTimeOffset at, UInt128 chance) =>
        new(Millis(at) | (chance & ((UInt128.One << ChanceBits) - 1)));

    /// <summary>The smallest id of an instant: a lower bound for ranges of time.</summary>
    public static MessageId First(DateTimeOffset at) => new(Millis(at));

    /// <inheritdoc/>
    public override string ToString() => Base32.Write(Prefix, Value, 26);

    /// <summary>Parses the public text, <c>msg_</c> and 26 letters.</summary>
    /// <exception cref="FormatException">The text is no such id.</exception>
    public static MessageId Parse(string text) => Parse(text.AsSpan(), null);

    /// <inheritdoc/>
    public static MessageId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static MessageId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("Not a msg_ id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MessageId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out MessageId result)
    {
        var good = Base32.TryRead(s, Prefix, 26, 128, out var value);
        result = new MessageId(value);
        return good;
    }

    /// <inheritdoc/>
    public int CompareTo(MessageId other) => Value.CompareTo(other.Value);

    private static UInt128 Millis(DateTimeOffset at) =>
        (UInt128)(ulong)Math.Clamp(at.ToUnixTimeMilliseconds(), 0, (1L << 48) - 1) << ChanceBits;

    private static MessageId Derive(DateTimeOffset at, string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        var chance =
            new UInt128(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));
        return New(at, chance);
    }
}
