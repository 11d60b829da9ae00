using WaGrains.Domain.Filtering;

namespace WaGrains.Domain.Tests.Filtering;

public sealed class ContentFilterTests
{
    private static readonly ContentFilter Filter = new(
    [
        new ForbiddenRule("money", ["Pix", "dinheiro fácil"], FilterReach.ThroughSpacing),
        new ForbiddenRule("rude", ["idiota", "c++"], FilterReach.AsWritten),
        new ForbiddenRule("late", ["pix"], FilterReach.AsWritten),
    ]);

    [Theory]
    [InlineData("Faça um PIX agora", "money")]
    [InlineData("(píx)", "money")]
    [InlineData("p\u200bix", "money")]
    [InlineData("dinheiro   FACIL!", "money")]
    [InlineData("seu _idiota_", "rude")]
    [InlineData("c++ é bom", "rude")]
    [InlineData("pixel", null)]
    [InlineData("pix2", null)]
    [InlineData("idiotas", null)]
    [InlineData("dinheiro não é fácil", null)]
    [InlineData("", null)]
    public void Whole_words_are_caught_in_any_dress(string text, string? rule) =>
        Assert.Equal(rule, Filter.Check(text)?.RuleId);

    [Theory]
    [InlineData("mande p.i.x já", "money")]
    [InlineData("p-i_x", "money")]
    [InlineData("P I X", "money")]
    [InlineData("p . i . x", "money")]
    [InlineData("pi.x", "money")]
    [InlineData("dinheiro.facil", "money")]
    [InlineData("d i n h e i r o f a c i l", "money")]
    [InlineData("dinheirofacil", "money")]
    [InlineData("dinheiro - facil", "money")]
    [InlineData("dinheiro, facil", "money")]
    [InlineData("din heiro facil", null)]
    [InlineData("pi x", null)]
    [InlineData("top i xis", null)]
    [InlineData("sap.i.x", null)]
    [InlineData("p.i.xis", null)]
    [InlineData("i.d.i.o.t.a", null)]
    public void Letters_pulled_apart_are_caught_where_the_rule_looks(string text, string? rule) =>
        Assert.Equal(rule, Filter.Check(text)?.RuleId);

    [Fact]
    public void First_rule_of_the_configuration_is_named() =>
        Assert.Equal("money", Filter.Check("idiota, faz um p.i.x")?.RuleId);

    [Fact]
    public void Hit_holds_nothing_of_the_text() =>
        Assert.Equal(new FilterHit("rude").ToString(), Filter.Check("secret idiota")?.ToString());

    [Fact]
    public void Filter_without_rules_lets_all_through() => Assert.Null(new ContentFilter([]).Check("p.i.x"));

    [Fact]
    public void Phrase_that_folds_to_nothing_is_refused() => Assert.Throws<ArgumentException>(
        () => new ContentFilter([new ForbiddenRule("r", ["\u200b"], FilterReach.AsWritten)]));

    [Fact]
    public void Phrases_beyond_the_bound_are_refused() => Assert.Throws<ArgumentException>(
        () => new ContentFilter([new ForbiddenRule("r", [new string('a', 100_001)], FilterReach.AsWritten)]));
}
