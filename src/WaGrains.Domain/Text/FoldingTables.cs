using System.Globalization;

namespace WaGrains.Domain.Text;

/// <summary>
/// What becomes of each character: derived from the decompositions and names in the Unicode Character Database, version
/// 14. In the tables '-' keeps the letter (in lower case), '*' is several letters, '_' nothing.
/// </summary>
internal static class FoldingTables
{
    private const char LatinFirst = '\u00a0';
    private const char LatinLast = '\u024f';
    private const string Latin =
        " ---------a--_----23-----1o-----aaaaaa*ceeeeiiiidnooooo-ouuuuy**" +
        "aaaaaa*ceeeeiiiidnooooo-ouuuuy*yaaaaaaccccccccddddeeeeeeeeeegggg" +
        "gggghhhhiiiiiiiiii**jjkk-llllllllllnnnnnn-nnoooooo**rrrrrrssssss" +
        "ssttttttuuuuuuuuuuuuwwyyyzzzzzzsb-bb---cc--dd----ff-----kkl---n-" +
        "oo--pp-----ttt-uu--yyzz-------------*********aaiioouuuuuuuuuu-aa" +
        "aa**ggggkkoooo--j***gg--nnaa**ooaaaaeeeeiiiioooorrrruuuusstt--hh" +
        "nd--zzaaeeooooooooyylntj---ccl-sz--b--eejjqqrryy";

    private const char LatinAdditionalFirst = '\u1e00';
    private const string LatinAdditional =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm" +
        "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv" +
        "wwwwwwwwwwxxxxyyzzzzzzhtwyasss*-aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" +
        "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy----yy";

    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

    /// <summary>Folds one character that is not printable ASCII.</summary>
    public static void Fold(char c, ref FoldingSink sink)
    {
        var folded = c switch
        {
            >= LatinFirst and <= LatinLast => Latin[c - LatinFirst],
            >= LatinAdditionalFirst and <= '\u1eff' => LatinAdditional[c - LatinAdditionalFirst],
            _ => '-',
        };
        switch (folded)
        {
            case '-':
                FoldOther(c, ref sink);
                break;
            case '*':
                sink.Put(Several(c));
                break;
            case '_':
                break;
            case ' ':
                sink.Space();
                break;
            default:
                sink.Put(folded);
                break;
        }
    }

    /// <summary>Folds a character outside the basic plane: styled Latin letters to plain ones, invisible ones to
    /// nothing, the rest stays.</summary>
    public static void FoldPair(char high, char low, ref FoldingSink sink)
    {
        var code = char.ConvertToUtf32(high, low);
        switch (code)
        {
            case >= 0x1d400 and <= 0x1d6a3:
                sink.Put((char)('a' + ((code - 0x1d400) % 26)));
                break;
            case >= 0x1d7ce and <= 0x1d7ff:
                sink.Put((char)('0' + ((code - 0x1d7ce) % 10)));
                break;
            case >= 0x1f130 and <= 0x1f189 when (code - 0x1f130) % 32 < 26:
                sink.Put((char)('a' + ((code - 0x1f130) % 32)));
                break;
            case >= 0xe0000 and <= 0xe0fff:
                break;
            default:
                sink.Put(high);
                sink.Put(low);
                break;
        }
    }

    private static string Several(char c) => c switch
    {
        'Æ' or 'æ' or 'Ǣ' or 'ǣ' or 'Ǽ' or 'ǽ' => "ae",
        'Þ' or 'þ' => "th",
        'Ĳ' or 'ĳ' => "ij",
        'Œ' or 'œ' => "oe",
        'Ǆ' or 'ǅ' or 'ǆ' or 'Ǳ' or 'ǲ' or 'ǳ' => "dz",
        'Ǉ' or 'ǈ' or 'ǉ' => "lj",
        'Ǌ' or 'ǋ' or 'ǌ' => "nj",
        _ => "ss",
    };

    private static void FoldOther(char c, ref FoldingSink sink)
    {
        if (char.IsWhiteSpace(c) || c == '\u2800')
        {
            sink.Space();
        }
        else if (IsMark(c))
        {
            sink.Join(c);
        }
        else if (c is >= '\ufb00' and <= '\ufb06')
        {
            sink.Put(Ligatures[c - '\ufb00']);
        }
        else if (!IsInvisible(c))
        {
            sink.Put(Letter(c));
        }
    }

    private static bool IsMark(char c) => c is (>= '\u0300' and <= '\u036f') or (>= '\u1ab0' and <= '\u1aff')
        or (>= '\u1dc0' and <= '\u1dff') or (>= '\u20d0' and <= '\u20ff') or (>= '\ufe20' and <= '\ufe2f')
        or (>= '\u064b' and <= '\u065f') or '\u0670' or (>= '\u06d6' and <= '\u06dc') or (>= '\u06df' and <= '\u06e8')
        or (>= '\u06ea' and <= '\u06ed');

    // Controls and format characters, the Arabic tatweel, variation selectors, and the Hangul fillers, which are
    // letters that show nothing.
    private static bool IsInvisible(char c) => char.IsControl(c)
        || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format
        || c is '\u0640' or '\u115f' or '\u1160' or '\u3164' or '\uffa0' or (>= '\u180b' and <= '\u180f')
        or (>= '\ufe00' and <= '\ufe0f');

    private static char Letter(char c)
    {
        var lower = char.ToLowerInvariant(c);
        return lower switch
        {
            >= '\uff01' and <= '\uff5e' => Lower((char)(lower - '\uff01' + '!')),
            >= '\u24d0' and <= '\u24e9' => (char)(lower - '\u24d0' + 'a'),
            >= '\u0660' and <= '\u0669' => (char)(lower - '\u0660' + '0'),
            >= '\u06f0' and <= '\u06f9' => (char)(lower - '\u06f0' + '0'),
            >= LatinFirst and <= LatinLast when char.IsAsciiLetter(Latin[lower - LatinFirst]) =>
                Latin[lower - LatinFirst],
            'ά' => 'α',
            'έ' => 'ε',
            'ή' => 'η',
            'ί' or 'ϊ' or 'ΐ' => 'ι',
            'ό' => 'ο',
            'ύ' or 'ϋ' or 'ΰ' => 'υ',
            'ώ' => 'ω',
            'ς' => 'σ',
            'ё' or 'ѐ' => 'е',
            'ѝ' => 'и',
            'ѓ' => 'г',
            'ќ' => 'к',
            'آ' or 'أ' or 'إ' or 'ٱ' => 'ا',
            'ى' or 'ی' => 'ي',
            'ک' => 'ك',
            '‘' or '’' or '‛' => '\'',
            '“' or '”' => '"',
            _ => lower,
        };
    }

    private static char Lower(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
}
