using WaGrains.Engine.Commits;

namespace WaGrains.Storage;

/// <summary>The database answers and does not let this program in: a wrong password, a role or a database that is not
/// there, rights that are missing. Waiting does not help; somebody has to correct the connection string or the
/// database.</summary>
public sealed class StoreForbiddenException(string message) : StoreUnavailableException(message);
