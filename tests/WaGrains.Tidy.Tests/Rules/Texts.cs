using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Rules;

/// <summary>What no file may hold: promises, drawers, switched-off tests, traces of one machine.</summary>
public static partial class Texts
{
    public static IEnumerable<Rule> Rules { get; } =
    [
        new("promise", tree => tree.Files.SelectMany(Promises)),
        Rule.OfCode("region", _ => true, Regions),
        Rule.OfCode("skipped test", file => file.InTests, SkippedTests),
        new("machine path", tree => tree.Files.SelectMany(file => Lines(
            file, MachinePath(), "a path of one machine; start from the repository's root or a temporary folder"))),
        new("registry", Registries),
    ];

    // In code only comments count: a rule or a test may have to spell the word.
    private static IEnumerable<Finding> Promises(TextFile file)
    {
        const string What = "a promise in the code; do it now or open an issue";
        if (!file.IsCode)
        {
            return Lines(file, Promise(), What);
        }

        return file.Syntax.DescendantTrivia(descendIntoTrivia: false)
            .Where(trivia => IsComment(trivia) && Promise().IsMatch(trivia.ToFullString()))
            .Select(trivia => file.At(trivia.GetLocation(), What));
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind()
        is SyntaxKind.SingleLineCommentTrivia
        or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia
        or SyntaxKind.MultiLineDocumentationCommentTrivia;

    private static IEnumerable<Finding> Regions(TextFile file) => file.Syntax.DescendantTrivia()
        .Where(trivia => trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
        .Select(trivia => file.At(trivia.GetLocation(), "a region hides code; split the file instead"));

    private static IEnumerable<Finding> SkippedTests(TextFile file)
    {
        const string What = "a test that does not run; make it pass or delete it";
        var attributes = file.Nodes<AttributeArgumentSyntax>()
            .Where(argument => argument.NameEquals?.Name.Identifier.ValueText is "Skip" or "SkipWhen" or "SkipUnless")
            .Select(argument => file.At(argument, What, "Skip"));
        var calls = file.Nodes<MemberAccessExpressionSyntax>()
            .Where(access => Syntax.Dotted(access) is "Assert.Skip" or "Assert.SkipWhen" or "Assert.SkipUnless")
            .Select(access => file.At(access, What, "Skip"));
        return attributes.Concat(calls);
    }

    private static IEnumerable<Finding> Registries(SourceTree tree)
    {
        const string What = "names a package registry; which one to ask is the machine's own setting";
        var configured = tree.Files
            .Where(file => file.Name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase))
            .Select(file => file.At(1, What));
        return configured.Concat(tree.Files.SelectMany(file => Lines(file, Registry(), What)));
    }

    private static IEnumerable<Finding> Lines(TextFile file, Regex pattern, string what) => file.Lines
        .Select((line, at) => (Match: pattern.Match(line), Number: at + 1))
        .Where(line => line.Match.Success)
        .Select(line => file.At(line.Number, $"'{line.Match.Value}' is {what}", line.Match.Value));

    // The bracketed letters keep these patterns from finding themselves.
    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HAC[K])\b")]
    private static partial Regex Promise();

    [GeneratedRegex(@"(?<![\w.}\)*/-])/([r]oot/|([h]ome|[w]ork|[U]sers|[t]mp|[m]nt)/\w)|\b[A-Z]:\\[U]sers\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b([n]uget\.org|[n]pmjs\.org|[p]ypi\.org|[p]roxy\.golang\.org|[p]kgs\.dev\.|[a]rtifactory\b)")]
    private static partial Regex Registry();
}
