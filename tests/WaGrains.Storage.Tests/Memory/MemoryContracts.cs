using WaGrains.Storage.Tests.Contracts;

namespace WaGrains.Storage.Tests.Memory;

public sealed class MemoryCommitLog() : CommitLogContract(StoreUnderTest.Memory);

public sealed class MemoryConditions() : ConditionsContract(StoreUnderTest.Memory);

public sealed class MemoryStatus() : StatusContract(StoreUnderTest.Memory);

public sealed class MemoryActivation() : ActivationContract(StoreUnderTest.Memory);

public sealed class MemoryRecovery() : RecoveryContract(StoreUnderTest.Memory);

public sealed class MemoryReading() : ReadsContract(StoreUnderTest.Memory);

public sealed class MemoryIsolation() : IsolationContract(StoreUnderTest.Memory);

public sealed class MemoryBulkSends() : BulkContract(StoreUnderTest.Memory);

public sealed class MemoryPortfolios() : PortfolioContract(StoreUnderTest.Memory);

public sealed class MemoryFeed() : FeedContract(StoreUnderTest.Memory);
