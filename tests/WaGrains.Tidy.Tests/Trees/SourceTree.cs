using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WaGrains.Tidy.Tests.Trees;

/// <summary>The repository's own text files, without what builds and runs leave behind.</summary>
public sealed partial class SourceTree(IReadOnlyList<TextFile> files)
{
    private static readonly string[] LeftBehind = ["bin", "obj", ".git", ".vs", ".idea", "data", "TestResults",
        "BenchmarkDotNet.Artifacts"];

    private static readonly string[] TextEndings = [".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".jsonl",
        ".md", ".txt", ".yml", ".yaml", ".sh", ".sql", ".config", ".http", ".conf", ".toml"];

    private readonly Lazy<HashSet<string>> _words = new(() => FindWords(files));

    public IReadOnlyList<TextFile> Files => files;

    public IEnumerable<TextFile> Code => files.Where(file => file.IsCode);

    public IEnumerable<TextFile> Projects => files.Where(file => file.IsProject);

    /// <summary>Every identifier of the code, every project and every part of a package's name.</summary>
    public IReadOnlySet<string> Words => _words.Value;

    /// <summary>Reads the tree that holds the solution file, above the folder the tests run from.</summary>
    public static SourceTree OfThisRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WaGrains.sln")))
            {
                return Under(folder.FullName);
            }
        }

        throw new InvalidOperationException($"no WaGrains.sln above {AppContext.BaseDirectory}");
    }

    public static SourceTree Under(string root) => new(
        [.. FilesOf(new DirectoryInfo(root))
            .Where(IsText)
            .Select(file => new TextFile(
                Path.GetRelativePath(root, file.FullName).Replace('\\', '/'),
                File.ReadAllText(file.FullName).ReplaceLineEndings("\n")))
            .OrderBy(file => file.Path, StringComparer.Ordinal)]);

    /// <summary>True if a file or a folder of that name, with or without folders before it, is in the tree.</summary>
    public bool Has(string path)
    {
        var plain = path.Trim('/');
        return files.Any(file => file.Path == plain
            || file.Path.StartsWith(plain + "/", StringComparison.Ordinal)
            || file.Path.EndsWith("/" + plain, StringComparison.Ordinal));
    }

    private static IEnumerable<FileInfo> FilesOf(DirectoryInfo folder) => folder.EnumerateFiles().Concat(
        folder.EnumerateDirectories().Where(inner => !LeftBehind.Contains(inner.Name)).SelectMany(FilesOf));

    private static bool IsText(FileInfo file) =>
        file.Name != "packages.lock.json"
        && file.Name != ".git"
        && (file.Extension.Length == 0 || file.Extension == file.Name || TextEndings.Contains(file.Extension));

    private static HashSet<string> FindWords(IReadOnlyList<TextFile> files)
    {
        var identifiers = files.Where(file => file.IsCode)
            .SelectMany(file => file.Syntax.DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(token => token.ValueText);
        var packages = files.Where(file => file.IsProject || file.Name.EndsWith(".props", StringComparison.Ordinal))
            .SelectMany(file => Included().Matches(file.Text + $" Include=\"{file.Name}\""))
            .SelectMany(match => match.Groups[1].Value.Split('.', '/'));
        return [.. identifiers, .. packages];
    }

    [GeneratedRegex("Include=\"([^\"]+)\"")]
    private static partial Regex Included();
}
