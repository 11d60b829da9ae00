using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace WaGrains.Domain.Ids;

/// <summary>A group of agents that shares a waiting queue, within one tenant.</summary>
/// <param name="Value">Time-ordered: 43 bits of Unix milliseconds, then 21 of chance, from the caller's id
/// source.</param>
[JsonConverter(typeof(TextIdConverter<TeamId>))]
public readonly record struct TeamId(ulong Value) : ISpanParsable<TeamId>, IComparable<TeamId>
{
    private const string Prefix = "team_";

    /// <inheritdoc/>
    public override string ToString() => Base32.Write(Prefix, Value, 13);

    /// <summary>Parses the public text, <c>team_</c> and 13 letters.</summary>
    /// <exception cref="FormatException">The text is no such id.</exception>
    public static TeamId Parse(string text) => Parse(text.AsSpan(), null);

    /// <inheritdoc/>
    public static TeamId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static TeamId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("Not a team_ id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TeamId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out TeamId result)
    {
        var good = Base32.TryRead(s, Prefix, 13, 64, out var value);
        result = new TeamId((ulong)value);
        return good;
    }

    /// <inheritdoc/>
    public int CompareTo(TeamId other) => Value.CompareTo(other.Value);
}
