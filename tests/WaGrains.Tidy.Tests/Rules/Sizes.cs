using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Rules;

/// <summary>What fits on a reader's screen and in his head. An exemption carries the size it may not outgrow.</summary>
public static class Sizes
{
    private const int FileLines = 400;
    private const int MethodLines = 60;
    private const int ConstructorParameters = 5;
    private const int LineCharacters = 120;

    public static IEnumerable<Rule> Rules { get; } =
    [
        Rule.OfCode("file size", _ => true, LongFiles),
        Rule.OfCode("method size", _ => true, LongMethods),
        Rule.OfCode("constructor size", _ => true, WideConstructors),
        Rule.OfCode("line size", _ => true, LongLines),
    ];

    private static IEnumerable<Finding> LongFiles(TextFile file)
    {
        var lines = file.Text.TrimEnd('\n').Split('\n').Length;
        if (lines > FileLines)
        {
            yield return file.At(1, $"{lines} lines, at most {FileLines}; split it by concept", size: lines);
        }
    }

    private static IEnumerable<Finding> LongMethods(TextFile file)
    {
        var statements = file.Syntax.Members.OfType<GlobalStatementSyntax>().ToArray();
        if (statements.Length > 0)
        {
            var lines = LastLine(statements[^1]) - FirstLine(statements[0].GetFirstToken()) + 1;
            if (lines > MethodLines)
            {
                yield return file.At(statements[0], TooLong("top-level statements", lines), "Main", lines);
            }
        }

        foreach (var (node, name) in file.Nodes<SyntaxNode>().Select(node => (node, name: NameOf(node))))
        {
            var lines = name is { } token ? LastLine(node) - FirstLine(token) + 1 : 0;
            if (lines > MethodLines)
            {
                yield return file.At(name!.Value, TooLong(name.Value.ValueText, lines), name.Value.ValueText, lines);
            }
        }
    }

    private static string TooLong(string name, int lines) =>
        $"{name} has {lines} lines, at most {MethodLines}; name its parts";

    private static SyntaxToken? NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier,
        ConstructorDeclarationSyntax constructor => constructor.Identifier,
        LocalFunctionStatementSyntax function => function.Identifier,
        OperatorDeclarationSyntax operation => operation.OperatorToken,
        ConversionOperatorDeclarationSyntax conversion => conversion.OperatorKeyword,
        AccessorDeclarationSyntax accessor => accessor.Keyword,
        _ => null,
    };

    private static int FirstLine(SyntaxToken token) => token.GetLocation().GetLineSpan().StartLinePosition.Line;

    private static int LastLine(SyntaxNode node) => node.GetLocation().GetLineSpan().EndLinePosition.Line;

    // A positional record is a list of fields, not a list of things it depends on: messages may be wide.
    private static IEnumerable<Finding> WideConstructors(TextFile file)
    {
        var constructors = file.Nodes<ConstructorDeclarationSyntax>()
            .Select(constructor => (constructor.Identifier, Count: constructor.ParameterList.Parameters.Count));
        var primary = file.Nodes<TypeDeclarationSyntax>()
            .Where(type => type is not RecordDeclarationSyntax)
            .Select(type => (type.Identifier, Count: type.ParameterList?.Parameters.Count ?? 0));
        return constructors.Concat(primary)
            .Where(found => found.Count > ConstructorParameters)
            .Select(found => file.At(
                found.Identifier,
                $"constructor of {found.Identifier.ValueText} takes {found.Count}, at most {ConstructorParameters}; "
                    + "group what belongs together or split the type",
                found.Identifier.ValueText,
                found.Count));
    }

    private static IEnumerable<Finding> LongLines(TextFile file) => file.Lines
        .Select((line, at) => (line.Length, Number: at + 1))
        .Where(line => line.Length > LineCharacters)
        .Select(line => file.At(
            line.Number, $"{line.Length} characters, at most {LineCharacters}; break the line", size: line.Length));
}
