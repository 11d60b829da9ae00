using WaGrains.Storage.Tests.Contracts;

namespace WaGrains.Storage.Tests.Postgres;

public sealed class PostgresCommitLog() : CommitLogContract(StoreUnderTest.Postgres);

public sealed class PostgresConditions() : ConditionsContract(StoreUnderTest.Postgres);

public sealed class PostgresStatus() : StatusContract(StoreUnderTest.Postgres);

public sealed class PostgresActivation() : ActivationContract(StoreUnderTest.Postgres);

public sealed class PostgresRecovery() : RecoveryContract(StoreUnderTest.Postgres);

public sealed class PostgresReading() : ReadsContract(StoreUnderTest.Postgres);

public sealed class PostgresIsolation() : IsolationContract(StoreUnderTest.Postgres);

public sealed class PostgresBulkSends() : BulkContract(StoreUnderTest.Postgres);

public sealed class PostgresPortfolios() : PortfolioContract(StoreUnderTest.Postgres);
[Collection(QuietServer.Name)]
public sealed class PostgresFeed() : FeedContract(StoreUnderTest.Postgres);

public sealed class PostgresRetention() : RetentionContract(StoreUnderTest.Postgres);
