using WaGrains.Domain.Text;

namespace WaGrains.Domain.Bots;

/// <summary>
/// The keyword rules of one configuration, compiled once and shared by everyone who holds that snapshot. The answer
/// depends on the rules and the text alone: highest priority, then longest keyword, then strictest kind, then smallest
/// rule id (ordinal).
/// </summary>
public sealed class KeywordMatcher
{
    /// <summary>Characters of all keywords together; some ten megabytes compiled.</summary>
    public const int KeywordCharsMax = 100_000;

    private readonly Dictionary<string, Candidate> exact = [];
    private readonly List<List<Candidate>> byPhrase = [];
    private readonly PhraseAutomaton automaton;

    /// <summary>Compiles rules, disabled ones too: a mistake shows when it is written, not when it is switched
    /// on.</summary>
    /// <exception cref="ArgumentException">A keyword holds nothing to match, or together they are too long; names the
    /// rule.</exception>
    public KeywordMatcher(IEnumerable<KeywordRule> rules)
    {
        var phrases = new Dictionary<string, int>();
        var chars = 0;
        foreach (var rule in rules)
        {
            foreach (var keyword in rule.Keywords)
            {
                var folded = TextFolding.Fold(keyword);
                chars += folded.Length;
                if (folded.Length == 0 || chars > KeywordCharsMax)
                {
                    throw new ArgumentException(
                        $"Rule '{rule.Id}' has an empty keyword or one too many.", nameof(rules));
                }

                if (rule.State == KeywordRuleState.Enabled)
                {
                    Add(new Candidate(rule, keyword, folded), phrases);
                }
            }
        }

        automaton = new PhraseAutomaton([.. phrases.OrderBy(phrase => phrase.Value).Select(phrase => phrase.Key)]);
    }

    /// <summary>The rule that answers this message, or null.</summary>
    /// <param name="text">What the customer wrote.</param>
    public KeywordHit? Match(string text)
    {
        var folded = TextFolding.Fold(text);
        var best = exact.GetValueOrDefault(WordBounds.TrimToWords(folded));
        foreach (var found in automaton.In(folded))
        {
            foreach (var candidate in byPhrase[found.Phrase])
            {
                if (candidate.Accepts(folded, found.Start) && candidate.Beats(best))
                {
                    best = candidate;
                }
            }
        }

        return best is null ? null : new KeywordHit(best.Rule, best.Keyword);
    }

    private void Add(Candidate candidate, Dictionary<string, int> phrases)
    {
        if (candidate.Rule.Match == MatchKind.Exact)
        {
            var whole = WordBounds.TrimToWords(candidate.Folded);
            if (candidate.Beats(exact.GetValueOrDefault(whole)))
            {
                exact[whole] = candidate;
            }

            return;
        }

        if (!phrases.TryGetValue(candidate.Folded, out var index))
        {
            index = phrases.Count;
            phrases.Add(candidate.Folded, index);
            byPhrase.Add([]);
        }

        byPhrase[index].Add(candidate);
    }

    private sealed record Candidate(KeywordRule Rule, string Keyword, string Folded)
    {
        public bool Accepts(string text, int start) => Rule.Match switch
        {
            MatchKind.Exact => false,
            MatchKind.Starts => start == 0,
            MatchKind.Word => WordBounds.IsWhole(text, start, Folded.Length),
            MatchKind.Contains => true,
        };

        public bool Beats(Candidate? other)
        {
            if (other is null || Rule.Priority != other.Rule.Priority)
            {
                return other is null || Rule.Priority > other.Rule.Priority;
            }

            if (Folded.Length != other.Folded.Length)
            {
                return Folded.Length > other.Folded.Length;
            }

            return Rule.Match != other.Rule.Match
                ? Rule.Match < other.Rule.Match
                : string.CompareOrdinal(Rule.Id, other.Rule.Id) < 0;
        }
    }
}
