using WaGrains.Tidy.Tests.Book;
using WaGrains.Tidy.Tests.Examples;
using WaGrains.Tidy.Tests.Rules;
using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests;

/// <summary>Each rule can fail, and lets through what it should.</summary>
public sealed class RuleTests
{
    private static readonly Example[] Examples =
        [.. WallExamples.All, .. ShapeExamples.All, .. CallExamples.All, .. TextExamples.All];

    public static IEnumerable<object[]> Numbered => Examples.Select((each, at) => new object[] { at, each.Rule });

    public static TheoryData<string> RuleNames => [.. RuleBook.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Numbered))]
    public void The_rule_finds_what_the_example_says(int number, string rule)
    {
        var example = Examples[number];

        var tree = new SourceTree(example.Files);
        var found = RuleBook.Named(rule).Find(tree).Select(each => each.ToString()).ToArray();

        Assert.True(
            found.Length == example.Findings,
            $"{example.Findings} expected, got {found.Length}:\n{string.Join('\n', found)}\n{example.Files[0].Text}");
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Each_rule_has_an_example_that_breaks_it_and_one_that_keeps_it(string rule)
    {
        Assert.Contains(Examples, example => example.Rule == rule && example.Findings > 0);
        Assert.Contains(Examples, example => example.Rule == rule && example.Findings == 0);
    }

    [Fact]
    public void A_finding_tells_file_line_fault_and_replacement()
    {
        var file = new TextFile("src/A/A.cs", "class A\n{\n    DateTimeOffset Now() => DateTimeOffset.UtcNow;\n}");

        var found = Assert.Single(RuleBook.Named("clock").Find(new SourceTree([file])));

        Assert.Equal(
            "src/A/A.cs:3: DateTimeOffset.UtcNow; take DateTimeOffset `now` as an argument or ask the TimeProvider",
            found.ToString());
    }

    [Fact]
    public void An_exemption_covers_its_size_and_nothing_more()
    {
        var exemption = new Exemption("file size", "src/A.cs", "", 500, "a table that is read from top to bottom");

        Assert.True(exemption.Covers("file size", new Finding("src/A.cs", 1, "long", "", 500)));
        Assert.False(exemption.Covers("file size", new Finding("src/A.cs", 1, "long", "", 501)));
        Assert.False(exemption.Covers("file size", new Finding("src/B.cs", 1, "long", "", 500)));
        Assert.False(exemption.Covers("line size", new Finding("src/A.cs", 1, "long", "", 500)));
        Assert.False(exemption.Covers("file size", new Finding("src/A.cs", 1, "long", "Other", 500)));
    }

    [Fact]
    public void A_tree_without_any_document_breaks_no_rule()
    {
        var tree = new SourceTree([new TextFile("src/WaGrains.Domain/A.cs", "namespace WaGrains.Domain; class A;")]);

        Assert.Empty(RuleBook.All.SelectMany(rule => rule.Find(tree)));
    }
}
