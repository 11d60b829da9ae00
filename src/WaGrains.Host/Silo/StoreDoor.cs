using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using WaGrains.Engine.Commits;
using WaGrains.Host.Configuration;
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
            catch (Exception wrong) when (IsMistake(wrong))
            {
                await Give(store, tell, $"WaGrains:Postgres:ConnectionString cannot be used: {Words(wrong)}.");
                return new OpenAttempt(null, ExitCode.BadConfiguration);
            }
            catch (Exception away) when (options.IsCluster && IsAway(away))
            {
                var isOver = clock.GetElapsedTime(began) >= patience;
                await Give(store, tell, isOver
                    ? $"The database could not be reached for {patience.TotalSeconds.ToString(
                        CultureInfo.InvariantCulture)} s: {Words(away)}."
                    : told ? null : $"Waiting for the database: {Words(away)}.");
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
            ? PostgresStore.Create(connection)
            : new SqliteStore(folder.Path, clock);

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

    /// <summary>What no waiting mends: a text that is no connection string, a role or a database that is not there
    /// (SQLSTATE classes 28 and 3D, https://www.postgresql.org/docs/15/errcodes-appendix.html, read
    /// 2026-11-22).</summary>
    private static bool IsMistake(Exception failure) =>
        failure is ArgumentException or FormatException
        || Sources(failure).OfType<DbException>().Any(
            e => e.SqlState is { } state && (state.StartsWith("28", StringComparison.Ordinal) || state == "3D000"));

    private static bool IsAway(Exception failure) => Sources(failure)
        .Any(e => e is StoreUnavailableException or DbException or SocketException or TimeoutException);

    /// <summary>Never the message: it may quote the connection string.</summary>
    private static string Words(Exception failure) =>
        Sources(failure).OfType<DbException>().Select(e => e.SqlState).FirstOrDefault(state => state is not null)
            is { } code ? $"SQLSTATE {code}" : Sources(failure).Last().GetType().Name;

    private static IEnumerable<Exception> Sources(Exception failure)
    {
        for (Exception? at = failure; at is not null; at = at.InnerException)
        {
            yield return at;
        }
    }
}

/// <summary>What came of opening the store.</summary>
/// <param name="Opened">The store; null where it could not be opened.</param>
/// <param name="Code">How the process ends then.</param>
internal sealed record OpenAttempt(OpenedStore? Opened, int Code);
