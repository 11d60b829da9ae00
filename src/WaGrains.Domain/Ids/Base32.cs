namespace WaGrains.Domain.Ids;

/// <summary>
/// Crockford's base 32, the alphabet of our public ids: no letter looks like a digit, order of text equals order of
/// value (https://www.crockford.com/base32.html, read 2026-11-22). Upper case is accepted on input.
/// </summary>
internal static class Base32
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Writes the low 5 x <paramref name="length"/> bits of <paramref name="value"/>, most significant
    /// first.</summary>
    public static string Write(string prefix, UInt128 value, int length) =>
        string.Create(prefix.Length + length, (prefix, value, length), static (span, state) =>
        {
            state.prefix.CopyTo(span);
            var rest = state.value;
            for (var i = span.Length - 1; i >= state.prefix.Length; i--)
            {
                span[i] = Alphabet[(int)(uint)(rest & 31)];
                rest >>= 5;
            }
        });

    /// <summary>Reads what <see cref="Write"/> wrote; false for another prefix, length, letter, or a value of more than
    /// <paramref name="bits"/> bits.</summary>
    public static bool TryRead(
        ReadOnlySpan<char> text, ReadOnlySpan<char> prefix, int length, int bits, out UInt128 value)
    {
        value = 0;
        if (text.Length != prefix.Length + length || !text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var c in text[prefix.Length..])
        {
            var digit = Alphabet.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
            if (digit < 0 || (value >> 123) != 0)
            {
                return false;
            }

            value = (value << 5) | (uint)digit;
        }

        return bits == 128 || value >> bits == 0;
    }
}
