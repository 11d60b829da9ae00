using WaGrains.Domain.Bots;
using WaGrains.Domain.Text;

namespace WaGrains.Domain.Tests.Bots;

public sealed class KeywordMatcherTests
{
    [Theory]
    [InlineData("menu", true)]
    [InlineData(" MENÚ! ", true)]
    [InlineData("o menu", false)]
    [InlineData("menus", false)]
    public void Exact_keyword_is_the_whole_message(string text, bool hit) =>
        Assert.Equal(hit, Matcher(Rule("r", MatchKind.Exact, "Menu")).Match(text) is not null);

    [Theory]
    [InlineData("Horário de hoje?", true)]
    [InlineData("horarios", true)]
    [InlineData("qual horario", false)]
    public void Starting_keyword_begins_the_message(string text, bool hit) =>
        Assert.Equal(hit, Matcher(Rule("r", MatchKind.Starts, "horário")).Match(text) is not null);

    [Theory]
    [InlineData("quero ver o preço.", true)]
    [InlineData("(PREÇO)", true)]
    [InlineData("_preco_", true)]
    [InlineData("precos", false)]
    [InlineData("despreco", false)]
    [InlineData("preco1", false)]
    public void Word_stands_alone(string text, bool hit) =>
        Assert.Equal(hit, Matcher(Rule("r", MatchKind.Word, "preço")).Match(text) is not null);

    [Theory]
    [InlineData("2a via  do\nboleto", true)]
    [InlineData("via do boletos", false)]
    public void Phrase_of_words_stands_alone_too(string text, bool hit) =>
        Assert.Equal(hit, Matcher(Rule("r", MatchKind.Word, "via do boleto")).Match(text) is not null);

    [Theory]
    [InlineData("supermercados", true)]
    [InlineData("super mercado", true)]
    [InlineData("merca do", false)]
    public void Contained_keyword_stands_anywhere(string text, bool hit) =>
        Assert.Equal(hit, Matcher(Rule("r", MatchKind.Contains, "mercado")).Match(text) is not null);

    [Fact]
    public void Keyword_without_letters_matches_itself() =>
        Assert.Equal("?", Matcher(Rule("r", MatchKind.Exact, "?", "👍")).Match(" ? ")?.Keyword);

    [Fact]
    public void Hit_names_the_keyword_as_written() =>
        Assert.Equal("PREÇO", Matcher(Rule("r", MatchKind.Word, "valor", "PREÇO")).Match("o preco")?.Keyword);

    [Fact]
    public void Higher_priority_wins_over_a_longer_keyword() => Assert.Equal("b", Matcher(
        Rule("a", MatchKind.Word, "segunda via do boleto"),
        Rule("b", MatchKind.Word, "boleto") with { Priority = 1 }).Match("segunda via do boleto")?.Rule.Id);

    [Fact]
    public void Longer_keyword_wins_at_equal_priority() => Assert.Equal("a", Matcher(
        Rule("b", MatchKind.Exact, "boleto"),
        Rule("a", MatchKind.Contains, "via do boleto")).Match("segunda via do boleto")?.Rule.Id);

    [Fact]
    public void Stricter_kind_wins_at_equal_length() => Assert.Equal("z", Matcher(
        Rule("a", MatchKind.Contains, "boleto"),
        Rule("z", MatchKind.Exact, "boleto")).Match("boleto")?.Rule.Id);

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void Smaller_id_wins_where_all_else_is_equal_whatever_the_order(string first, string second) =>
        Assert.Equal("a", Matcher(
            Rule(first, MatchKind.Word, "boleto"),
            Rule(second, MatchKind.Word, "boleto")).Match("boleto")?.Rule.Id);

    [Fact]
    public void Disabled_rule_is_silent() =>
        Assert.Null(Matcher(Rule("r", MatchKind.Word, "oi") with { State = KeywordRuleState.Disabled }).Match("oi"));

    [Fact]
    public void No_rules_answer_nothing() => Assert.Null(Matcher().Match("oi"));

    [Theory]
    [InlineData("")]
    [InlineData(" \u200b")]
    public void Keyword_that_folds_to_nothing_is_refused(string keyword) =>
        Assert.Throws<ArgumentException>(() => Matcher(Rule("r", MatchKind.Contains, keyword)));

    [Fact]
    public void Matcher_agrees_with_a_plain_search()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            string Text(int most) => string.Concat(
                Enumerable.Range(0, random.Next(1, most)).Select(_ => "ab c"[random.Next(4)]));
            var rules = Enumerable.Range(0, 6)
                .Select(i =>
                    Rule($"{i}", (MatchKind)random.Next(2, 5), $"a{Text(5)}b") with { Priority = random.Next(2) })
                .ToArray();
            var text = Text(30);

            var expected = Plainly(rules, TextFolding.Fold(text));
            var got = Matcher(rules).Match(text)?.Rule.Id;
            Assert.True(expected == got, $"seed={seed} expected={expected} got={got}");
        }
    }

    private static string? Plainly(KeywordRule[] rules, string text) => rules
        .Where(rule => Finds(rule.Match, text, TextFolding.Fold(rule.Keywords[0])))
        .OrderByDescending(rule => rule.Priority)
        .ThenByDescending(rule => TextFolding.Fold(rule.Keywords[0]).Length)
        .ThenBy(rule => rule.Match)
        .ThenBy(rule => rule.Id, StringComparer.Ordinal)
        .FirstOrDefault()?.Id;

    private static bool Finds(MatchKind kind, string text, string keyword) => kind switch
    {
        MatchKind.Exact => text == keyword,
        MatchKind.Starts => text.StartsWith(keyword, StringComparison.Ordinal),
        MatchKind.Word => $" {text} ".Contains($" {keyword} ", StringComparison.Ordinal),
        MatchKind.Contains => text.Contains(keyword, StringComparison.Ordinal),
    };

    private static KeywordRule Rule(string id, MatchKind match, params string[] keywords) =>
        new(id, keywords, match, [$"reply of {id}"], null, 0, KeywordRuleState.Enabled);

    private static KeywordMatcher Matcher(params KeywordRule[] rules) => new(rules);
}
