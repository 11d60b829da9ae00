using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Rules;

/// <summary>Which project of src may see what. A project exists only to forbid a reference.</summary>
public static partial class Walls
{
    private static readonly Dictionary<string, string[]> Picture = new()
    {
        ["Domain"] = [],
        ["Engine"] = ["Domain"],
        ["Grains"] = ["Domain", "Engine"],
        ["CloudApi"] = ["Domain"],
        ["Storage"] = ["Domain", "Engine"],
        ["Sandbox"] = [],
        ["Host"] = ["Domain", "Engine", "Grains", "CloudApi", "Storage", "Sandbox"],
    };

    /// <summary>Names of packages and namespaces that only some projects may know.</summary>
    private static readonly (Regex Name, string What, string[] Where)[] Foreign =
    [
        (SqlDriver(), "a SQL driver", ["Storage"]),
        (Orleans(), "Orleans", ["Grains", "Host"]),
        (AspNet(), "ASP.NET", ["Host", "Sandbox"]),
    ];

    public static IEnumerable<Rule> Rules { get; } =
    [
        new("project reference", tree => tree.Projects.Where(file => file.InSource).SelectMany(WrongReferences)),
        new("project package", tree => tree.Projects
            .Where(file => file.InSource || file.InLoad).SelectMany(WrongPackages)),
        new("shared package", SharedPackages),
        new("solution", MissingProjects),
        Rule.OfCode("foreign name", file => file.InSource, ForeignNames),
        Rule.OfCode("foreign name in Engine", file => file.InProject("Engine"), EngineNames),
        Rule.OfCode("SQL text", file => file.InSource && !file.InProject("Storage"), SqlTexts),
    ];

    private static string ShortName(string path) =>
        path[(path.LastIndexOf('/') + 1)..].Replace("WaGrains.", "", StringComparison.Ordinal)
            .Replace(".csproj", "", StringComparison.Ordinal);

    private static IEnumerable<Finding> WrongReferences(TextFile project)
    {
        if (!Picture.TryGetValue(ShortName(project.Path), out var allowed))
        {
            yield return project.At(1, "has no place in the picture of references; say in Walls.cs what it may see");
            yield break;
        }

        foreach (var (line, path) in Included(project, "ProjectReference"))
        {
            var name = ShortName(path.Replace('\\', '/'));
            if (!allowed.Contains(name))
            {
                yield return project.At(
                    line,
                    $"sees {name}, may see {(allowed.Length == 0 ? "nothing" : string.Join(", ", allowed))}",
                    name);
            }
        }
    }

    private static IEnumerable<Finding> WrongPackages(TextFile project)
    {
        var owner = ShortName(project.Path);
        var packages = Included(project, "PackageReference").Concat(Included(project, "FrameworkReference"))
            .Concat(Included(project, "Reference"));
        if (XDocument.Parse(project.Text).Root?.Attribute("Sdk")?.Value == "Microsoft.NET.Sdk.Web")
        {
            packages = packages.Append((1, "Microsoft.AspNetCore.App"));
        }

        foreach (var (line, name) in packages)
        {
            if (owner == "Domain")
            {
                yield return project.At(line, $"Domain takes {name}; it needs the framework alone", name);
            }

            foreach (var (_, what, where) in Foreign.Where(foreign => foreign.Name.IsMatch(name)))
            {
                if (!where.Contains(owner) && !(project.InLoad && what == "ASP.NET"))
                {
                    yield return project.At(
                        line, $"{name} is {what}, which only {string.Join(", ", where)} may know", name);
                }
            }
        }
    }

    // What src/Directory.Build.props adds reaches every project, Domain too: only build tools may stand there.
    private static IEnumerable<Finding> SharedPackages(SourceTree tree) =>
        from file in tree.Files
        where file.InSource && file.Name.EndsWith(".props", StringComparison.Ordinal)
        from element in Elements(file, "PackageReference")
        where element.Attribute("PrivateAssets")?.Value != "all"
        select file.At(
            Line(element), $"{element.Attribute("Include")?.Value} reaches Domain; add PrivateAssets=\"all\"");

    private static IEnumerable<Finding> MissingProjects(SourceTree tree) =>
        from solution in tree.Files
        where solution.Path == "WaGrains.sln"
        from project in tree.Projects
        where !solution.Text.Contains(project.Path.Replace('/', '\\'), StringComparison.Ordinal)
            && !solution.Text.Contains(project.Path, StringComparison.Ordinal)
        select project.At(1, "is not in WaGrains.sln, so no run builds it; dotnet sln add it");

    private static IEnumerable<(int Line, string Name)> Included(TextFile project, string element) =>
        Elements(project, element).Select(found => (Line(found), found.Attribute("Include")?.Value ?? ""));

    private static IEnumerable<XElement> Elements(TextFile file, string name) =>
        XDocument.Parse(file.Text, LoadOptions.SetLineInfo).Descendants(name);

    private static int Line(XElement element) => ((System.Xml.IXmlLineInfo)element).LineNumber;

    private static IEnumerable<Finding> ForeignNames(TextFile file)
    {
        var usings = file.Nodes<UsingDirectiveSyntax>().Where(line => line.NamespaceOrType is not null)
            .Select(line => (Node: (SyntaxNode)line, Name: line.NamespaceOrType.ToString()));
        var qualified = file.Nodes<QualifiedNameSyntax>().Where(name => name.Parent is not QualifiedNameSyntax)
            .Where(name => !name.Ancestors().OfType<UsingDirectiveSyntax>().Any())
            .Select(name => (Node: (SyntaxNode)name, Name: name.ToString()));
        return from found in usings.Concat(qualified)
               from foreign in Foreign
               where foreign.Name.IsMatch(found.Name) && !file.InProject(foreign.Where)
               select file.At(
                   found.Node,
                   $"{found.Name} is {foreign.What}, which only {string.Join(", ", foreign.Where)} may know",
                   found.Name);
    }

    private static IEnumerable<Finding> EngineNames(TextFile file) =>
        from token in file.Syntax.DescendantTokens()
        where token.RawKind == (int)SyntaxKind.IdentifierToken
        let word = RimWord().Match(token.ValueText)
        where word.Success
        select file.At(
            token, $"{token.ValueText} says {word.Value}; Engine knows no Orleans, SQL or HTTP", token.ValueText);

    private static IEnumerable<Finding> SqlTexts(TextFile file) =>
        from text in Syntax.Texts(file.Syntax)
        where Sql().IsMatch(text.ValueText)
        select file.At(text, "SQL outside Storage; ask a query of Storage", "SQL");

    [GeneratedRegex(@"^(Npgsql|Microsoft\.Data\.(Sqlite|SqlClient)|SQLitePCLRaw|System\.Data\.Common|Dapper)\b")]
    private static partial Regex SqlDriver();

    [GeneratedRegex(@"^(Microsoft\.)?Orleans\b")]
    private static partial Regex Orleans();

    [GeneratedRegex(@"^Microsoft\.AspNetCore\b|\.AspNetCore$")]
    private static partial Regex AspNet();

    [GeneratedRegex("Orleans|Npgsql|Sqlite|Postgres|Sql(?![a-z])|Http(?![a-z])")]
    private static partial Regex RimWord();

    [GeneratedRegex(@"\bSELECT\s|\bINSERT\s+(OR\s+\w+\s+)?INTO\b|\bUPDATE\s+\S+\s+SET\b|\bDELETE\s+FROM\b")]
    private static partial Regex Sql();
}
