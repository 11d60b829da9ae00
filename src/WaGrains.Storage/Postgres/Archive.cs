using System.Collections.Concurrent;
using Npgsql;
using WaGrains.Domain.Ids;
using WaGrains.Storage.Postgres.Writing;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres;

/// <summary>The newest map of the archive, and how each part of it is written.</summary>
internal sealed class Archive(TimeProvider clock)
{
    /// <summary>A map is read again after so long: a change of class is written ten minutes before it holds.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(1);

    /// <summary>A map that does not know a tenant is read again after so long, and not for every message of
    /// it.</summary>
    private static readonly TimeSpan StrangersGoodFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ArchivePart, MessageWording> _wordings = [];
    private volatile ArchiveMap? _map;

    /// <summary>How messages of this part are written.</summary>
    public MessageWording Wording(ArchivePart part) => _wordings.GetOrAdd(part, each => new MessageWording(each));

    /// <summary>The map is wrong: the next one asked for is read again.</summary>
    public void Forget() => _map = null;

    /// <summary>A map that is fresh enough to write by: one that does not know a tenant is never so.</summary>
    public async ValueTask<ArchiveMap> ForWriting(NpgsqlConnection connection, IEnumerable<TenantId> tenants) =>
        _map is { } map && IsFresh(map, GoodFor) && tenants.All(map.Knows)
            ? map
            : await Read(connection, CancellationToken.None);

    /// <summary>A map that is fresh enough to read by.</summary>
    public async ValueTask<ArchiveMap> ForReading(
        NpgsqlConnection connection, TenantId tenant, CancellationToken cancel) =>
        _map is { } map && IsFresh(map, map.Knows(tenant) ? GoodFor : StrangersGoodFor)
            ? map
            : await Read(connection, cancel);

    /// <summary>Reads the map as it stands now.</summary>
    public async Task<ArchiveMap> Read(NpgsqlConnection connection, CancellationToken cancel)
    {
        var readAt = clock.GetTimestamp();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT class, month FROM message_month"),
                new("SELECT tenant, since_month, class FROM retention ORDER BY tenant, since_month"),
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        Dictionary<(int Class, int Month), ArchivePart> months = [];
        while (await rows.ReadAsync(cancel))
        {
            var (of, month) = (rows.GetInt16(0), new ArchiveMonth(rows.GetInt32(1)));
            months.Add((of, month.Index), new ArchivePart(of, month.Table(of)));
        }

        await rows.NextResultAsync(cancel);
        Dictionary<TenantId, IReadOnlyList<ClassSince>> classes = [];
        while (await rows.ReadAsync(cancel))
        {
            var tenant = TenantId.Parse(rows.GetString(0));
            classes[tenant] =
                [.. classes.GetValueOrDefault(tenant, []), new ClassSince(rows.GetInt32(1), rows.GetInt16(2))];
        }

        var map = new ArchiveMap(months, classes, readAt);
        _map = map;
        return map;
    }

    private bool IsFresh(ArchiveMap map, TimeSpan goodFor) => clock.GetElapsedTime(map.ReadAt) < goodFor;
}
