using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using SQLitePCL;

namespace WaGrains.Storage.Sqlite;

/// <summary>
/// A prepared statement that is used again and again: parameters are set in order, then it runs. Bound by hand, because
/// ADO.NET's parameters
/// cost more than most of our rows do.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private int _next;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public SqliteStatement Set(long value) => Bound(raw.sqlite3_bind_int64(_statement, ++_next, value));

    public SqliteStatement Set(double value) => Bound(raw.sqlite3_bind_double(_statement, ++_next, value));

    public SqliteStatement Set(ulong value) => Set(unchecked((long)value));

    public SqliteStatement Set(ulong? value) => value is { } known ? Set(known) : SetNull();

    public SqliteStatement Set(long? value) => value is { } known ? Set(known) : SetNull();

    public SqliteStatement Set(UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return Set((ReadOnlySpan<byte>)bytes);
    }

    public SqliteStatement Set(ReadOnlySpan<byte> bytes) => Bound(bytes.IsEmpty
        ? raw.sqlite3_bind_zeroblob(_statement, ++_next, 0)
        : raw.sqlite3_bind_blob(_statement, ++_next, bytes));

    public SqliteStatement Set(byte[]? bytes) => bytes is null ? SetNull() : Set(bytes.AsSpan());

    public SqliteStatement Set(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text is null ? SetNull() : Bound(raw.sqlite3_bind_text(_statement, ++_next, ""));
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, buffer);
        var code = raw.sqlite3_bind_text(_statement, ++_next, buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return Bound(code);
    }

    /// <summary>Runs to the end; returns how many rows it changed.</summary>
    public int Run()
    {
        while (Read())
        {
        }

        return raw.sqlite3_changes(_connection);
    }

    /// <summary>Goes to the next row; false, and ready for use again, after the last.</summary>
    public bool Read()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        Reset();
        return code == raw.SQLITE_DONE ? false : throw new SqliteFault(code);
    }

    /// <summary>All rows.</summary>
    public List<T> All<T>(Func<SqliteStatement, T> row)
    {
        try
        {
            List<T> rows = [];
            while (Read())
            {
                rows.Add(row(this));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first row, or the default.</summary>
    public T? One<T>(Func<SqliteStatement, T> row)
    {
        try
        {
            return Read() ? row(this) : default;
        }
        finally
        {
            Reset();
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public int Int(int column) => raw.sqlite3_column_int(_statement, column);

    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public double Double(int column) => raw.sqlite3_column_double(_statement, column);

    public ulong ULong(int column) => unchecked((ulong)Long(column));

    public UInt128 Id(int column) => BinaryPrimitives.ReadUInt128BigEndian(Bytes(column));

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The bytes themselves, valid until the statement moves on.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private static void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteFault(code);
        }
    }

    private SqliteStatement SetNull() => Bound(raw.sqlite3_bind_null(_statement, ++_next));

    private SqliteStatement Bound(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            Reset();
            throw new SqliteFault(code);
        }

        return this;
    }

    /// <summary>Ready for use again, wherever it stands.</summary>
    public void Reset()
    {
        _next = 0;
        _ = raw.sqlite3_reset(_statement);
    }
}
