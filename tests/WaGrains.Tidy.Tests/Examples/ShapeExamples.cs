using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Examples;

internal static class ShapeExamples
{
    private const string Path = "src/WaGrains.Domain/Teams/A.cs";
    private const string Limits = "src/WaGrains.Engine/Limits.cs";
    private const string Contract = "src/WaGrains.Engine/Commits/IStore.cs";

    public static IEnumerable<Example> All { get; } =
    [
        Example.Of("file size", 1, Path, Lines(401)),
        Example.Of("file size", 0, Path, Lines(400)),
        Example.Of("method size", 1, Path, $"class A\n{{\n    void M()\n    {{\n{Lines(58)}    }}\n}}\n"),
        Example.Of("method size", 0, Path, $"class A\n{{\n    void M()\n    {{\n{Lines(57)}    }}\n}}\n"),
        Example.Of("method size", 1, "src/WaGrains.Host/Program.cs", $"Run();\n{Lines(60)}Stop();\n"),
        Example.Of("method size", 1, Path,
            $"class A\n{{\n    int P\n    {{\n        get\n        {{\n{Lines(60)}}} }} }}\n"),
        Example.Of("constructor size", 2, Path,
            "class A(int a, int b, int c, int d, int e, int f) { A(int a, int b, int c, int d, int e, string f) { } }"),
        Example.Of("constructor size", 0, Path,
            "class A(int a, int b, int c, int d, int e); record R(int a, int b, int c, int d, int e, int f);"),
        Example.Of("line size", 1, Path, $"// {new string('x', 118)}"),
        Example.Of("line size", 0, Path, $"// {new string('x', 117)}"),

        Example.Of("banned name", 6, Path,
            "class TeamManager; record DataRow; enum IOHelper { } delegate void InfoCame(); "
                + "interface IService; struct A_Impl;"),
        Example.Of("banned name", 0, Path,
            "class ServiceWindow; class IRecoveryService; class Database; class Inform; class Base32; class Baseline;"),
        Example.Of("banned folder", 1, new TextFile("src/WaGrains.Host/Common/A.cs", ""),
            new TextFile("src/WaGrains.Host/Common/B.cs", "")),
        Example.Of("banned folder", 0, "src/WaGrains.Host/Teams/A.cs", ""),
        Example.Of("namespace", 1, Path, "namespace WaGrains.Domain; class A;"),
        Example.Of("namespace", 1, Path, "class A;"),
        Example.Of("namespace", 0, Path, "namespace WaGrains.Domain.Teams; class A;"),
        Example.Of("namespace", 0, "src/WaGrains.Host/Program.cs", "Run(); public partial class Program;"),

        Example.Of("lone interface", 1, Contract, "interface IStore; class Memory : IStore;"),
        Example.Of("lone interface", 1, new TextFile(Contract, "interface IStore<T>;"),
            new TextFile("tests/WaGrains.Engine.Tests/A.cs", "interface INarrow : IStore<int>; class A : INarrow;")),
        Example.Of("lone interface", 0, new TextFile(Contract, "interface IStore<T>; class Memory : IStore<int>;"),
            new TextFile("tests/WaGrains.Engine.Tests/A.cs", "record Broken() : Engine.IStore<int>;")),
        Example.Of("lone interface", 0, "src/WaGrains.Grains/ITeamGrain.cs", "interface ITeamGrain;"),

        Example.Of("bare limit", 3, Limits,
            "class L { const int A = 1; static readonly int B = 2; public static TimeSpan C => default; int d; }"),
        Example.Of("bare limit", 0, Limits,
            "class L\n{\n    /// <summary>Rows; more stall the lane.</summary>\n    const int A = 1;\n}"),
    ];

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("\n", count - 1)) + "// end\n";
}
