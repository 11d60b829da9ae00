using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Rules;

/// <summary>Names that say what is inside, and namespaces that say where it stands.</summary>
public static partial class Names
{
    private static readonly HashSet<string> Banned =
    [
        "Manager", "Helper", "Helpers", "Utils", "Util", "Service", "Services", "Common", "Base", "Impl", "Data",
        "Info",
    ];

    // The field's word for the 24 hours after a customer's message, and Orleans' word for a grain per ring range.
    private static readonly string[] Standing = ["ServiceWindow", "RecoveryService"];

    public static IEnumerable<Rule> Rules { get; } =
    [
        Rule.OfCode("banned name", _ => true, BannedTypes),
        new("banned folder", BannedFolders),
        Rule.OfCode("namespace", _ => true, WrongNamespaces),
    ];

    private static IEnumerable<Finding> BannedTypes(TextFile file) =>
        from node in file.Nodes<MemberDeclarationSyntax>()
        let name = node switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier,
            DelegateDeclarationSyntax type => type.Identifier,
            _ => default,
        }
        let word = name.IsKind(SyntaxKind.None) ? null : BannedWordIn(name.ValueText)
        where word is not null
        select file.At(
            name,
            $"{name.ValueText} says {word}; name the thing (SendQueue) or the deed (GraphSender)",
            name.ValueText);

    private static IEnumerable<Finding> BannedFolders(SourceTree tree) =>
        from file in tree.Files
        where file.InSource || file.InTests || file.InLoad
        from room in file.Rooms
        let word = BannedWordIn(room)
        where word is not null
        group file by (room, word) into found
        select found.First().At(
            1, $"folder {found.Key.room} says {found.Key.word}; name the concept it holds", found.Key.room);

    private static string? BannedWordIn(string name)
    {
        var rest = Standing.Aggregate(name, (left, standing) => left.Replace(standing, "", StringComparison.Ordinal));
        return Words().Matches(rest).Select(match => match.Value).FirstOrDefault(Banned.Contains);
    }

    private static IEnumerable<Finding> WrongNamespaces(TextFile file)
    {
        var wanted = string.Join('.', file.Rooms);
        var stated = file.Nodes<BaseNamespaceDeclarationSyntax>().ToArray();
        foreach (var space in stated.Where(space => space.Name.ToString() != wanted))
        {
            yield return file.At(space, $"namespace {space.Name} stands in the folder of {wanted}; move one of them");
        }

        // Top-level statements put Program into the global namespace, and a test host names it there.
        var homeless = file.Syntax.Members.OfType<BaseTypeDeclarationSyntax>()
            .Where(type => type.Identifier.ValueText != "Program");
        foreach (var type in homeless)
        {
            yield return file.At(type, $"{type.Identifier.ValueText} has no namespace; write namespace {wanted};");
        }
    }

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z]+")]
    private static partial Regex Words();
}
