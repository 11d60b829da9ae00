using System.Globalization;

namespace WaGrains.Domain.Text;

/// <summary>Where words begin and end in folded text.</summary>
internal static class WordBounds
{
    /// <summary>Whether the character belongs to a word: letters, digits, and the marks that other scripts write vowels
    /// with.</summary>
    public static bool IsWordPart(char c) => char.IsLetterOrDigit(c)
        || (c > '\x7f' && CharUnicodeInfo.GetUnicodeCategory(c)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    /// <summary>Whether a word begins or ends, or there is none, between the characters before and at
    /// <paramref name="index"/>.</summary>
    public static bool IsBound(ReadOnlySpan<char> text, int index) =>
        index == 0 || index == text.Length || !IsWordPart(text[index - 1]) || !IsWordPart(text[index]);

    /// <summary>Whether the stretch cuts through no word at its ends.</summary>
    public static bool IsWhole(ReadOnlySpan<char> text, int start, int length) =>
        IsBound(text, start) && IsBound(text, start + length);

    /// <summary>The text without what is not part of a word at its ends; all of it where nothing else is there (a "?",
    /// an emoji).</summary>
    public static string TrimToWords(string folded)
    {
        var (first, last) = (0, folded.Length - 1);
        while (first <= last && !IsWordPart(folded[first]))
        {
            first++;
        }

        while (last > first && !IsWordPart(folded[last]))
        {
            last--;
        }

        return first > last ? folded : folded[first..(last + 1)];
    }
}
