using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Rules;

/// <summary>Interfaces that earn their keep, and bounds that give their reason.</summary>
public static class Contracts
{
    private const int Implementations = 2;

    public static IEnumerable<Rule> Rules { get; } =
    [
        new("lone interface", LoneInterfaces),
        Rule.OfCode("bare limit", file => file.Name == "Limits.cs", BareLimits),
    ];

    private static IEnumerable<Finding> LoneInterfaces(SourceTree tree)
    {
        var parents = tree.Code.SelectMany(file => file.Nodes<TypeDeclarationSyntax>())
            .SelectMany(type => BasesOf(type).Select(parent => (Type: type, Parent: parent)))
            .ToLookup(pair => pair.Parent, pair => pair.Type);
        return from file in tree.Code
               where file.InSource
               from declared in file.Nodes<InterfaceDeclarationSyntax>()
               let name = declared.Identifier.ValueText
               where !IsGrainContract(name)
               let found = Implementers(name, parents, []).Distinct().Count()
               where found < Implementations
               select file.At(
                   declared.Identifier,
                   $"{name} has {found} of {Implementations} implementations in src and tests; use the class itself",
                   name);
    }

    // Orleans calls grains and their observers through interfaces: there one implementation is the rule.
    private static bool IsGrainContract(string name) =>
        name.EndsWith("Grain", StringComparison.Ordinal) || name.EndsWith("Client", StringComparison.Ordinal);

    private static IEnumerable<string> BasesOf(TypeDeclarationSyntax type) =>
        type.BaseList?.Types.Select(parent => Syntax.LastName(parent.Type)) ?? [];

    private static IEnumerable<string> Implementers(
        string name, ILookup<string, TypeDeclarationSyntax> parents, HashSet<string> seen)
    {
        if (!seen.Add(name))
        {
            return [];
        }

        return parents[name].SelectMany(type => type is InterfaceDeclarationSyntax
            ? Implementers(type.Identifier.ValueText, parents, seen)
            : [FullName(type)]);
    }

    // Nested test doubles often share a short name; the types around them tell them apart.
    private static string FullName(TypeDeclarationSyntax type) =>
        string.Join('.', type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            .Select(each => each.Identifier.ValueText));

    private static IEnumerable<Finding> BareLimits(TextFile file)
    {
        var fields = file.Nodes<FieldDeclarationSyntax>()
            .Where(field => field.Modifiers.Any(SyntaxKind.ConstKeyword) || IsFixed(field.Modifiers))
            .Select(field => (Node: (MemberDeclarationSyntax)field, Name: field.Declaration.Variables[0].Identifier));
        var properties = file.Nodes<PropertyDeclarationSyntax>()
            .Where(property => property.Modifiers.Any(SyntaxKind.StaticKeyword))
            .Select(property => (Node: (MemberDeclarationSyntax)property, Name: property.Identifier));
        return from limit in fields.Concat(properties)
               where !limit.Node.GetLeadingTrivia().ToFullString().Contains("///", StringComparison.Ordinal)
               select file.At(
                   limit.Name,
                   $"{limit.Name.ValueText} is bare; say its unit and why it is so much",
                   limit.Name.ValueText);
    }

    private static bool IsFixed(SyntaxTokenList modifiers) =>
        modifiers.Any(SyntaxKind.StaticKeyword) && modifiers.Any(SyntaxKind.ReadOnlyKeyword);
}
