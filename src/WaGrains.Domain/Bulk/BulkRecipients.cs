using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Bulk;

/// <summary>One recipient of a bulk send.</summary>
/// <param name="Position">Its place in the list, from 0.</param>
/// <param name="To">A phone number's digits, or a business-scoped user id.</param>
/// <param name="Variables">What fills its placeholders, by name; null for nothing.</param>
public sealed record BulkRecipient(int Position, string To, IReadOnlyDictionary<string, string>? Variables);

/// <summary>What has become of a recipient. The numbers are stored.</summary>
public enum BulkOutcome
{
    /// <summary>Not its turn yet.</summary>
    Pending = 0,

    /// <summary>Its message is in a number's queue, or beyond: the message's own status says how far.</summary>
    Taken = 1,

    /// <summary>The conversation refused it, with a code.</summary>
    Refused = 2,

    /// <summary>Its turn did not come: the send was cancelled, or its deadline passed.</summary>
    Dropped = 3,
}

/// <summary>Which recipient of which bulk send a message is for.</summary>
/// <param name="Send">The bulk send.</param>
/// <param name="Position">The recipient's place in it.</param>
public readonly record struct BulkOrigin(BulkSendId Send, int Position);

/// <summary>Recipients of a send that is being made. Positions that are there already abort the turn.</summary>
public sealed record BulkRecipientsAdded(TenantId Tenant, BulkSendId Send, IReadOnlyList<BulkRecipient> Recipients)
    : Change;

/// <summary>
/// A recipient has had its turn, written by its conversation in the commit that queues or refuses the message. It must
/// be pending, or the turn is aborted: this is what keeps anybody from being written to twice.
/// </summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Origin">Which recipient.</param>
/// <param name="Message">The message; null where it was refused.</param>
/// <param name="Code">Why it was refused; null where it was not.</param>
public sealed record BulkRecipientSettled(TenantId Tenant, BulkOrigin Origin, MessageId? Message, string? Code)
    : Change;

/// <summary>Those of a range of recipients that are pending get no turn any more.</summary>
/// <param name="Tenant">Whose they are.</param>
/// <param name="Send">Of which send.</param>
/// <param name="From">The first position.</param>
/// <param name="Through">The position after the last.</param>
/// <param name="Code">Why.</param>
public sealed record BulkRecipientsDropped(TenantId Tenant, BulkSendId Send, int From, int Through, string Code)
    : Change;

/// <summary>Removes the recipients of a range of positions: of a send that was never made, or is past its
/// keeping.</summary>
public sealed record BulkRecipientsRemoved(TenantId Tenant, BulkSendId Send, int From, int Through) : Change;
