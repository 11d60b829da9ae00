using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>One message for Meta.</summary>
/// <param name="PhoneNumberId">Meta's phone_number_id of the sender, digits.</param>
/// <param name="AccessToken">The token of the sender's tenant; never logged.</param>
/// <param name="Recipient">Whom it goes to.</param>
/// <param name="Content">What to send.</param>
/// <param name="ContextWamid">The message it quotes, or null.</param>
/// <param name="CallbackText">What comes back in every status, or null.</param>
/// <param name="FencedAt">The clock's timestamp at the start of the commit that fenced this attempt.</param>
public sealed record GraphSendRequest(
    string PhoneNumberId,
    string AccessToken,
    Recipient Recipient,
    MessageContent Content,
    string? ContextWamid,
    string? CallbackText,
    long FencedAt)
{
    /// <summary>Awaited when everything else is ready and the body could leave: whoever keeps calls apart does it here,
    /// where no connection can undo it. Null: it leaves at once.</summary>
    public Func<CancellationToken, Task>? Turn { get; init; }

    /// <summary>Called once the body is on its way; must be quick. Null: nobody wants to know.</summary>
    public Action? Leaving { get; init; }

    /// <summary>Neither token nor text nor phone, so that no log line can carry them by accident.</summary>
    public override string ToString() => nameof(GraphSendRequest);
}
