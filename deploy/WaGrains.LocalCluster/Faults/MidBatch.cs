using System.Globalization;
using Npgsql;
using WaGrains.LocalCluster.Processes;
using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>
/// Freezes a silo while the database is in the middle of one of its batches. Nothing can be aimed at a moment of less
/// than a millisecond, so the silo is stopped blindly, and let go again at once where the look after that finds its
/// backend idle.
/// </summary>
internal sealed class MidBatch(string connectionString)
{
    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AnyWithin = TimeSpan.FromSeconds(25);

    // What was on its way when the silo stood still has arrived, and what the server had to do is done.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(25);

    /// <summary>Leaves the silo frozen, in the middle of a batch where that could be had.</summary>
    public async Task<FrozenSilo> Freeze(SiloSeat victim, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        var backend = await Backend(connection, victim.Name, cancel);
        var began = TimeProvider.System.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            victim.Send(Signal.Freeze);
            var elapsed = TimeProvider.System.GetElapsedTime(began);
            var state = await Look(connection, backend, cancel);
            if (state.IsInBatch)
            {
                var rests = await ComeToRest(connection, backend, cancel);
                if (rests.IsInBatch || elapsed > OpenWithin)
                {
                    return new FrozenSilo(
                        backend, rests.IsInBatch ? Moment.Open : Moment.Unheard, tries, $"{state}, then {rests}");
                }
            }

            if (elapsed > AnyWithin)
            {
                return new FrozenSilo(backend, Moment.Between, tries, state.ToString());
            }

            victim.Send(Signal.Continue);
            await Task.Delay(TimeSpan.FromMilliseconds(1 + (tries % 4)), TimeProvider.System, cancel);
        }
    }

    /// <summary>Whether the server still has that backend in a transaction.</summary>
    public async Task<bool> IsOpen(int backend, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        return (await Look(connection, backend, cancel)).IsInBatch;
    }

    // A backend at work ends what it has been given; one that waits for its client will wait for ever.
    private static async Task<BackendState> ComeToRest(
        NpgsqlConnection connection, int backend, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(Rest, TimeProvider.System, cancel);
            var state = await Look(connection, backend, cancel);
            if (!state.IsInBatch || state.WaitsForClient)
            {
                return state;
            }
        }
    }

    private static async Task<int> Backend(NpgsqlConnection connection, string silo, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "SELECT backend_pid FROM fence WHERE silo = $1 AND alive ORDER BY generation DESC LIMIT 1", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = silo } },
        };
        return await command.ExecuteScalarAsync(cancel) as int?
            ?? throw new RigException($"{silo} has committed nothing yet.");
    }

    private static async Task<BackendState> Look(NpgsqlConnection connection, int backend, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "SELECT coalesce(state, ''), coalesce(wait_event, '') FROM pg_stat_get_activity($1)", connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = backend } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel)
            ? new BackendState(rows.GetString(0), rows.GetString(1))
            : new BackendState("", "");
    }

    /// <summary>What a backend is doing; empty where it is gone.</summary>
    private readonly record struct BackendState(string State, string Waits)
    {
        public bool IsInBatch => State is "active" or "idle in transaction";

        public bool WaitsForClient => State == "idle in transaction" || Waits == "ClientRead";

        public override string ToString() => Waits.Length > 0 ? $"{State}, waits for {Waits}" : State;
    }
}

/// <summary>In which moment of its batches a silo stands still.</summary>
internal enum Moment
{
    /// <summary>Between two of them, or nobody looked.</summary>
    Between,

    /// <summary>The database has done the batch, the silo has not heard of it.</summary>
    Unheard,

    /// <summary>The transaction is open and the database waits for the rest of the batch.</summary>
    Open,
}

/// <summary>A silo that stands still.</summary>
/// <param name="Backend">The database's process for its batches.</param>
/// <param name="Moment">In which moment.</param>
/// <param name="Tries">How often it was stopped to get that moment.</param>
/// <param name="Seen">What the database said of the backend after the silo had stopped.</param>
internal sealed record FrozenSilo(int Backend, Moment Moment, int Tries, string Seen)
{
    /// <summary>One that was stopped without a look.</summary>
    public static FrozenSilo Blindly { get; } = new(0, Moment.Between, 1, "nobody looked");

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Words()} (try {Tries}: {Seen})");

    private string Words() => Moment switch
    {
        Moment.Open => "in the middle of a batch, its transaction open",
        Moment.Unheard => "in the middle of a batch, which the database then ended unheard",
        Moment.Between => "between two batches",
    };
}
