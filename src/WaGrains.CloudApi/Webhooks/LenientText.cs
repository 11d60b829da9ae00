using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>
/// Strings of customers, which need not be valid Unicode: a cut-off emoji is half a surrogate pair. Such halves become
/// U+FFFD instead of costing
/// the message, and so does the null character, which PostgreSQL refuses in text.
/// </summary>
internal static class LenientText
{
    private const char Replacement = '\uFFFD';
    private const int HexDigits = 4;

    /// <summary>The string the reader stands on.</summary>
    public static string Read(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            return Decode(json.ValueSpan);
        }

        string text;
        try
        {
            text = json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            text = Unescape(json.ValueSpan);
        }

        return text.Replace('\0', Replacement);
    }

    /// <summary>UTF-8 without escapes; what is not UTF-8 is replaced.</summary>
    public static string Decode(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    private static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        while (escaped.IndexOf((byte)'\\') is >= 0 and var at)
        {
            text.Append(Decode(escaped[..at]));
            var letter = (char)escaped[at + 1];
            escaped = escaped[(at + 2)..];
            if (letter == 'u')
            {
                text.Append((char)ushort.Parse(
                    escaped[..HexDigits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                escaped = escaped[HexDigits..];
            }
            else
            {
                text.Append(Plain(letter));
            }
        }

        text.Append(Decode(escaped));

        // Through UTF-8 and back: the encoder replaces what has no partner.
        return Decode(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static char Plain(char letter) => letter switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        _ => letter,
    };
}
