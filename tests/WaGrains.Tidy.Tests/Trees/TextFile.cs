using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WaGrains.Tidy.Tests.Trees;

/// <summary>One text file of the repository, or an inline example standing for one.</summary>
/// <param name="path">From the root, with forward slashes.</param>
/// <param name="text">The whole text.</param>
public sealed class TextFile(string path, string text)
{
    private readonly Lazy<CompilationUnitSyntax> _syntax = new(() => CSharpSyntaxTree
        .ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), path)
        .GetCompilationUnitRoot());

    public string Path => path;

    public string Text => text;

    public string[] Lines => text.Split('\n');

    public string Name => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The folder of the file, empty at the root.</summary>
    public string Folder => path.Contains('/') ? path[..path.LastIndexOf('/')] : "";

    /// <summary>The folder's names that belong to the file's place: its project, then the rooms within it.</summary>
    public string[] Rooms => Folder.Split('/').Skip(1).ToArray();

    public bool IsCode => path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsProject => path.EndsWith(".csproj", StringComparison.Ordinal);

    public bool InSource => path.StartsWith("src/", StringComparison.Ordinal);

    public bool InTests => path.StartsWith("tests/", StringComparison.Ordinal);

    public bool InLoad => path.StartsWith("load/", StringComparison.Ordinal);

    /// <summary>True inside the named projects of src; names are given without their prefix.</summary>
    public bool InProject(params string[] names) =>
        InSource && Rooms.Length > 0 && names.Any(name => Rooms[0] == $"WaGrains.{name}");

    public CompilationUnitSyntax Syntax => _syntax.Value;

    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => Syntax.DescendantNodes(descendIntoTrivia: false).OfType<T>();

    public Finding At(SyntaxNode node, string what, string subject = "", int size = 0) =>
        At(node.GetLocation(), what, subject, size);

    public Finding At(SyntaxToken token, string what, string subject = "", int size = 0) =>
        At(token.GetLocation(), what, subject, size);

    public Finding At(Location location, string what, string subject = "", int size = 0) =>
        At(location.GetLineSpan().StartLinePosition.Line + 1, what, subject, size);

    public Finding At(int line, string what, string subject = "", int size = 0) =>
        new(path, line, what, subject, size);
}
