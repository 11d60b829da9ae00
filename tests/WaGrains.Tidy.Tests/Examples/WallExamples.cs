using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Examples;

internal static class WallExamples
{
    private const string Engine = "src/WaGrains.Engine/WaGrains.Engine.csproj";
    private const string Domain = "src/WaGrains.Domain/WaGrains.Domain.csproj";
    private const string Load = "load/WaGrains.Load/WaGrains.Load.csproj";

    public static IEnumerable<Example> All { get; } =
    [
        Reference(0, Engine, "../WaGrains.Domain/WaGrains.Domain.csproj"),
        Reference(1, Engine, "../WaGrains.Storage/WaGrains.Storage.csproj"),
        Reference(1, Engine, @"..\WaGrains.Storage\WaGrains.Storage.csproj"),
        Reference(1, "src/WaGrains.Sandbox/WaGrains.Sandbox.csproj", "../WaGrains.CloudApi/WaGrains.CloudApi.csproj"),
        Reference(1, "src/WaGrains.CloudApi/WaGrains.CloudApi.csproj", "../WaGrains.Engine/WaGrains.Engine.csproj"),
        Reference(1, "src/WaGrains.Core/WaGrains.Core.csproj", "../WaGrains.Domain/WaGrains.Domain.csproj"),
        Reference(0, "src/WaGrains.Host/WaGrains.Host.csproj", "../WaGrains.Storage/WaGrains.Storage.csproj"),

        Package(1, Domain, "System.Text.Json"),
        Package(1, Engine, "Npgsql"),
        Package(1, Load, "Microsoft.Data.Sqlite"),
        Package(1, "src/WaGrains.Storage/WaGrains.Storage.csproj", "Microsoft.Orleans.Sdk"),
        Package(1, "src/WaGrains.Grains/WaGrains.Grains.csproj", "OpenTelemetry.Instrumentation.AspNetCore"),
        Package(0, "src/WaGrains.Storage/WaGrains.Storage.csproj", "Npgsql"),
        Package(0, "src/WaGrains.Host/WaGrains.Host.csproj", "Microsoft.Orleans.Server"),
        Package(0, Load, "Microsoft.AspNetCore.App"),
        Example.Of("project package", 1, "src/WaGrains.CloudApi/WaGrains.CloudApi.csproj",
            """<Project Sdk="Microsoft.NET.Sdk.Web" />"""),
        Example.Of("shared package", 1, "src/Directory.Build.props",
            """<Project><ItemGroup><PackageReference Include="A" /></ItemGroup></Project>"""),
        Example.Of("shared package", 0, "src/Directory.Build.props",
            """<Project><ItemGroup><PackageReference Include="A" PrivateAssets="all" /></ItemGroup></Project>"""),
        Example.Of("solution", 1, new TextFile("WaGrains.sln", ""), new TextFile(Engine, "<Project />")),
        Example.Of("solution", 0,
            new TextFile("WaGrains.sln", @"""src\WaGrains.Engine\WaGrains.Engine.csproj"""),
            new TextFile(Engine, "<Project />")),

        Example.Of("foreign name", 1, "src/WaGrains.Host/A.cs", "using Npgsql;"),
        Example.Of("foreign name", 1, "src/WaGrains.Engine/A.cs", "using Orleans.Runtime;"),
        Example.Of("foreign name", 1, "src/WaGrains.CloudApi/A.cs",
            "class A { Microsoft.AspNetCore.Http.HttpContext? c; }"),
        Example.Of("foreign name", 0, "src/WaGrains.Storage/A.cs", "using Npgsql; using WaGrains.Engine.Turns;"),
        Example.Of("foreign name", 0, "src/WaGrains.Grains/A.cs", "using Orleans.Runtime;"),
        Example.Of("foreign name in Engine", 2, "src/WaGrains.Engine/A.cs",
            "class HttpRim { int _sqlitePort; int SqlRows; }"),
        Example.Of("foreign name in Engine", 0, "src/WaGrains.Engine/A.cs", "class Turn { int Rows; }"),
        Example.Of("SQL text", 3, "src/WaGrains.Host/A.cs", """"
            class A
            {
                string a = "SELECT 1";
                string b = $"""UPDATE {1} x SET y = 1""" + "UPDATE x SET y = 1";
                string c = """
                    INSERT INTO x VALUES (1)
                    """;
                string d = "Select a team, then update it";
            }
            """"),
        Example.Of("SQL text", 0, "src/WaGrains.Storage/A.cs", """class A { string a = "SELECT 1"; }"""),
    ];

    private static Example Reference(int findings, string path, string to) => Example.Of("project reference", findings,
        path, $"""<Project><ItemGroup><ProjectReference Include="{to}" /></ItemGroup></Project>""");

    private static Example Package(int findings, string path, string name) => Example.Of("project package", findings,
        path, $"""<Project><ItemGroup><PackageReference Include="{name}" /></ItemGroup></Project>""");
}
