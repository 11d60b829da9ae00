using System.Net.Sockets;
using Npgsql;
using WaGrains.Engine.Commits;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres;

/// <summary>What an exception of the driver means (https://www.postgresql.org/docs/15/errcodes-appendix.html, read
/// 2026-11-22; the codes beginning with WG are those of the schema's refuse function).</summary>
internal static class PostgresFault
{
    private const string Fence = "WG001";
    private const string Version = "WG002";
    private const string Conflict = "WG003";

    /// <summary>Two numbers may not have one id of Meta's, whatever their versions.</summary>
    private const string MetaId = "phone_number_meta";

    /// <summary>Whether it comes from the database or the way to it, not from a mistake of ours.</summary>
    public static bool IsOutside(Exception failed) => failed
        is NpgsqlException or IOException or TimeoutException or SocketException or ObjectDisposedException
        or OperationCanceledException;

    /// <summary>
    /// Whether the transaction is surely rolled back. A fatal error may strike between the commit and its answer, a
    /// lost connection says nothing at all.
    /// </summary>
    public static bool IsSurelyUndone(Exception failed) => failed is PostgresException { InvariantSeverity: "ERROR" };

    public static bool IsFence(PostgresException failed) => failed.SqlState == Fence;

    /// <summary>Whether the very same batch may pass when it runs again.</summary>
    public static bool IsPassing(PostgresException failed) =>
        failed.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>Whether a table of the archive that was there is gone, or one is there that was not.</summary>
    public static bool IsMoved(PostgresException failed) => failed.SqlState is PostgresErrorCodes.UndefinedTable;

    /// <summary>What stands against the rows of a statement; null where the rows are not to blame.</summary>
    /// <param name="failed">What the database said.</param>
    /// <param name="taken">What it means that a unique key is taken.</param>
    public static Obstacle? Of(PostgresException failed, Obstacle taken) => failed.SqlState switch
    {
        Version => Obstacle.Version(failed.MessageText),
        Conflict => Obstacle.Conflict(failed.MessageText),
        PostgresErrorCodes.UniqueViolation when failed.ConstraintName == MetaId => Obstacle.Conflict(Table.PhoneNumber),
        PostgresErrorCodes.UniqueViolation => taken,
        PostgresErrorCodes.CardinalityViolation => taken,
        { } code when code.StartsWith("22", StringComparison.Ordinal) => Obstacle.Poison(taken.Key),
        { } code when code.StartsWith("23", StringComparison.Ordinal) => Obstacle.Poison(taken.Key),
        { } code when code.StartsWith("54", StringComparison.Ordinal) => Obstacle.Poison(taken.Key),
        _ => null,
    };

    /// <summary>The same failure in the engine's words, without anything the database may quote.</summary>
    public static StoreUnavailableException Unavailable(Exception failed) => failed switch
    {
        PostgresException { SqlState: var code } => Forbidden(code) is { } words
            ? new StoreForbiddenException($"{words} ({code}).")
            : new StoreUnavailableException($"The database answered {code}."),
        NpgsqlException { InnerException: null, IsTransient: false } => new StoreForbiddenException(
            "The database asks for what the connection string does not give: a password, or encryption."),
        _ => new StoreUnavailableException($"The database cannot be reached ({failed.GetType().Name})."),
    };

    /// <summary>What nobody but an operator mends; null for what may pass.</summary>
    private static string? Forbidden(string code) => code switch
    {
        PostgresErrorCodes.InvalidPassword => "The database refuses the password",
        PostgresErrorCodes.InvalidAuthorizationSpecification => "The database refuses the role",
        PostgresErrorCodes.InvalidCatalogName => "The server has no database of that name",
        PostgresErrorCodes.InvalidSchemaName => "The database has no schema to make tables in",
        PostgresErrorCodes.InsufficientPrivilege => "The role may not connect, or not make tables",
        _ => null,
    };
}
