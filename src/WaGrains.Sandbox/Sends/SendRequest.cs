using System.Text.Json;

namespace WaGrains.Sandbox.Sends;

/// <summary>Whom a send addresses: a phone, a business-scoped user id or a group.</summary>
/// <param name="Input">What the business wrote.</param>
/// <param name="WaId">The phone's id, if it was addressed by phone.</param>
/// <param name="UserId">The user id, if it was addressed by that.</param>
/// <param name="GroupId">The group, if it was one.</param>
internal sealed record Recipient(string Input, string? WaId, string? UserId, string? GroupId);

/// <summary>A send that passed every check. <see cref="Content"/> lives only as long as the parsed body.</summary>
internal sealed class SendRequest
{
    public required string Type { get; init; }

    public required Recipient Recipient { get; init; }

    public required JsonElement Content { get; init; }

    public string? ContextId { get; init; }

    public string? CallbackText { get; init; }

    public SandboxTemplate? Template { get; init; }
}
