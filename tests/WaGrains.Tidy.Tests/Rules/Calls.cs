using Microsoft.CodeAnalysis.CSharp.Syntax;
using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Rules;

/// <summary>Calls that make a run unrepeatable. In src the analyzer also finds what syntax alone cannot.</summary>
public static class Calls
{
    private static readonly HashSet<string> Clocks =
        ["DateTimeOffset.UtcNow", "DateTimeOffset.Now", "Environment.TickCount", "Environment.TickCount64"];

    private static readonly HashSet<string> Chances =
        ["Random.Shared", "Guid.NewGuid", "Guid.CreateVersion7"];

    public static IEnumerable<Rule> Rules { get; } =
    [
        Rule.OfCode("clock", file => file.InSource || file.InTests, ReadClocks),
        Rule.OfCode("chance", _ => true, DrawnChances),
        Rule.OfCode("seeded chance", file => file.InProject("Domain", "Engine"), MadeRandoms),
        Rule.OfCode("delay", file => file.InSource, Delays),
        Rule.OfCode("sleep", _ => true, Sleeps),
        Rule.OfCode("sleep in tests", file => file.InTests, TestDelays),
        Rule.OfCode("console", file => file.InSource && !Prints(file), ConsoleWrites),
    ];

    private static IEnumerable<Finding> ReadClocks(TextFile file) =>
        from access in file.Nodes<MemberAccessExpressionSyntax>()
        where Clocks.Contains(Syntax.Dotted(access)) || Syntax.IsTypeAccess(access, "DateTime")
        select file.At(
            access,
            $"{Syntax.Dotted(access)}; take DateTimeOffset `now` as an argument or ask the TimeProvider",
            Syntax.Dotted(access));

    private static IEnumerable<Finding> DrawnChances(TextFile file)
    {
        var members = file.Nodes<MemberAccessExpressionSyntax>()
            .Where(access => Chances.Contains(Syntax.Dotted(access)))
            .Select(access => file.At(
                access,
                $"{Syntax.Dotted(access)}; take chance and ids as arguments, from a seed that is stated",
                Syntax.Dotted(access)));
        var unseeded = Randoms(file)
            .Where(creation => creation.ArgumentList is null or { Arguments.Count: 0 })
            .Select(creation => file.At(creation, "new Random() has no seed; give it one that is stated", "Random"));
        return members.Concat(unseeded);
    }

    private static IEnumerable<Finding> MadeRandoms(TextFile file) => Randoms(file)
        .Where(creation => creation.ArgumentList is { Arguments.Count: > 0 })
        .Select(creation => file.At(creation, "a Random of its own; take the chance as an argument", "Random"));

    private static IEnumerable<BaseObjectCreationExpressionSyntax> Randoms(TextFile file) =>
        file.Nodes<BaseObjectCreationExpressionSyntax>().Where(creation => Syntax.CreatedType(creation) == "Random");

    private static IEnumerable<Finding> Delays(TextFile file) =>
        from call in CallsOf(file, "Task.Delay")
        let second = call.ArgumentList.Arguments.Select(argument => argument.ToString()).ElementAtOrDefault(1) ?? ""
        where !second.Contains("time", StringComparison.OrdinalIgnoreCase)
            && !second.Contains("clock", StringComparison.OrdinalIgnoreCase)
        select file.At(
            call, "Task.Delay on the machine's clock; write Task.Delay(TimeSpan, TimeProvider, token)", "Task.Delay");

    private static IEnumerable<Finding> Sleeps(TextFile file) => CallsOf(file, "Thread.Sleep")
        .Select(call => file.At(
            call, "Thread.Sleep holds a thread; await Task.Delay with a TimeProvider", "Thread.Sleep"));

    private static IEnumerable<Finding> TestDelays(TextFile file) => CallsOf(file, "Task.Delay")
        .Select(call => file.At(
            call, "a test that waits; step a FakeTimeProvider or await the event itself", "Task.Delay"));

    private static bool Prints(TextFile file) =>
        file.Name == "Program.cs" || file.Name.Contains("Console", StringComparison.Ordinal);

    private static IEnumerable<Finding> ConsoleWrites(TextFile file) =>
        from access in file.Nodes<MemberAccessExpressionSyntax>()
        where Syntax.IsTypeAccess(access, "Console")
        select file.At(
            access,
            $"{Syntax.Dotted(access)}; log it with [LoggerMessage], only Program and a console view print",
            "Console");

    private static IEnumerable<InvocationExpressionSyntax> CallsOf(TextFile file, string dotted) =>
        file.Nodes<InvocationExpressionSyntax>()
            .Where(call => call.Expression is MemberAccessExpressionSyntax access && Syntax.Dotted(access) == dotted);
}
