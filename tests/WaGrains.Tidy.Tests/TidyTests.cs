using WaGrains.Tidy.Tests.Book;
using WaGrains.Tidy.Tests.Rules;
using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests;

public sealed class TidyTests
{
    private static readonly SourceTree Tree = SourceTree.OfThisRepository();

    public static TheoryData<string> RuleNames => [.. RuleBook.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void The_tree_keeps_the_rule(string rule)
    {
        var broken = Found(RuleBook.Named(rule))
            .Where(finding => !Exemptions.All.Any(exemption => exemption.Covers(rule, finding)))
            .Select(finding => finding.ToString())
            .ToArray();

        Assert.True(broken.Length == 0, $"{broken.Length} times '{rule}':\n{string.Join('\n', broken)}");
    }

    [Fact]
    public void Each_exemption_is_still_needed()
    {
        var idle = Exemptions.All
            .Where(exemption => !Found(RuleBook.Named(exemption.Rule))
                .Any(finding => exemption.Covers(exemption.Rule, finding)))
            .ToArray();

        Assert.True(
            idle.Length == 0, $"delete from Exemptions.cs:\n{string.Join('\n', idle.Select(each => $"{each}"))}");
    }

    [Fact]
    public void Each_exemption_names_a_rule_and_gives_a_reason() => Assert.All(Exemptions.All, exemption =>
    {
        Assert.Contains(RuleBook.All, rule => rule.Name == exemption.Rule);
        Assert.True(exemption.Why.Length > 20, $"{exemption}: '{exemption.Why}' is no reason");
    });

    [Fact]
    public void The_tree_that_is_read_is_the_whole_one()
    {
        Assert.Contains(Tree.Files, file => file.Path == "WaGrains.sln");
        Assert.Contains(Tree.Code, file => file.InProject("Domain"));
        Assert.Contains(Tree.Code, file => file.Path == "tests/WaGrains.Tidy.Tests/TidyTests.cs");
        Assert.DoesNotContain(Tree.Files, file => file.Path.Contains("/obj/", StringComparison.Ordinal));
    }

    private static IEnumerable<Finding> Found(Rule rule) => rule.Find(Tree);
}
