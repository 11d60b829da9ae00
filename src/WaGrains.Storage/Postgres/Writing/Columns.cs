using System.Buffers.Binary;
using Npgsql;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>One column of many rows as one parameter, an array.</summary>
internal static class Columns
{
    /// <summary>An id in the database's form, which sorts alike.</summary>
    public static Guid Uuid(UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The id in a column.</summary>
    public static UInt128 Id(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static NpgsqlParameter Texts<T>(IReadOnlyList<T> rows, Func<T, string?> column) => Of(rows, column);

    public static NpgsqlParameter Ids<T>(IReadOnlyList<T> rows, Func<T, UInt128> column) =>
        Of(rows, row => Uuid(column(row)));

    public static NpgsqlParameter IdsOrNull<T>(IReadOnlyList<T> rows, Func<T, UInt128?> column) =>
        Of(rows, row => column(row) is { } id ? Uuid(id) : default(Guid?));

    public static NpgsqlParameter Longs<T>(IReadOnlyList<T> rows, Func<T, long> column) => Of(rows, column);

    public static NpgsqlParameter Longs<T>(IReadOnlyList<T> rows, Func<T, ulong> column) =>
        Of(rows, row => unchecked((long)column(row)));

    public static NpgsqlParameter LongsOrNull<T>(IReadOnlyList<T> rows, Func<T, long?> column) => Of(rows, column);

    public static NpgsqlParameter LongsOrNull<T>(IReadOnlyList<T> rows, Func<T, ulong?> column) =>
        Of(rows, row => unchecked((long?)column(row)));

    public static NpgsqlParameter Doubles<T>(IReadOnlyList<T> rows, Func<T, double> column) => Of(rows, column);

    public static NpgsqlParameter Ints<T>(IReadOnlyList<T> rows, Func<T, int> column) => Of(rows, column);

    public static NpgsqlParameter Shorts<T>(IReadOnlyList<T> rows, Func<T, int> column) =>
        Of(rows, row => (short)column(row));

    public static NpgsqlParameter Flags<T>(IReadOnlyList<T> rows, Func<T, bool> column) => Of(rows, column);

    public static NpgsqlParameter Bytes<T>(IReadOnlyList<T> rows, Func<T, byte[]?> column) => Of(rows, column);

    private static NpgsqlParameter<TValue[]> Of<T, TValue>(IReadOnlyList<T> rows, Func<T, TValue> column)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = column(rows[i]);
        }

        return new NpgsqlParameter<TValue[]> { TypedValue = values };
    }
}
