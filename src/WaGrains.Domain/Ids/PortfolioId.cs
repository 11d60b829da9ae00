using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace WaGrains.Domain.Ids;

/// <summary>A business portfolio at Meta as one tenant knows it: the numbers of one share its messaging
/// limit.</summary>
/// <param name="Value">Meta's id of the portfolio, or of the account that is taken for one.</param>
[JsonConverter(typeof(TextIdConverter<PortfolioId>))]
public readonly record struct PortfolioId(ulong Value) : ISpanParsable<PortfolioId>, IComparable<PortfolioId>
{
    private const string Prefix = "pf_";

    /// <summary>The portfolio under an id of Meta's; ids of all its objects share one name space, so that an account's
    /// is no other's portfolio.</summary>
    /// <param name="metaId">Digits; what is longer than Meta's ids are goes by a hash.</param>
    public static PortfolioId Of(string metaId) =>
        new(ulong.TryParse(metaId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : Hash(metaId));

    /// <inheritdoc/>
    public override string ToString() => Base32.Write(Prefix, Value, 13);

    /// <summary>Parses the public text, <c>pf_</c> and 13 letters.</summary>
    /// <exception cref="FormatException">The text is no such id.</exception>
    public static PortfolioId Parse(string text) => Parse(text.AsSpan(), null);

    /// <inheritdoc/>
    public static PortfolioId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static PortfolioId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("Not a pf_ id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PortfolioId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out PortfolioId result)
    {
        var good = Base32.TryRead(s, Prefix, 13, 64, out var value);
        result = new PortfolioId((ulong)value);
        return good;
    }

    /// <inheritdoc/>
    public int CompareTo(PortfolioId other) => Value.CompareTo(other.Value);

    /// <summary>FNV-1a: the same on every machine and in every version.</summary>
    private static ulong Hash(string text)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * 1_099_511_628_211);
        }

        return hash;
    }
}
