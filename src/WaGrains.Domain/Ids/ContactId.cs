using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace WaGrains.Domain.Ids;

/// <summary>A person who writes to the tenant; not a phone number, see <see cref="Contacts.Identity"/>. The smaller id
/// is the older contact.</summary>
/// <param name="Value">Time-ordered: 43 bits of Unix milliseconds, then 21 of chance, from the caller's id
/// source.</param>
[JsonConverter(typeof(TextIdConverter<ContactId>))]
public readonly record struct ContactId(ulong Value) : ISpanParsable<ContactId>, IComparable<ContactId>
{
    private const string Prefix = "ct_";

    /// <inheritdoc/>
    public override string ToString() => Base32.Write(Prefix, Value, 13);

    /// <summary>Parses the public text, <c>ct_</c> and 13 letters.</summary>
    /// <exception cref="FormatException">The text is no such id.</exception>
    public static ContactId Parse(string text) => Parse(text.AsSpan(), null);

    /// <inheritdoc/>
    public static ContactId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static ContactId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("Not a ct_ id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ContactId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ContactId result)
    {
        var good = Base32.TryRead(s, Prefix, 13, 64, out var value);
        result = new ContactId((ulong)value);
        return good;
    }

    /// <inheritdoc/>
    public int CompareTo(ContactId other) => Value.CompareTo(other.Value);
}
