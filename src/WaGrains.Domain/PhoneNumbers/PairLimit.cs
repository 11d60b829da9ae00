using System.Text.Json.Serialization;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// Meta's limit between one number and one contact: a bucket of 45 messages that refills by one in 6 s, beyond which
/// 131056 comes (Meta, page "Throughput", updated 2025-11-21). We refill at 99 % of
/// that.
/// </summary>
/// <param name="Due">When the bucket is full again; in the past for contacts we have not written to lately, who need no
/// record at all.</param>
[method: JsonConstructor]
public readonly record struct PairLimit(DateTimeOffset Due)
{
    private readonly Instant _due = Due;

    /// <summary>When the bucket is full again.</summary>
    public DateTimeOffset Due
    {
        get => _due.Value;
        init => _due = value;
    }

    /// <summary>Messages at once.</summary>
    public const int Bucket = 45;

    private const int BackOffSteps = 6;

    /// <summary>One message's worth of the bucket: 6 s at 99 %.</summary>
    public static readonly TimeSpan Refill = TimeSpan.FromTicks((long)Math.Ceiling(6 * TimeSpan.TicksPerSecond / 0.99));

    private static readonly TimeSpan Burst = (Bucket - 1) * Refill;

    /// <summary>A contact never written to.</summary>
    public static PairLimit Full { get; } = new(DateTimeOffset.UnixEpoch);

    /// <summary>Whether nothing is owed, so that the record may be forgotten.</summary>
    public bool IsFull(DateTimeOffset now) => Due <= now;

    /// <summary>When a reply or a utility message may go, <paramref name="now"/> or later.</summary>
    public DateTimeOffset NextAllowed(DateTimeOffset now) => Later(Due - Burst, now);

    /// <summary>When a campaign's message may go: only at a full bucket, the burst belongs to people talking.</summary>
    public DateTimeOffset NextAllowedForCampaign(DateTimeOffset now) => Later(Due, now);

    /// <summary>The state after a message started.</summary>
    public PairLimit Take(DateTimeOffset start) => new(Later(Due, start) + Refill);

    /// <summary>
    /// Meta said 131056, so its bucket is empty whatever ours says: the next try waits 4^<paramref name="refusals"/>
    /// seconds, as Meta asks.
    /// </summary>
    /// <param name="now">When the answer came.</param>
    /// <param name="refusals">How many times in a row before this one, 0 or more; from 6 on the wait stays at 4,096
    /// s.</param>
    public PairLimit OnRefused(DateTimeOffset now, int refusals)
    {
        var wait = TimeSpan.FromSeconds(1L << (2 * Math.Min(refusals, BackOffSteps)));
        return new PairLimit(Later(Due, now + wait + Burst));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
