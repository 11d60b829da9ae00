using WaGrains.Sandbox.Judging;

namespace WaGrains.Sandbox.Webhooks;

/// <summary>What one item of a webhook is; failed statuses travel without contacts and so apart (facts 3.6).</summary>
internal enum UpdateKind
{
    Message,
    Status,
    FailedStatus,
}

/// <summary>One message or status that the app is to be told of.</summary>
/// <param name="Kind">Decides the array it goes into.</param>
/// <param name="Number">The number it is about.</param>
/// <param name="Json">The item itself.</param>
/// <param name="Contact">Its entry of `contacts[]`, null without one.</param>
internal sealed record Update(UpdateKind Kind, NumberState Number, byte[] Json, byte[]? Contact);
