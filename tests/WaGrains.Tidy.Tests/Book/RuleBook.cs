using WaGrains.Tidy.Tests.Rules;

namespace WaGrains.Tidy.Tests.Book;

/// <summary>Every rule the tree is held to.</summary>
public static class RuleBook
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. Walls.Rules,
        .. Sizes.Rules,
        .. Names.Rules,
        .. Calls.Rules,
        .. Waits.Rules,
        .. Logging.Rules,
        .. Contracts.Rules,
        .. Texts.Rules,
        .. Documents.Rules,
    ];

    public static Rule Named(string name) => All.Single(rule => rule.Name == name);
}
