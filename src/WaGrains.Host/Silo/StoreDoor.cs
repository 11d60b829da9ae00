using WaGrains.Engine.Commits;
using WaGrains.Host.Configuration;
using WaGrains.Storage;
using WaGrains.Storage.Postgres;
using WaGrains.Storage.Sqlite;

namespace WaGrains.Host.Silo;

/// <summary>Opens the store that the configuration names, or says why it cannot.</summary>
internal static class StoreDoor
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The store, opened; or the code to end with.</summary>
    /// <param name="options">Which store, and how long it may be away.</param>
    /// <param name="folder">Where an embedded one lives.</param>
    /// <param name="clock">For the waiting.</param>
    /// <param name="tell">Told what is wrong, a sentence each.</param>
    public static async Task<OpenAttempt> Open(
        WaGrainsOptions options, DataFolder folder, TimeProvider clock, Func<string, Task> tell)
    {
        var began = clock.GetTimestamp();
        var patience = options.IsCluster ? TimeSpan.FromSeconds(options.Cluster.StoreWaitSeconds) : TimeSpan.Zero;
        for (var told = false; ; told = true)
        {
            IStore? store = null;
            try
            {
                store = Make(options, folder, clock);
                return new OpenAttempt(
                    new OpenedStore(store, await store.Open(options.SiloName, CancellationToken.None)), ExitCode.Good);
            }
            catch (StoreInUseException inUse)
            {
                await Give(store, tell, inUse.Message);
                return new OpenAttempt(null, ExitCode.DataInUse);
            }
            catch (Exception wrong) when (options.IsCluster && Mistake(wrong) is not null)
            {
                await Give(store, tell, Mistake(wrong));
                return new OpenAttempt(null, ExitCode.BadConfiguration);
            }
            catch (StoreUnavailableException away) when (options.IsCluster)
            {
                var isOver = clock.GetElapsedTime(began) >= patience;
                await Give(store, tell, isOver
                    ? $"Gave up after {options.Cluster.StoreWaitSeconds} s. {away.Message}"
                    : told ? null : $"Waiting for the database. {away.Message}");
                if (isOver)
                {
                    return new OpenAttempt(null, ExitCode.Unreachable);
                }
            }

            await Task.Delay(Pause, clock);
        }
    }

    private static IStore Make(WaGrainsOptions options, DataFolder folder, TimeProvider clock) =>
        options.Postgres.ConnectionString is { Length: > 0 } connection
            ? PostgresStore.Create(connection, TimeSpan.FromDays(options.EventsKeptDays))
            : new SqliteStore(folder.Path, clock) { EventsKept = TimeSpan.FromDays(options.EventsKeptDays) };

    private static async Task Give(IStore? store, Func<string, Task> tell, string? words)
    {
        if (words is not null)
        {
            await tell(words);
        }

        if (store is not null)
        {
            await store.DisposeAsync();
        }
    }

    /// <summary>What no waiting mends: a text that is no connection string or opens nothing, or data of a newer
    /// program.</summary>
    private static string? Mistake(Exception failure) => failure switch
    {
        SchemaTooNewException newer => newer.Message,
        StoreForbiddenException refused => $"WaGrains:Postgres:ConnectionString opens no store. {refused.Message}",
        ArgumentException or FormatException => "WaGrains:Postgres:ConnectionString is no connection string.",
        _ => null,
    };
}

/// <summary>What came of opening the store.</summary>
/// <param name="Opened">The store; null where it could not be opened.</param>
/// <param name="Code">How the process ends then.</param>
internal sealed record OpenAttempt(OpenedStore? Opened, int Code);
