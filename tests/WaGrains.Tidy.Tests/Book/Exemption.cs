using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Book;

/// <summary>One place where a rule is broken on purpose.</summary>
/// <param name="Rule">The rule's name in the book.</param>
/// <param name="Path">The file, from the root.</param>
/// <param name="Subject">The name the finding gives; empty covers what has none.</param>
/// <param name="UpTo">The size that is granted, for rules that measure; else 0.</param>
/// <param name="Why">What a reader would lose if the rule were kept here.</param>
public sealed record Exemption(string Rule, string Path, string Subject, int UpTo, string Why)
{
    public bool Covers(string rule, Finding finding) =>
        rule == Rule && finding.Path == Path && finding.Subject == Subject && finding.Size <= UpTo;

    public override string ToString() => $"{Rule} at {Path} {Subject}";
}
