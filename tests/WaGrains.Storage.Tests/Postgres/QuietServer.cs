using Npgsql;
using Shared;

namespace WaGrains.Storage.Tests.Postgres;

/// <summary>
/// Tests that read the feed at once: a reader stays below every transaction that is open anywhere on the server, so
/// they run one after the other, with no vacuum beside them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class QuietServer : ICollectionFixture<QuietServer.Hush>
{
    public const string Name = "quiet server";

    /// <summary>Stops what the server does by itself.</summary>
    public sealed class Hush : IAsyncLifetime
    {
        public async Task InitializeAsync()
        {
            var server = await PostgresServer.Shared();
            var database = await server.Create();
            await using (var connection = new NpgsqlConnection(database + ";Pooling=false"))
            {
                await connection.OpenAsync();
                await using var off = new NpgsqlCommand("ALTER SYSTEM SET autovacuum = off", connection);
                await off.ExecuteNonQueryAsync();
                await using var now = new NpgsqlCommand("SELECT pg_reload_conf()", connection);
                await now.ExecuteNonQueryAsync();
            }

            await server.Drop(database);
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
