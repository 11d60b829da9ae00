using Npgsql;
using WaGrains.Engine.Commits;

namespace WaGrains.Storage.Postgres;

/// <summary>The one connection that commits, bound to the fence it commits for.</summary>
internal sealed class PostgresSession(NpgsqlDataSource source) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;
    private Fence _claimed;

    /// <summary>The connection, opened and noted in the fence row where that is needed; null where the fence is
    /// lost.</summary>
    public async Task<NpgsqlConnection?> Claim(Fence fence)
    {
        if (_connection is { State: not System.Data.ConnectionState.Open })
        {
            await Drop();
        }

        _connection ??= await source.OpenConnectionAsync();
        if (_claimed.Silo != fence.Silo || _claimed.Generation != fence.Generation)
        {
            if (!await PostgresFence.Claim(_connection, fence))
            {
                return null;
            }

            _claimed = fence;
        }

        return _connection;
    }

    /// <summary>Gives the connection up: the next batch gets another.</summary>
    public async Task Drop()
    {
        var gone = _connection;
        _connection = null;
        _claimed = default;
        if (gone is not null)
        {
            await gone.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await Drop();
}
