using Npgsql;
using Shared;
using WaGrains.Storage.Postgres;

namespace WaGrains.Storage.Tests.Postgres;

/// <summary>Databases with the newest schema: the first is migrated, the others are copies of it.</summary>
public static class MigratedDatabase
{
    private static readonly Lazy<Task<string>> Template = new(Migrate);

    /// <summary>A fresh one; whoever asks drops it.</summary>
    public static async Task<string> Create()
    {
        var template = await Template.Value;
        return await (await PostgresServer.Shared()).Create(template);
    }

    private static async Task<string> Migrate()
    {
        var server = await PostgresServer.Shared();
        var connection = await server.Create();
        await using (var store = PostgresStore.Create(connection))
        {
            await store.Open("template", CancellationToken.None);
        }

        return new NpgsqlConnectionStringBuilder(connection).Database!;
    }
}
