using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Rules;

/// <summary>One thing the whole tree keeps to.</summary>
/// <param name="Name">What exemptions and examples call it.</param>
/// <param name="Find">Every place that breaks it.</param>
public sealed record Rule(string Name, Func<SourceTree, IEnumerable<Finding>> Find)
{
    /// <summary>A rule that looks at one code file at a time.</summary>
    public static Rule OfCode(string name, Func<TextFile, bool> where, Func<TextFile, IEnumerable<Finding>> find) =>
        new(name, tree => tree.Code.Where(where).SelectMany(find));

    public override string ToString() => Name;
}
