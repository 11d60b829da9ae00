using Npgsql;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>How rows of one kind are written: any number of them by one statement.</summary>
/// <param name="Step">When, among the statements of one wave.</param>
/// <param name="Sql">The statement; raises where a condition of any row does not hold.</param>
/// <param name="Taken">What it means that a unique key is taken.</param>
internal abstract record Wording(Step Step, string Sql, Obstacle Taken)
{
    /// <summary>A statement that changes rows which must all be there, by the number it has changed.</summary>
    /// <param name="change">The statement, its first parameter a column of the rows, ending in RETURNING 1.</param>
    /// <param name="otherwise">What stands against the rows where one is not there.</param>
    public static string All(string change, Obstacle otherwise) =>
        $"WITH done AS ({change}) {Count("done", otherwise)}";

    /// <summary>The end of such a statement.</summary>
    public static string Count(string counted, Obstacle otherwise) => $"""
        SELECT CASE WHEN count(*) = cardinality($1) THEN 0 ELSE refuse('{Code(otherwise)}', '{otherwise.Key}') END
        FROM {counted}
        """;

    private static string Code(Obstacle otherwise) =>
        otherwise.Because == Engine.Commits.RefusedBecause.Version ? "WG002" : "WG003";
}

/// <summary>The same, for rows of a known type.</summary>
/// <param name="Order">Rows go in the order of their keys, so that two silos never wait for each other.</param>
/// <param name="Bind">The rows' columns as parameters.</param>
internal sealed record Wording<T>(
    Step Step, string Sql, Obstacle Taken, Comparison<T> Order, Func<IReadOnlyList<T>, NpgsqlParameter[]> Bind)
    : Wording(Step, Sql, Taken);

/// <summary>The rows that one statement writes.</summary>
internal abstract class Sheet(Wording wording)
{
    public Wording Wording => wording;

    public abstract NpgsqlBatchCommand Command();
}

/// <summary>The same, for rows of a known type.</summary>
internal sealed class Sheet<T>(Wording<T> wording) : Sheet(wording)
{
    private readonly List<T> _rows = [];

    public void Add(T row) => _rows.Add(row);

    public override NpgsqlBatchCommand Command()
    {
        if (_rows.Count > 1)
        {
            _rows.Sort(wording.Order);
        }

        var command = new NpgsqlBatchCommand(wording.Sql);
        foreach (var column in wording.Bind(_rows))
        {
            command.Parameters.Add(column);
        }

        return command;
    }
}
