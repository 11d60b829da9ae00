using WaGrains.Storage.Tests.Contracts;

namespace WaGrains.Storage.Tests.Sqlite;

public sealed class SqliteCommitLog() : CommitLogContract(StoreUnderTest.Sqlite);

public sealed class SqliteConditions() : ConditionsContract(StoreUnderTest.Sqlite);

public sealed class SqliteStatus() : StatusContract(StoreUnderTest.Sqlite);

public sealed class SqliteActivation() : ActivationContract(StoreUnderTest.Sqlite);

public sealed class SqliteRecovery() : RecoveryContract(StoreUnderTest.Sqlite);

public sealed class SqliteReading() : ReadsContract(StoreUnderTest.Sqlite);

public sealed class SqliteIsolation() : IsolationContract(StoreUnderTest.Sqlite);

public sealed class SqliteBulkSends() : BulkContract(StoreUnderTest.Sqlite);

public sealed class SqlitePortfolios() : PortfolioContract(StoreUnderTest.Sqlite);

public sealed class SqliteFeed() : FeedContract(StoreUnderTest.Sqlite);

public sealed class SqliteRetention() : RetentionContract(StoreUnderTest.Sqlite);
