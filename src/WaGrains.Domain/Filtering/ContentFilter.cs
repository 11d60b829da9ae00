using System.Buffers;
using WaGrains.Domain.Text;

namespace WaGrains.Domain.Filtering;

/// <summary>
/// The forbidden words of one configuration, compiled once and shared by everyone who holds that snapshot. Letters of
/// another script that look alike are not seen through.
/// </summary>
public sealed class ContentFilter
{
    /// <summary>Characters of all phrases together; some ten megabytes compiled.</summary>
    public const int PhraseCharsMax = 100_000;

    private readonly List<string> ruleIds = [];
    private readonly PhraseSet written = new();
    private readonly PhraseSet spaced = new();
    private readonly PhraseAutomaton writtenAutomaton;
    private readonly PhraseAutomaton spacedAutomaton;

    /// <summary>Compiles rules.</summary>
    /// <exception cref="ArgumentException">A phrase holds nothing to match, or together they are too long; names the
    /// rule.</exception>
    public ContentFilter(IEnumerable<ForbiddenRule> rules)
    {
        var chars = 0;
        foreach (var rule in rules)
        {
            foreach (var phrase in rule.Phrases)
            {
                var folded = TextFolding.Fold(phrase);
                chars += folded.Length;
                if (folded.Length == 0 || chars > PhraseCharsMax)
                {
                    throw new ArgumentException(
                        $"Rule '{rule.Id}' has an empty phrase or one too many.", nameof(rules));
                }

                written.Add(folded, ruleIds.Count);
                if (rule.Reach == FilterReach.ThroughSpacing)
                {
                    spaced.Add(Letters(folded), ruleIds.Count);
                }
            }

            ruleIds.Add(rule.Id);
        }

        writtenAutomaton = new PhraseAutomaton(written.Phrases);
        spacedAutomaton = new PhraseAutomaton(spaced.Phrases);
    }

    /// <summary>The rule that forbids this text, or null.</summary>
    /// <param name="text">Every text a person could read in the message.</param>
    public FilterHit? Check(string text)
    {
        var folded = TextFolding.Fold(text);
        var first = Written(folded);
        if (spaced.Phrases.Count > 0)
        {
            first = Math.Min(first, Spaced(folded));
        }

        return first == int.MaxValue ? null : new FilterHit(ruleIds[first]);
    }

    private static string Letters(string folded) => string.Concat(folded.Where(WordBounds.IsWordPart));

    private int Written(string folded)
    {
        var first = int.MaxValue;
        foreach (var found in writtenAutomaton.In(folded))
        {
            if (written.Rules[found.Phrase] < first && WordBounds.IsWhole(folded, found.Start, found.Length))
            {
                first = written.Rules[found.Phrase];
            }
        }

        return first;
    }

    private int Spaced(string folded)
    {
        var letters = ArrayPool<char>.Shared.Rent(folded.Length);
        var places = ArrayPool<int>.Shared.Rent(folded.Length);
        var count = 0;
        for (var i = 0; i < folded.Length; i++)
        {
            if (WordBounds.IsWordPart(folded[i]))
            {
                (letters[count], places[count]) = (folded[i], i);
                count++;
            }
        }

        var first = int.MaxValue;
        foreach (var found in spacedAutomaton.In(letters.AsSpan(0, count)))
        {
            var rule = spaced.Rules[found.Phrase];
            if (rule < first && IsPulledApart(folded, places.AsSpan(found.Start, found.Length)))
            {
                first = rule;
            }
        }

        ArrayPool<int>.Shared.Return(places);
        ArrayPool<char>.Shared.Return(letters, clearArray: true);
        return first;
    }

    // Whether these letters begin and end with words, and what stands between them is no white space unless every
    // letter stands alone.
    private static bool IsPulledApart(string folded, ReadOnlySpan<int> places)
    {
        if (!WordBounds.IsBound(folded, places[0]) || !WordBounds.IsBound(folded, places[^1] + 1))
        {
            return false;
        }

        var (space, together) = (false, false);
        for (var i = 1; i < places.Length; i++)
        {
            var between = folded.AsSpan(places[i - 1] + 1, places[i] - places[i - 1] - 1);
            together |= between.IsEmpty;
            space |= between.Contains(' ');
        }

        return !(space && together);
    }

    /// <summary>Distinct phrases, each with the first rule that has it.</summary>
    private sealed class PhraseSet
    {
        private readonly HashSet<string> known = [];

        public List<string> Phrases { get; } = [];

        public List<int> Rules { get; } = [];

        public void Add(string phrase, int rule)
        {
            if (phrase.Length > 0 && known.Add(phrase))
            {
                Phrases.Add(phrase);
                Rules.Add(rule);
            }
        }
    }
}
