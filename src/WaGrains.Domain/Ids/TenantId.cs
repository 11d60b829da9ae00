using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace WaGrains.Domain.Ids;

/// <summary>
/// A tenant: one customer of this installation, isolated from every other. A slug of 1 to 32 of <c>a-z 0-9 -</c>, first
/// a letter, chosen by the operator at set-up and never changed. It is part of the key of everything.
/// </summary>
[JsonConverter(typeof(TextIdConverter<TenantId>))]
public readonly record struct TenantId : ISpanParsable<TenantId>, IComparable<TenantId>
{
    private TenantId(string value) => Value = value;

    /// <summary>The slug; null only in <c>default</c>, which no boundary lets in.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Parses a slug.</summary>
    /// <exception cref="FormatException">The text is no slug.</exception>
    public static TenantId Parse(string text) => Parse(text.AsSpan(), null);

    /// <inheritdoc/>
    public static TenantId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static TenantId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException("A tenant id is 1 to 32 of a-z 0-9 -, first a letter.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TenantId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out TenantId result)
    {
        var good = s.Length is >= 1 and <= 32 && char.IsAsciiLetterLower(s[0]);
        foreach (var c in s)
        {
            good &= char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
        }

        result = good ? new TenantId(s.ToString()) : default;
        return good;
    }

    /// <inheritdoc/>
    public int CompareTo(TenantId other) => string.CompareOrdinal(Value, other.Value);
}
