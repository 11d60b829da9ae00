using Npgsql;
using WaGrains.Domain.Ids;
using WaGrains.Storage.Postgres.Writing;

namespace WaGrains.Storage.Postgres.Reading;

/// <summary>Queries over one connection.</summary>
internal sealed class PostgresQuery(NpgsqlConnection connection, CancellationToken cancel)
{
    public NpgsqlConnection Connection => connection;

    public CancellationToken Cancel => cancel;

    /// <summary>All rows.</summary>
    public async Task<List<T>> All<T>(string sql, Func<PostgresRow, T> read, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        List<T> all = [];
        var row = new PostgresRow(rows);
        while (await rows.ReadAsync(cancel))
        {
            all.Add(read(row));
        }

        return all;
    }

    /// <summary>The first row, or the default.</summary>
    public async Task<T?> One<T>(string sql, Func<PostgresRow, T> read, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? read(new PostgresRow(rows)) : default;
    }

    public static NpgsqlParameter Set(string value) => new NpgsqlParameter<string> { TypedValue = value };

    public static NpgsqlParameter Set(TenantId tenant) => Set(tenant.Value);

    public static NpgsqlParameter Set(long value) => new NpgsqlParameter<long> { TypedValue = value };

    public static NpgsqlParameter Set(int value) => new NpgsqlParameter<int> { TypedValue = value };

    public static NpgsqlParameter Set(ulong value) => Set(unchecked((long)value));

    public static NpgsqlParameter Set(UInt128 id) => new NpgsqlParameter<Guid> { TypedValue = Columns.Uuid(id) };

    private NpgsqlCommand Command(string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return command;
    }
}

/// <summary>The row a query stands at.</summary>
internal readonly struct PostgresRow(NpgsqlDataReader rows)
{
    public bool IsNull(int column) => rows.IsDBNull(column);

    public int Int(int column) => rows.GetFieldValue<int>(column);

    public bool Flag(int column) => rows.GetBoolean(column);

    public long Long(int column) => rows.GetFieldValue<long>(column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public short Short(int column) => rows.GetFieldValue<short>(column);

    public double Double(int column) => rows.GetFieldValue<double>(column);

    public ulong ULong(int column) => unchecked((ulong)Long(column));

    public UInt128 Id(int column) => Columns.Id(rows.GetGuid(column));

    public string Text(int column) => rows.GetString(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Bytes(int column) => rows.GetFieldValue<byte[]>(column);

    public TenantId Tenant(int column) => TenantId.Parse(Text(column));
}
