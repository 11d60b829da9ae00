using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Examples;

internal static class TextExamples
{
    private const string Code = "src/WaGrains.Domain/Teams/Team.cs";
    private const string Test = "tests/WaGrains.Domain.Tests/ATests.cs";
    private const string Readme = "README.md";
    private const string Decisions = "src/DECISIONS.md";

    // Put together here, so that the words are not in this file as the rules would find them.
    private static readonly string Promise = string.Concat("TO", "DO");
    private static readonly string HomePath = string.Concat("/ho", "me/ana/x");
    private static readonly string Registry = string.Concat("https://api.nu", "get.org/v3");

    public static IEnumerable<Example> All { get; } =
    [
        Example.Of("promise", 2, Code, $"// {Promise}: later\nclass A {{ /* {Promise} */ }}"),
        Example.Of("promise", 1, "deploy/compose.yaml", $"# {Promise} ports"),
        Example.Of("promise", 0, Code, $"// All done.\nclass A {{ string s = \"{Promise}\"; }}"),
        Example.Of("region", 1, Code, "#region A\nclass A;\n#endregion"),
        Example.Of("region", 0, Code, "#nullable enable\nclass A;"),
        Example.Of("skipped test", 2, Test, "class A { [Fact(Skip = \"slow\")] void M() { Assert.Skip(\"x\"); } }"),
        Example.Of("skipped test", 0, Test, "class A { [Fact] void M() { items.Skip(1); } }"),
        Example.Of("machine path", 1, "tests/run", $"cd {HomePath}"),
        Example.Of("machine path", 1, Code, $"class A {{ string s = \"{HomePath}\"; }}"),
        Example.Of("machine path", 0, "deploy/Dockerfile", "WORKDIR /app\nRUN mkdir /var/lib/wagrains"),
        Example.Of("machine path", 0, Code,
            "class A { string s = \"/v1/home/work\"; string t = \"/webhooks/whatsapp\"; }"),
        Example.Of("registry", 1, "Directory.Build.props", $"<Project><A>{Registry}</A></Project>"),
        Example.Of("registry", 1, "NuGet.Config", "<configuration />"),
        Example.Of("registry", 0, "Directory.Build.props", "<Project />"),

        Document("document names", 3, Readme, "`Squad` holds, `Squad.cs` too, and `Team.Vanish` goes"),
        Document("document names", 0, Readme,
            "`Team`, `Team.Assign()`, `Team.cs`, `POST /v1/x`, `Idempotency-Key`, Squad"),
        Document("document names", 0, Readme, "`WAGRAINS__Team`, `WAGRAINS__Team__NAME`"),
        Document("document names", 1, Readme, "`WAGRAINS__Team__Squad`"),
        Document("document names", 1, "CHANGELOG.md", "- `Squad` is faster"),
        Document("document names", 0, "deploy/RUNBOOK.md", "`Squad`"),
        Document("document paths", 2, Readme, "see [it](src/NOTES.md) and `tests/run`"),
        Document("document paths", 1, Readme, "```sh\ndotnet run --project src/WaGrains.Gone\n```"),
        Document("document paths", 0, Readme,
            "see [it](src/WaGrains.Domain), [us](https://example.org/src/x)\n```sh\nls src/WaGrains.Domain/Teams\n```"),
        Document("decision size", 1, Decisions, $"# Decisions\n\n## Big\n{Text(13)}\n## Small\nBecause.\n"),
        Document("decision size", 1, Decisions, $"# Decisions\n\n## Small\nBecause.\n\n## Big\n{Text(13)}"),
        Document("decision size", 1, Decisions, "Just prose."),
        Document("decision size", 0, Decisions, $"# Decisions\n\n## Fit\n\n{Text(12)}\n"),
    ];

    private static Example Document(string rule, int findings, string path, string text) => Example.Of(
        rule,
        findings,
        new TextFile(path, text),
        new TextFile(Code, "namespace WaGrains.Domain.Teams; class Team { void Assign() { } }"));

    private static string Text(int lines) => string.Concat(Enumerable.Repeat("A line of reasons.\n", lines));
}
