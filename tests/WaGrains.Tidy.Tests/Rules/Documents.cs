using System.Text.RegularExpressions;
using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Rules;

/// <summary>README, DECISIONS and CHANGELOG stay true when the code beneath them moves.</summary>
public static partial class Documents
{
    private const int EntryLines = 12;

    private static readonly string[] Prose = ["README.md", "DECISIONS.md", "CHANGELOG.md"];

    public static IEnumerable<Rule> Rules { get; } =
    [
        new("document names", tree => tree.Files.Where(IsProse).SelectMany(file => GoneTypes(file, tree))),
        new("document paths", tree => tree.Files.Where(IsProse).SelectMany(file => GonePaths(file, tree))),
        new("decision size", tree => tree.Files.Where(file => file.Name == "DECISIONS.md").SelectMany(LongDecisions)),
    ];

    private static bool IsProse(TextFile file) => Prose.Contains(file.Name);

    /// <summary>Words in backticks, spelled like a type or a code file, that the code does not know.</summary>
    private static IEnumerable<Finding> GoneTypes(TextFile file, SourceTree tree) =>
        from line in OutsideFences(file)
        from Match quoted in Quoted().Matches(line.Text)
        let word = quoted.Groups[1].Value
        where IsGone(word, tree)
        select file.At(line.Number, $"`{word}` is not in the code (any more); name what is there now", word);

    private static bool IsGone(string word, SourceTree tree)
    {
        if (word.EndsWith(".cs", StringComparison.Ordinal))
        {
            return !tree.Has(word);
        }

        var name = Decoration().Replace(word, "");
        return TypeName().IsMatch(name) && !NamesIn(name).All(tree.Words.Contains);
    }

    // In an environment variable (PREFIX__Section__Option) the prefix and shouted placeholders are not ours to know.
    private static IEnumerable<string> NamesIn(string word) => word.Contains("__", StringComparison.Ordinal)
        ? word.Split("__").Where(part => part.Any(char.IsLower))
        : word.Split('.');

    /// <summary>Paths that begin at the root, in backticks, fences or links; and every relative link.</summary>
    private static IEnumerable<Finding> GonePaths(TextFile file, SourceTree tree)
    {
        foreach (var (number, text, fenced) in WithFences(file))
        {
            var quoted = fenced
                ? text
                : string.Join(' ', Quoted().Matches(text).Select(match => match.Groups[1].Value));
            var paths = RootedPath().Matches(quoted).Select(match => match.Value)
                .Concat(fenced ? [] : Link().Matches(text).Select(match => match.Groups[1].Value));
            foreach (var path in paths.Select(path => path.TrimEnd('.', ',', ':', '/')).Where(path => path.Length > 0))
            {
                var plain = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
                if (!tree.Has(plain))
                {
                    yield return file.At(number, $"{path} does not exist; name what is there now", path);
                }
            }
        }
    }

    private static IEnumerable<Finding> LongDecisions(TextFile file)
    {
        var (title, at, lines, entries) = ("", 1, 0, 0);
        foreach (var (line, number) in file.Lines.Append("## ").Select((line, index) => (line, index + 1)))
        {
            if (!line.StartsWith("## ", StringComparison.Ordinal))
            {
                lines += line.Trim().Length > 0 ? 1 : 0;
                continue;
            }

            if (entries > 0 && lines > EntryLines)
            {
                yield return file.At(
                    at, $"'{title}' has {lines} lines, at most {EntryLines}; keep choice and why", title, lines);
            }

            (title, at, lines, entries) = (line[3..].Trim(), number, 0, entries + 1);
        }

        if (entries == 1)
        {
            yield return file.At(1, "has no entry; head each with '## '");
        }
    }

    private static IEnumerable<(int Number, string Text)> OutsideFences(TextFile file) =>
        WithFences(file).Where(line => !line.Fenced).Select(line => (line.Number, line.Text));

    private static IEnumerable<(int Number, string Text, bool Fenced)> WithFences(TextFile file)
    {
        var fenced = false;
        foreach (var (line, number) in file.Lines.Select((line, index) => (line, index + 1)))
        {
            var fence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            fenced ^= fence;
            if (!fence)
            {
                yield return (number, line, fenced);
            }
        }
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\[|\]$|<.*>$|\(.*\)$")]
    private static partial Regex Decoration();

    [GeneratedRegex(@"^[A-Z]\w*[a-z]\w*(\.[A-Z]\w*)*$")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"(?<![\w/.:-])(\./)?(src|tests|load|deploy|docs|\.ci)/[\w.-]+(/[\w.-]+)*/?")]
    private static partial Regex RootedPath();

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)([^)#\s]+)")]
    private static partial Regex Link();
}
