namespace WaGrains.Storage.Rows;

/// <summary>Every bound of the stores, each with unit and reason.</summary>
internal static class StoreLimits
{
    /// <summary>
    /// Characters in one text column: far above any text WhatsApp carries, far below what a database refuses.
    /// </summary>
    public const int TextCharsMax = 1 << 20;

    /// <summary>
    /// Bytes in one byte column: Meta's webhooks end at 3 MB, a tenant's rules are the largest of ours.
    /// </summary>
    public const int BytesMax = 16 << 20;

    /// <summary>
    /// Rows in one page of a list: a page of 200 and one more, by which a caller sees whether there are others.
    /// </summary>
    public const int PageMax = 201;

    /// <summary>How long an idempotency key is kept; an older row gives way to a new one under its key.</summary>
    public static readonly TimeSpan IdempotencyKept = TimeSpan.FromDays(7);

    /// <summary>How long events are kept where nothing else is said; on PostgreSQL whole days at a time.</summary>
    public static readonly TimeSpan EventsKept = TimeSpan.FromDays(7);

    /// <summary>How long attempts are kept after their message was written: none is under way for longer.</summary>
    public static readonly TimeSpan AttemptsKept = TimeSpan.FromDays(30);

    /// <summary>How long alerts are kept: audits look back a year.</summary>
    public static readonly TimeSpan AlertsKept = TimeSpan.FromDays(365);

    /// <summary>How long webhook items nobody understood are kept: time to teach a version to read them.</summary>
    public static readonly TimeSpan RawKept = TimeSpan.FromDays(30);

    /// <summary>How long inputs that were set aside are kept for repair.</summary>
    public static readonly TimeSpan DeadLettersKept = TimeSpan.FromDays(90);

    /// <summary>How long the pace history of a number is kept: a year, with room to compare.</summary>
    public static readonly TimeSpan PaceHistoryKept = TimeSpan.FromDays(400);

    /// <summary>How many contacts may be merged one into the next before a look-up gives up following them.</summary>
    public const int MergeChainMax = 64;

    public static int Page(int most) => Math.Clamp(most, 1, PageMax);
}
