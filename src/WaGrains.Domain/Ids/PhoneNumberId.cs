using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace WaGrains.Domain.Ids;

/// <summary>A business phone number of ours; stays the same when Meta's own phone_number_id changes by
/// migration.</summary>
/// <param name="Value">Time-ordered: 43 bits of Unix milliseconds, then 21 of chance, from the caller's id
/// source.</param>
[JsonConverter(typeof(TextIdConverter<PhoneNumberId>))]
public readonly record struct PhoneNumberId(ulong Value) : ISpanParsable<PhoneNumberId>, IComparable<PhoneNumberId>
{
    private const string Prefix = "pn_";

    /// <inheritdoc/>
    public override string ToString() => Base32.Write(Prefix, Value, 13);

    /// <summary>Parses the public text, <c>pn_</c> and 13 letters.</summary>
    /// <exception cref="FormatException">The text is no such id.</exception>
    public static PhoneNumberId Parse(string text) => Parse(text.AsSpan(), null);

    /// <inheritdoc/>
    public static PhoneNumberId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static PhoneNumberId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("Not a pn_ id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PhoneNumberId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out PhoneNumberId result)
    {
        var good = Base32.TryRead(s, Prefix, 13, 64, out var value);
        result = new PhoneNumberId((ulong)value);
        return good;
    }

    /// <inheritdoc/>
    public int CompareTo(PhoneNumberId other) => Value.CompareTo(other.Value);
}
