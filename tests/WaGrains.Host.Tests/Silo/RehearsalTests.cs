using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shared;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Turns;
using WaGrains.Host.Ids;
using WaGrains.Host.Silo;
using WaGrains.Host.Silo.Rehearsing;
using WaGrains.Storage.Postgres;

namespace WaGrains.Host.Tests.Silo;

/// <summary>How long a silo rehearses before it joins the others.</summary>
public sealed class RehearsalTests : IEffectSink, IAsyncLifetime
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(20);

    private readonly TimerClock _clock = new();
    private string _database = "";
    private PostgresStore _store = null!;
    private Rehearsal _rehearsal = null!;

    public async Task InitializeAsync()
    {
        _database = await (await PostgresServer.Shared()).Create();
        _store = PostgresStore.Create(_database);
        var opened = new OpenedStore(_store, await _store.Open("silo", CancellationToken.None));
        var loader = new OwnerLoader(_store.Reads, new Staging(this, _clock), new SiloView(), _clock);
        _rehearsal = new Rehearsal(
            new Play(new IdSource(_clock), _clock), _store, opened, new FirstReads(_store.Reads, loader, _clock),
            NullLogger<Rehearsal>.Instance);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Theory]
    [InlineData("silo")]
    [InlineData(null)]
    public async Task Where_nobody_serves_it_is_over_after_one_round(string? member)
    {
        await Member(member);

        await _rehearsal.StartingAsync(CancellationToken.None);

        Assert.Equal(0, _clock.Made(Rest));
    }

    [Fact]
    public async Task Where_others_serve_it_goes_on_for_five_seconds()
    {
        await Member("other");

        var rehearsing = _rehearsal.StartingAsync(CancellationToken.None);
        for (var second = 1; second <= 5; second++)
        {
            await _clock.Makes(Rest);
            Assert.False(rehearsing.IsCompleted);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await rehearsing;
        Assert.Equal(5, _clock.Made(Rest));
    }

    [Fact]
    public async Task Database_without_time_for_it_holds_no_start_up()
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var open = await connection.BeginTransactionAsync();
        await Run(connection, "LOCK TABLE silo IN ACCESS EXCLUSIVE MODE");

        var rehearsing = _rehearsal.StartingAsync(CancellationToken.None);
        await _clock.Makes(EndsWithin);
        Assert.False(rehearsing.IsCompleted);
        _clock.Advance(EndsWithin);

        await rehearsing;
    }

    void IEffectSink.Release(OwnerKey from, Effect effect, long commitStartedAt) =>
        throw new InvalidOperationException("nothing is committed here");

    private async Task Member(string? name)
    {
        if (name is null)
        {
            return;
        }

        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await Run(
            connection,
            $"""
            INSERT INTO silo (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port,
                start_time, i_am_alive)
            VALUES ('cluster', '127.0.0.1', 1, 1, '{name}', 'host', 3, 0, now(), now() + interval '1 hour')
            """);
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
