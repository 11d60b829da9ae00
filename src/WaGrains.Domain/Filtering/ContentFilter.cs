using System.Buffers;
using System.Text;
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

                written.Add(folded, new Entry(ruleIds.Count, []));
                if (rule.Reach == FilterReach.ThroughSpacing)
                {
                    AddSpaced(folded, ruleIds.Count);
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

    private void AddSpaced(string folded, int rule)
    {
        var letters = new StringBuilder(folded.Length);
        var breaks = new HashSet<int>();
        foreach (var c in folded)
        {
            if (WordBounds.IsWordPart(c))
            {
                letters.Append(c);
            }
            else
            {
                breaks.Add(letters.Length);
            }
        }

        if (letters.Length > 0)
        {
            spaced.Add(letters.ToString(), new Entry(rule, breaks));
        }
    }

    private int Written(string folded)
    {
        var first = int.MaxValue;
        foreach (var found in writtenAutomaton.In(folded))
        {
            if (WordBounds.IsWhole(folded, found.Start, found.Length))
            {
                first = Math.Min(first, written.Entries[found.Phrase][0].Rule);
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
            foreach (var entry in spaced.Entries[found.Phrase])
            {
                if (entry.Rule < first && IsPulledApart(folded, places.AsSpan(found.Start, found.Length), entry.Breaks))
                {
                    first = entry.Rule;
                }
            }
        }

        ArrayPool<int>.Shared.Return(places);
        ArrayPool<char>.Shared.Return(letters, clearArray: true);
        return first;
    }

    // Whether these letters begin and end with words, and what stands between them is white space only where the phrase
    // has a break of its own, or where every letter stands alone.
    private static bool IsPulledApart(string folded, ReadOnlySpan<int> places, HashSet<int> breaks)
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
            space |= between.Contains(' ') && !breaks.Contains(i);
        }

        return !(space && together);
    }

    /// <summary>A phrase of a rule.</summary>
    /// <param name="Rule">The rule's place in the configuration.</param>
    /// <param name="Breaks">Before which of its letters the phrase as written has something else than letters.</param>
    private sealed record Entry(int Rule, HashSet<int> Breaks);

    /// <summary>Distinct phrases, each with those who have it, in the configuration's order.</summary>
    private sealed class PhraseSet
    {
        private readonly Dictionary<string, List<Entry>> known = [];

        public List<string> Phrases { get; } = [];

        public List<List<Entry>> Entries { get; } = [];

        public void Add(string phrase, Entry entry)
        {
            if (!known.TryGetValue(phrase, out var entries))
            {
                entries = [];
                known.Add(phrase, entries);
                Phrases.Add(phrase);
                Entries.Add(entries);
            }

            entries.Add(entry);
        }
    }
}
