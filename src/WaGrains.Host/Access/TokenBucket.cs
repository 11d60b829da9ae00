using System.Threading.RateLimiting;

namespace WaGrains.Host.Access;

/// <summary>
/// A bucket that fills steadily, by the clock that is handed in: the framework's own limiters read the machine's, which
/// no test can step.
/// </summary>
/// <param name="perSecond">Permits per second, which is also the size of the bucket.</param>
/// <param name="clock">Whose monotonic time counts.</param>
internal sealed class TokenBucket(int perSecond, TimeProvider clock) : RateLimiter
{
    private readonly Lock _gate = new();
    private double _permits = perSecond;
    private long _filledAt = clock.GetTimestamp();
    private long _usedAt = clock.GetTimestamp();

    /// <summary>Full again means that nothing of it needs remembering.</summary>
    public override TimeSpan? IdleDuration => clock.GetElapsedTime(_usedAt);

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_gate)
        {
            Fill();
            return new RateLimiterStatistics { CurrentAvailablePermits = (long)_permits };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_gate)
        {
            Fill();
            _usedAt = _filledAt;
            if (_permits < permitCount)
            {
                return new Lease(false, TimeSpan.FromSeconds((permitCount - _permits) / perSecond));
            }

            _permits -= permitCount;
            return new Lease(true, TimeSpan.Zero);
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private void Fill()
    {
        var now = clock.GetTimestamp();
        _permits = Math.Min(perSecond, _permits + (clock.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond));
        _filledAt = now;
    }

    private sealed class Lease(bool isAcquired, TimeSpan retryAfter) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = retryAfter;
            return metadataName == MetadataName.RetryAfter.Name;
        }
    }
}
