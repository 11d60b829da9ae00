using System.Buffers;
using System.Text;

namespace WaGrains.Sandbox.Webhooks;

/// <summary>
/// JSON in the bytes Meta signs: non-ASCII as \uXXXX in lower-case hex and `/` as `\/`, so that a receiver which
/// hashes a re-serialised body fails here as it would there. Both occur only inside JSON strings, so no parsing.
/// </summary>
internal static class MetaEscaping
{
    public static byte[] Escape(ReadOnlySpan<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + json.Length / 8 + 16);
        while (!json.IsEmpty)
        {
            json = json[Step(json, output)..];
        }

        return output.WrittenSpan.ToArray();
    }

    private static int Step(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> output)
    {
        var plain = json.IndexOfAnyExcept(PlainBytes);
        if (plain != 0)
        {
            var length = plain < 0 ? json.Length : plain;
            output.Write(json[..length]);
            return length;
        }

        switch (json[0])
        {
            case (byte)'/':
                output.Write("\\/"u8);
                return 1;
            case (byte)'\\':
                return CopyEscape(json, output);
            default:
                Rune.DecodeFromUtf8(json, out var rune, out var consumed);
                Span<char> units = stackalloc char[2];
                foreach (var unit in units[..rune.EncodeToUtf16(units)])
                {
                    WriteUnit(unit, output);
                }

                return consumed;
        }
    }

    private static int CopyEscape(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> output)
    {
        if (json[1] != (byte)'u')
        {
            output.Write(json[..2]);
            return 2;
        }

        var place = output.GetSpan(6);
        Ascii.ToLower(json[..6], place, out _);
        output.Advance(6);
        return 6;
    }

    private static void WriteUnit(char unit, ArrayBufferWriter<byte> output)
    {
        const string hex = "0123456789abcdef";
        ReadOnlySpan<byte> escape =
        [
            (byte)'\\',
            (byte)'u',
            (byte)hex[unit >> 12],
            (byte)hex[(unit >> 8) & 15],
            (byte)hex[(unit >> 4) & 15],
            (byte)hex[unit & 15],
        ];
        output.Write(escape);
    }

    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create(
        [.. Enumerable.Range(0, 128).Select(each => (byte)each).Where(each => each is not (0x2F or 0x5C))]);
}
