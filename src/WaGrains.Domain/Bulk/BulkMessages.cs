using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Bulk;

/// <summary>What a bulk send may be told.</summary>
public abstract record BulkSendMessage : OwnerMessage;

/// <summary>Makes it, once all its recipients are stored, and starts it.</summary>
/// <param name="Draft">What it is to be.</param>
/// <param name="Idempotency">The caller's key, if it gave one.</param>
public sealed record CreateBulkSend(BulkDraft Draft, IdempotencyKey? Idempotency) : BulkSendMessage;

/// <summary>A bulk send before it is made; see <see cref="BulkSendState"/>.</summary>
public sealed record BulkDraft(
    string Name,
    IReadOnlyList<PhoneNumberId> Numbers,
    MessageContent Content,
    Lane Lane,
    DateTimeOffset Deadline,
    int Total);

/// <summary>Holds it where it stands.</summary>
public sealed record PauseBulkSend(IdempotencyKey? Idempotency) : BulkSendMessage;

/// <summary>Lets it go on.</summary>
public sealed record ResumeBulkSend(IdempotencyKey? Idempotency) : BulkSendMessage;

/// <summary>Ends it: what has not begun to leave is withdrawn.</summary>
public sealed record CancelBulkSend(IdempotencyKey? Idempotency) : BulkSendMessage;

/// <summary>Reads it.</summary>
public sealed record ReadBulkSend : BulkSendMessage
{
    /// <summary>The one instance worth having.</summary>
    public static readonly ReadBulkSend Message = new();
}

/// <summary>Every recipient before <paramref name="Through"/> has had its turn.</summary>
/// <param name="Through">The position after them.</param>
/// <param name="Queued">How many of its messages wait in queues or are under way; null where nobody has looked.</param>
/// <param name="NextIn">When looking again makes sense.</param>
public sealed record BulkSendAdvanced(int Through, int? Queued, TimeSpan NextIn) : BulkSendMessage
{
    /// <summary>How far it has come, where the round has counted; null where it has not.</summary>
    public DrainPoint? Point { get; init; }
}

/// <summary>Pending recipients of this range get no turn.</summary>
public sealed record DropRecipients(int From, int Through, string Code) : BulkSendMessage;

/// <summary>Answer to most of these: how it stands.</summary>
public sealed record BulkSendView(BulkSendState State) : Reply;

/// <summary>Committed work of a bulk send waits: whoever carries it out looks at it now.</summary>
public sealed record CarryOut(OwnerKey Send) : Effect;
