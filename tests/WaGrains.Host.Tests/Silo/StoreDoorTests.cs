using Microsoft.Extensions.Configuration;
using Shared;
using WaGrains.Host.Configuration;
using WaGrains.Host.Silo;

namespace WaGrains.Host.Tests.Silo;

/// <summary>A start on a database that does not let the host in.</summary>
public sealed class StoreDoorTests
{
    [Theory]
    [InlineData("28P01")]
    [InlineData("28000")]
    [InlineData("3D000")]
    [InlineData("3F000")]
    [InlineData("42501")]
    public async Task What_only_an_operator_mends_ends_the_start_at_once(string code)
    {
        await using var server = new RefusingServer(code);

        var (ended, said) = await Open(server.Connection, waitSeconds: 3_600);

        Assert.Equal(ExitCode.BadConfiguration, ended);
        Assert.Contains($"({code})", Assert.Single(said), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("57P03")]
    [InlineData("53300")]
    public async Task What_passes_by_itself_is_waited_for_and_then_ends_as_unreachable(string code)
    {
        await using var server = new RefusingServer(code);

        var (ended, said) = await Open(server.Connection, waitSeconds: 0);

        Assert.Equal(ExitCode.Unreachable, ended);
        Assert.Contains(code, Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_a_mistake_of_the_configuration()
    {
        var server = await PostgresServer.Shared();

        var (ended, said) = await Open(server.ConnectionString("not_there"), waitSeconds: 3_600);

        Assert.Equal(ExitCode.BadConfiguration, ended);
        Assert.Contains("no database of that name", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_make_tables_is_a_mistake_of_the_configuration()
    {
        var server = await PostgresServer.Shared();
        var connection = await server.Create();
        await server.Execute("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN");

        var (ended, said) = await Open(
            connection.Replace("Username=postgres", "Username=guest", StringComparison.Ordinal), waitSeconds: 3_600);

        Assert.Equal(ExitCode.BadConfiguration, ended);
        Assert.Contains("not make tables", Assert.Single(said), StringComparison.Ordinal);
    }

    private static async Task<(int Code, IReadOnlyList<string> Said)> Open(string connection, int waitSeconds)
    {
        var folder = Directory.CreateTempSubdirectory("wagrains-door-");
        try
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([
                KeyValuePair.Create("WaGrains:Postgres:ConnectionString", (string?)connection),
                KeyValuePair.Create("WaGrains:Cluster:StoreWaitSeconds", (string?)$"{waitSeconds}"),
                KeyValuePair.Create("WAGRAINS_DATA", (string?)folder.FullName),
            ]).Build();
            var options = HostConfiguration.Read(configuration);
            List<string> said = [];
            var attempt = await StoreDoor.Open(
                options, new DataFolder(options, configuration), TimeProvider.System, words =>
                {
                    said.Add(words);
                    return Task.CompletedTask;
                });
            Assert.Null(attempt.Opened);
            return (attempt.Code, said);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
