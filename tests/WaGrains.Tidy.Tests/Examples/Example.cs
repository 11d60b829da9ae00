using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Examples;

/// <summary>A small tree and how many findings a rule must have in it; none shows what the rule lets through.</summary>
public sealed record Example(string Rule, int Findings, IReadOnlyList<TextFile> Files)
{
    public static Example Of(string rule, int findings, string path, string text) =>
        new(rule, findings, [new TextFile(path, text)]);

    public static Example Of(string rule, int findings, params TextFile[] files) => new(rule, findings, files);
}
