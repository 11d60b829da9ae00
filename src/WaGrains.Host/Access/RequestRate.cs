using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Access;

/// <summary>
/// So many requests per second and key; says so in the RateLimit headers
/// (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/, read 2026-11-22).
/// </summary>
internal sealed class RequestRate(RequestDelegate next, IOptions<ApiOptions> options, TimeProvider clock) : IDisposable
{
    private readonly int _perSecond = options.Value.RequestsPerSecond;

    // The framework drops buckets that nobody has used for ten seconds, so the number of keys in use is the bound.
    private readonly PartitionedRateLimiter<string> _buckets = PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.Get(key, _ => (RateLimiter)new TokenBucket(options.Value.RequestsPerSecond, clock)));

    public void Dispose() => _buckets.Dispose();

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.User.FindFirst(Caller.KeyClaim)?.Value is not { } key)
        {
            await next(http);
            return;
        }

        using var lease = _buckets.AttemptAcquire(key);
        var left = _buckets.GetStatistics(key)?.CurrentAvailablePermits ?? 0;
        http.Response.Headers["RateLimit-Policy"] =
            string.Create(CultureInfo.InvariantCulture, $"\"key\";q={_perSecond};w=1");
        http.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"key\";r={left};t=1");
        if (lease.IsAcquired)
        {
            await next(http);
            return;
        }

        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
        await ProblemWriter.Answer(http, ProblemCodes.RateLimited, $"At most {_perSecond} requests per second.", wait);
    }
}
