using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace WaGrains.Domain.Ids;

/// <summary>All that one contact and one number of ours ever said to each other; the pair is the id.</summary>
[JsonConverter(typeof(TextIdConverter<ConversationId>))]
public readonly record struct ConversationId(PhoneNumberId Number, ContactId Contact)
    : ISpanParsable<ConversationId>, IComparable<ConversationId>
{
    private const string Prefix = "conv_";

    /// <summary>Number and contact as one 128-bit value: the storage form.</summary>
    public UInt128 Value => new(Number.Value, Contact.Value);

    /// <summary>The id with this storage form.</summary>
    public static ConversationId FromValue(UInt128 value) =>
        new(new PhoneNumberId((ulong)(value >> 64)), new ContactId((ulong)value));

    /// <inheritdoc/>
    public override string ToString() => Base32.Write(Prefix, Value, 26);

    /// <summary>Parses the public text, <c>conv_</c> and 26 letters.</summary>
    /// <exception cref="FormatException">The text is no such id.</exception>
    public static ConversationId Parse(string text) => Parse(text.AsSpan(), null);

    /// <inheritdoc/>
    public static ConversationId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static ConversationId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("Not a conv_ id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ConversationId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ConversationId result)
    {
        var good = Base32.TryRead(s, Prefix, 26, 128, out var value);
        result = FromValue(value);
        return good;
    }

    /// <inheritdoc/>
    public int CompareTo(ConversationId other) => Value.CompareTo(other.Value);
}
