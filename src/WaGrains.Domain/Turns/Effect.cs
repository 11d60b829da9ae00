using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Turns;

/// <summary>What leaves an owner after its commit: a hint about committed rows, or a call to the outside.</summary>
public abstract record Effect;

/// <summary>
/// A hint for another owner. Delivered at least once in the usual case, late, twice, out of order or never in the
/// worst; the rows decide.
/// </summary>
public sealed record Tell(OwnerKey To, OwnerMessage Message) : Effect;

/// <summary>One call of Meta's send endpoint for an attempt that is committed as started. Its outcome comes back as a
/// message to the number.</summary>
/// <param name="Number">The sending number.</param>
/// <param name="PhoneNumberId">Meta's id of the sending number.</param>
/// <param name="Message">The message.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
/// <param name="Conversation">The conversation, part of the callback data.</param>
/// <param name="To">Whom to send to.</param>
/// <param name="Content">What to send.</param>
/// <param name="ContextWamid">The message to quote, if any.</param>
public sealed record SendToGraph(
    OwnerKey Number,
    string PhoneNumberId,
    MessageId Message,
    int Attempt,
    ConversationId Conversation,
    Recipient To,
    MessageContent Content,
    string? ContextWamid) : Effect
{
    /// <summary>What slots catch up by themselves (<see cref="Gcra.Burst"/>), less than a judge at the socket
    /// sees.</summary>
    private static readonly TimeSpan LateFrom = TimeSpan.FromMilliseconds(40);

    private readonly Instant _slot;
    private readonly Instant _notBefore;

    /// <summary>The slot it takes (<see cref="Gcra.SlotOf"/>), by the clock of the silo that makes the call: when its
    /// bytes are to leave.</summary>
    public required DateTimeOffset Slot
    {
        get => _slot.Value;
        init => _slot = value;
    }

    /// <summary>The pace of the number, messages per minute, where its slots are taken ahead: what keeps its calls
    /// apart however late their commit was. Null where a slot is taken when it is due, one at a time.</summary>
    public double? PerMinute { get; init; }

    /// <summary>Not to leave before this; null for at once. Told by whoever lets it go.</summary>
    public DateTimeOffset? NotBefore
    {
        get => _notBefore;
        init => _notBefore = value;
    }

    /// <summary>
    /// What its number is to be told, should its bytes leave now; null where that is not late. Lateness counts from
    /// the slot: the turn may have been woken late, and its commit may have waited long for another's. Where slots are
    /// taken ahead, one that is later than <see cref="Gcra.Lead"/> may be behind the slot that is taken next; one that
    /// is less late is kept apart from the others where it leaves.
    /// </summary>
    /// <param name="now">The time by the same clock.</param>
    public SendStarted? LateAt(DateTimeOffset now) =>
        now - Slot > (PerMinute is { } pace ? Gcra.Fresh(pace).Lead : LateFrom)
            ? new SendStarted(Message, Attempt, now)
            : null;
}

/// <summary>Asks the silo's timer wheel to wake this owner; a later request replaces an earlier one. Not durable:
/// recovery asks again.</summary>
/// <param name="Owner">Whom.</param>
/// <param name="Name">Which of its durable timers this announces; empty for its next slot.</param>
/// <param name="At">When.</param>
public sealed record WakeAt(OwnerKey Owner, string Name, DateTimeOffset At) : Effect;

/// <summary>How many of the rows that oblige an owner to act its memory knows of: the safety net wakes whoever has
/// more.</summary>
public sealed record RowsClaimed(OwnerKey Owner, int Rows) : Effect;

/// <summary>Something a person may want to see live: for the terminal, streams and boards. Losing one loses
/// nothing.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Kind">A stable snake_case word, such as <c>message_received</c>.</param>
/// <param name="Detail">A short remark without a customer's words or phone number.</param>
public abstract record Seen(TenantId Tenant, string Kind, string Detail) : Effect
{
    /// <summary>Public id of what it is about. Written when it is asked for: mostly nobody watches.</summary>
    public abstract string Subject { get; }

    /// <summary>Something seen of what has this id.</summary>
    public static Seen Of<TId>(TenantId tenant, string kind, TId subject, string detail = "")
        where TId : notnull => new Event<TId>(tenant, kind, subject, detail);

    private sealed record Event<TId>(TenantId Tenant, string Kind, TId About, string Detail)
        : Seen(Tenant, Kind, Detail)
        where TId : notnull
    {
        public override string Subject => About.ToString()!;
    }
}
