using System.Buffers;

namespace WaGrains.Domain.Text;

/// <summary>
/// Text as matching sees it: case, accents, width and spacing gone, so that "Opção", "OPCAO" and "ｏｐｃａｏ" are one, and
/// what people use to hide a word (zero-width characters, mathematical letters) has no effect. For comparing only;
/// never shown or stored as text.
/// </summary>
/// <remarks>
/// Our own tables: with invariant globalization <c>string.Normalize</c> decomposes nothing on Linux. Latin, Greek,
/// Cyrillic and Arabic are folded; other scripts keep their letters. Letters that only look alike across scripts stay
/// different.
/// </remarks>
public static class TextFolding
{
    private const int StackMax = 512;
    private const int GrowthMax = 3;

    private static readonly SearchValues<char> Unchanged =
        SearchValues.Create(" !\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Folds a text; the same instance comes back where nothing changes.</summary>
    public static string Fold(string text)
    {
        if (IsFolded(text))
        {
            return text;
        }

        var most = LengthMax(text.Length);
        char[]? rented = null;
        var room = most <= StackMax ? stackalloc char[StackMax] : rented = ArrayPool<char>.Shared.Rent(most);
        var folded = room[..Fold(text, room)].ToString();
        if (rented is not null)
        {
            // The pool is shared by tenants: nobody's words stay in it.
            ArrayPool<char>.Shared.Return(rented, clearArray: true);
        }

        return folded;
    }

    /// <summary>Folds into the caller's room and returns how much of it was written.</summary>
    /// <param name="text">Any UTF-16 text.</param>
    /// <param name="room">At least <see cref="LengthMax"/> of the text's length.</param>
    public static int Fold(ReadOnlySpan<char> text, Span<char> room)
    {
        var sink = new FoldingSink(room);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterUpper(c))
            {
                sink.Put((char)(c | 0x20));
            }
            else if (c is > ' ' and < '\x7f')
            {
                sink.Put(c);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                FoldingTables.FoldPair(c, text[++i], ref sink);
            }
            else
            {
                FoldingTables.Fold(c, ref sink);
            }
        }

        return sink.Length;
    }

    /// <summary>The most characters that folding a text of this length gives.</summary>
    public static int LengthMax(int length) => checked(length * GrowthMax);

    private static bool IsFolded(ReadOnlySpan<char> text) =>
        text.IsEmpty
        || (text[0] != ' ' && text[^1] != ' ' && text.IndexOfAnyExcept(Unchanged) < 0 && text.IndexOf("  ") < 0);
}
