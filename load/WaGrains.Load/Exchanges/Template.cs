using System.Text;

namespace WaGrains.Load.Exchanges;

/// <summary>
/// A JSON text with slots of fixed width: one copy, then the slots are overwritten. Slots in the source: <c>[C]</c> 8
/// digits of the contact, <c>[N]</c> 6 digits of the number, <c>[I]</c> 16 hex digits of the message, <c>[T]</c> 10
/// digits of Unix seconds.
/// </summary>
internal sealed class Template
{
    private readonly byte[] _text;
    private readonly (char Kind, int Offset)[] _slots;

    /// <param name="source">ASCII, with apostrophes for quotation marks; what Meta escapes must be escaped
    /// already.</param>
    public Template(string source)
    {
        var text = new StringBuilder(source.Length + 64);
        var slots = new List<(char, int)>();
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '[' && i + 2 < source.Length && source[i + 2] == ']' && WidthOf(source[i + 1]) > 0)
            {
                slots.Add((source[i + 1], text.Length));
                text.Append('0', WidthOf(source[i + 1]));
                i += 2;
            }
            else
            {
                text.Append(source[i] == '\'' ? '"' : source[i]);
            }
        }

        _text = Encoding.ASCII.GetBytes(text.ToString());
        _slots = [.. slots];
    }

    /// <summary>Writes the text with its slots filled and returns its length, bytes.</summary>
    public int Write(Span<byte> target, in SlotValues values)
    {
        _text.CopyTo(target);
        foreach (var (kind, offset) in _slots)
        {
            var slot = target.Slice(offset, WidthOf(kind));
            switch (kind)
            {
                case 'C':
                    Digits(slot, values.Contact);
                    break;
                case 'N':
                    Digits(slot, values.Number);
                    break;
                case 'T':
                    Digits(slot, values.UnixSeconds);
                    break;
                default:
                    MessageIds.Write(slot, values.Message);
                    break;
            }
        }

        return _text.Length;
    }

    private static int WidthOf(char kind) =>
        kind switch { 'C' => 8, 'N' => 6, 'I' => MessageIds.Width, 'T' => 10, _ => 0 };

    private static void Digits(Span<byte> slot, long value)
    {
        for (var i = slot.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            slot[i] = (byte)('0' + digit);
        }
    }
}

/// <summary>What fills the slots of one message.</summary>
/// <param name="Contact">8 digits.</param>
/// <param name="Number">Index of the number.</param>
/// <param name="Message">Run and ordinal.</param>
/// <param name="UnixSeconds">WhatsApp's timestamp.</param>
internal readonly record struct SlotValues(int Contact, int Number, ulong Message, long UnixSeconds);
