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

    /// <summary>How long the pace history of a number is kept: a year, with room to compare.</summary>
    public static readonly TimeSpan PaceHistoryKept = TimeSpan.FromDays(400);

    /// <summary>How many contacts may be merged one into the next before a look-up gives up following them.</summary>
    public const int MergeChainMax = 64;

    public static int Page(int most) => Math.Clamp(most, 1, PageMax);
}
