using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace WaGrains.Domain.Ids;

/// <summary>One message to many recipients, within one tenant.</summary>
/// <param name="Value">Time-ordered: 43 bits of Unix milliseconds, then 21 of chance, from the caller's id
/// source.</param>
[JsonConverter(typeof(TextIdConverter<BulkSendId>))]
public readonly record struct BulkSendId(ulong Value) : ISpanParsable<BulkSendId>, IComparable<BulkSendId>
{
    private const string Prefix = "send_";
    private const int ChanceBits = 21;

    /// <summary>When the id was made, to the millisecond.</summary>
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds((long)(Value >> ChanceBits));

    /// <summary>The smallest id of an instant: a bound for ranges of time.</summary>
    public static BulkSendId First(DateTimeOffset at) => new((ulong)at.ToUnixTimeMilliseconds() << ChanceBits);

    /// <inheritdoc/>
    public override string ToString() => Base32.Write(Prefix, Value, 13);

    /// <summary>Parses the public text, <c>send_</c> and 13 letters.</summary>
    /// <exception cref="FormatException">The text is no such id.</exception>
    public static BulkSendId Parse(string text) => Parse(text.AsSpan(), null);

    /// <inheritdoc/>
    public static BulkSendId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static BulkSendId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("Not a send_ id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BulkSendId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out BulkSendId result)
    {
        var good = Base32.TryRead(s, Prefix, 13, 64, out var value);
        result = new BulkSendId((ulong)value);
        return good;
    }

    /// <inheritdoc/>
    public int CompareTo(BulkSendId other) => Value.CompareTo(other.Value);
}
