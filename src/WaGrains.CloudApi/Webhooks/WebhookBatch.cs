namespace WaGrains.CloudApi.Webhooks;

/// <summary>Everything one webhook POST says, in the order it was read.</summary>
/// <param name="Items">One per message, status or other event; nothing is left out, what is not understood is a <see
/// cref="RawItem"/>.</param>
/// <param name="Problem">Stable snake_case reason why the body could not be read at all; null when it could.</param>
public sealed record WebhookBatch(IReadOnlyList<WebhookItem> Items, string? Problem)
{
    /// <summary>Updates Meta puts into one POST at most (webhooks overview, 2026-04-29).</summary>
    public const int UpdatesMax = 1_000;

    /// <summary>Whether the body was no JSON object; there are no items then.</summary>
    public bool IsMalformed => Problem is not null;

    /// <summary>Whether there is more in it than Meta ever sends: read all the same, but worth an alert.</summary>
    public bool IsOversized => Items.Count > UpdatesMax;

    /// <summary>Meta's ids of all our numbers in it, each once.</summary>
    public IEnumerable<string> Numbers => Items is [var only]
        ? only.PhoneNumberId is { Length: > 0 } id ? [id] : []
        : Items.Select(item => item.PhoneNumberId).OfType<string>().Where(id => id.Length > 0).Distinct();

    /// <summary>The items of these numbers alone.</summary>
    public WebhookBatch Of(IEnumerable<string> numbers) => Where(numbers, areTheirs: true);

    /// <summary>The items of all others, and those of none.</summary>
    public WebhookBatch Without(IEnumerable<string> numbers) => Where(numbers, areTheirs: false);

    private WebhookBatch Where(IEnumerable<string> numbers, bool areTheirs)
    {
        var theirs = numbers.ToHashSet();
        return this with
        {
            Items = [.. Items.Where(item => (item.PhoneNumberId is { } id && theirs.Contains(id)) == areTheirs)],
        };
    }

    /// <summary>A body that is no JSON object.</summary>
    public static WebhookBatch Malformed(string problem) => new([], problem);
}
