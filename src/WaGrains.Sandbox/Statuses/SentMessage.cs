using WaGrains.Sandbox.Graph;
using WaGrains.Sandbox.Judging;
using WaGrains.Sandbox.Sends;

namespace WaGrains.Sandbox.Statuses;

/// <summary>An accepted send, as far as its statuses need it.</summary>
internal sealed class SentMessage
{
    public required NumberState Number { get; init; }

    public required string Wamid { get; init; }

    public required Recipient Recipient { get; init; }

    /// <summary>The person's business-scoped id; null for a group.</summary>
    public required string? UserId { get; init; }

    /// <summary>Entry of `contacts[]`; null for a group.</summary>
    public required byte[]? Contact { get; init; }

    public required string? CallbackText { get; init; }

    /// <summary>marketing, utility, authentication or service.</summary>
    public required string Category { get; init; }

    public required bool IsBillable { get; init; }

    public required bool IsVoice { get; init; }

    /// <summary>Whom it counts as against the portfolio's messaging limit; null where it does not count.</summary>
    public string? CountsAs { get; init; }

    /// <summary>Set when the message is to fail without ever being sent.</summary>
    public GraphFault? Failure { get; init; }
}
