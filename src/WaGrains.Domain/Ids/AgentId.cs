using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace WaGrains.Domain.Ids;

/// <summary>A human who answers, within one tenant.</summary>
/// <param name="Value">Time-ordered: 43 bits of Unix milliseconds, then 21 of chance, from the caller's id
/// source.</param>
[JsonConverter(typeof(TextIdConverter<AgentId>))]
public readonly record struct AgentId(ulong Value) : ISpanParsable<AgentId>, IComparable<AgentId>
{
    private const string Prefix = "agt_";

    /// <inheritdoc/>
    public override string ToString() => Base32.Write(Prefix, Value, 13);

    /// <summary>Parses the public text, <c>agt_</c> and 13 letters.</summary>
    /// <exception cref="FormatException">The text is no such id.</exception>
    public static AgentId Parse(string text) => Parse(text.AsSpan(), null);

    /// <inheritdoc/>
    public static AgentId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static AgentId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("Not a agt_ id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AgentId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out AgentId result)
    {
        var good = Base32.TryRead(s, Prefix, 13, 64, out var value);
        result = new AgentId((ulong)value);
        return good;
    }

    /// <inheritdoc/>
    public int CompareTo(AgentId other) => Value.CompareTo(other.Value);
}
