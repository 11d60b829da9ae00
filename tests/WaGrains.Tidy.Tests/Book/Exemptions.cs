namespace WaGrains.Tidy.Tests.Book;

/// <summary>The whole list of what breaks a rule on purpose. An entry that is no longer needed fails the run.</summary>
public static class Exemptions
{
    public static IReadOnlyList<Exemption> All { get; } = [];
}
