using WaGrains.Domain.Text;

namespace WaGrains.Domain.Tests.Text;

public sealed class TextFoldingTests
{
    [Theory]
    [InlineData("OPÇÃO", "opcao")]
    [InlineData("opc\u0327a\u0303o", "opcao")]
    [InlineData("ｏｐｃａｏ１", "opcao1")]
    [InlineData("Ａ　Ｂ", "a b")]
    [InlineData("Straße STRAẞE", "strasse strasse")]
    [InlineData("ﬁn ﬃ Æsop Œuvre Ĳssel Þór", "fin ffi aesop oeuvre ijssel thor")]
    [InlineData("Łódź Şişli İstanbul ılık Đorđe Øre", "lodz sisli istanbul ilik dorde ore")]
    [InlineData("Nguyễn Thị Hường", "nguyen thi huong")]
    [InlineData("ȘȚăâ ǅ ơư", "staa dz ou")]
    [InlineData("ΆΈΉΊΌΎΏ ϊΐϋΰ Σίσυφος", "αεηιουω ιιυυ σισυφοσ")]
    [InlineData("ЁЛКА ёлка йод", "елка елка йод")]
    [InlineData("и\u0306од и\u0301", "йод и")]
    [InlineData("أحمد إلى آخر مُحَمَّد كـتاب", "احمد الي اخر محمد كتاب")]
    [InlineData("٣ ۴", "3 4")]
    [InlineData("\U0001D5E3\U0001D5F6\U0001D605 \U0001D7EE \U0001F17F", "pix 2 p")]
    [InlineData("Ⓟⓘx №", "pix №")]
    [InlineData("1ª 2º", "1a 2o")]
    [InlineData("日本語 한국어 हिन्दी", "日本語 한국어 हिन्दी")]
    [InlineData("👍🏽", "👍🏽")]
    [InlineData("it’s “so”", "it's \"so\"")]
    public void Case_accents_and_width_are_gone(string text, string folded) =>
        Assert.Equal(folded, TextFolding.Fold(text));

    [Theory]
    [InlineData("p\u200bi\u200dx")]
    [InlineData("p\u00adi\ufeffx")]
    [InlineData("p\u2060i\u202ex\u0000")]
    [InlineData("p\u034fi\ufe0fx\u3164")]
    [InlineData("p\U000E0041ix")]
    public void Characters_that_show_nothing_are_gone(string text) => Assert.Equal("pix", TextFolding.Fold(text));

    [Theory]
    [InlineData("  a \t\r\n b\u00a0\u2003c ", "a b c")]
    [InlineData("   ", "")]
    [InlineData("", "")]
    [InlineData(" \u200b ", "")]
    public void White_space_collapses(string text, string folded) => Assert.Equal(folded, TextFolding.Fold(text));

    [Fact]
    public void Folded_text_comes_back_as_it_is()
    {
        var text = "already folded, 100%!";

        Assert.Same(text, TextFolding.Fold(text));
    }

    [Fact]
    public void Longest_growth_fits_the_promised_room() =>
        Assert.Equal(TextFolding.LengthMax(3000), TextFolding.Fold(new string('ﬃ', 3000)).Length);

    [Fact]
    public void Lone_surrogates_stay() => Assert.Equal("a\ud83d", TextFolding.Fold("A\ud83d"));

    [Fact]
    public void Folding_twice_is_folding_once()
    {
        for (var seed = 1; seed <= 2000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, 40).Select(_ =>
                (char)random.Next(random.Next(4) == 0 ? 0x10000 : 0x700)));
            var once = TextFolding.Fold(text);

            var twice = TextFolding.Fold(once);
            Assert.True(once == twice, $"seed={seed} once={Escape(once)} twice={Escape(twice)}");
        }
    }

    [Fact]
    public void Every_letter_folds_as_its_lower_case_does()
    {
        for (var c = '\0'; c < '\ud800'; c++)
        {
            var upper = TextFolding.Fold(c.ToString());
            var lower = TextFolding.Fold(char.ToLowerInvariant(c).ToString());

            Assert.True(upper == lower, $"U+{(int)c:x4}: {upper} is not {lower}");
        }
    }

    private static string Escape(string text) => string.Join(' ', text.Select(c => $"{(int)c:x4}"));
}
