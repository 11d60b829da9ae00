using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Conversations;

/// <summary>Who has the word in a conversation.</summary>
public enum ConversationPhase
{
    /// <summary>Nobody has written yet, or only we have.</summary>
    New = 0,

    /// <summary>The bot answers; no agent is asked.</summary>
    Bot = 1,

    /// <summary>Waiting in a team's queue for an agent.</summary>
    Waiting = 2,

    /// <summary>An agent holds it.</summary>
    Held = 3,

    /// <summary>Ended for now.</summary>
    Closed = 4,

    /// <summary>Merged into another conversation, which has not yet taken over what this one left.</summary>
    Merging = 5,

    /// <summary>Merged into another conversation for ever.</summary>
    Alias = 6,
}

/// <summary>A conversation: one number, one contact. The truth of who holds it (MUST T4). Immutable; a turn makes the
/// next.</summary>
public sealed record ConversationState
{
    /// <summary>How many inbound ids are remembered: enough for the repeats of one webhook batch in flight.</summary>
    public const int RecentMax = 16;

    private readonly Instant _waitingSince;
    private readonly Instant _lastInboundAt;
    private readonly Instant _unansweredSince;
    private readonly Instant _optedOutAt;
    private readonly Instant _marketingStoppedAt;
    private readonly Instant _marketingParkedUntil;
    private readonly Instant _offHoursRepliedAt;
    private readonly Instant _idleTimerAt;
    private readonly Instant _lastActivityAt;

    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Number and contact.</summary>
    public required ConversationId Id { get; init; }

    /// <summary>How many durable writes the row has had; 0 before the first.</summary>
    public long Version { get; init; }

    /// <summary>Who has the word.</summary>
    public ConversationPhase Phase { get; init; }

    /// <summary>The team whose queue it waits in or was served from.</summary>
    public TeamId? Team { get; init; }

    /// <summary>The agent who holds it; set exactly in <see cref="ConversationPhase.Held"/>.</summary>
    public AgentId? Holder { get; init; }

    /// <summary>The current offer; counts up, an accept of any other is void.</summary>
    public long Offer { get; init; }

    /// <summary>The agent asked by name under the current offer, while the answer is out.</summary>
    public AgentId? Asked { get; init; }

    /// <summary>Why the agent last asked by name declined; null if none did.</summary>
    public string? Declined { get; init; }

    /// <summary>Since when it waits; set exactly in <see cref="ConversationPhase.Waiting"/>.</summary>
    public DateTimeOffset? WaitingSince
    {
        get => _waitingSince;
        init => _waitingSince = value;
    }

    /// <summary>How to reach the contact, as Meta last wrote it.</summary>
    public Recipient To { get; init; }

    /// <summary>The name the contact shows, for people.</summary>
    public string? ProfileName { get; init; }

    /// <summary>When the contact last wrote, by Meta's clock.</summary>
    public DateTimeOffset? LastInboundAt
    {
        get => _lastInboundAt;
        init => _lastInboundAt = value;
    }

    /// <summary>The 24 hours in which free-form messages may be sent.</summary>
    public ServiceWindow Window { get; init; }

    /// <summary>When anything last happened here, by our clock; lists sort by it.</summary>
    public DateTimeOffset LastActivityAt
    {
        get => _lastActivityAt.Value;
        init => _lastActivityAt = value;
    }

    /// <summary>When we last wrote, and not yet been answered; null once the contact has answered.</summary>
    public DateTimeOffset? UnansweredSince
    {
        get => _unansweredSince;
        init => _unansweredSince = value;
    }

    /// <summary>The UTC day on which the contact's answer was last counted for the number's standing.</summary>
    public DateOnly? ReplyCountedOn { get; init; }

    /// <summary>The ordinal of the newest outbound message; gap-free from 1.</summary>
    public long Ordinal { get; init; }

    /// <summary>When the contact asked not to be written to; null if never. Only an answer to something written later
    /// may still leave.</summary>
    public DateTimeOffset? OptedOutAt
    {
        get => _optedOutAt;
        init => _optedOutAt = value;
    }

    /// <summary>Since when the contact wants no marketing, by WhatsApp's own switch; null where it does not mind. All
    /// else may be sent.</summary>
    public DateTimeOffset? MarketingStoppedAt
    {
        get => _marketingStoppedAt;
        init => _marketingStoppedAt = value;
    }

    /// <summary>Meta takes no marketing for the contact until then; null where nothing is known.</summary>
    public DateTimeOffset? MarketingParkedUntil
    {
        get => _marketingParkedUntil;
        init => _marketingParkedUntil = value;
    }

    /// <summary>The newest marketing messages, oldest first, for the tenant's cap and for what an opt-out withdraws;
    /// null for none.</summary>
    public IReadOnlyList<MarketingSend>? Marketing { get; init; }

    /// <summary>When the off-hours reply was last given.</summary>
    public DateTimeOffset? OffHoursRepliedAt
    {
        get => _offHoursRepliedAt;
        init => _offHoursRepliedAt = value;
    }

    /// <summary>The newest inbound ids, newest last, at most <see cref="RecentMax"/> (MUST D1).</summary>
    public IReadOnlyList<MessageId> Recent { get; init; } = [];

    /// <summary>The highest id that was ever pushed out of <see cref="Recent"/>: at or below it, only the archive knows
    /// what is new.</summary>
    public MessageId? RecentFloor { get; init; }

    /// <summary>Outbound messages not yet known to be settled by their number, oldest first: a status for one of these
    /// tells the number too.</summary>
    public IReadOnlyList<MessageId> Unsettled { get; init; } = [];

    /// <summary>The conversation this one became.</summary>
    public ConversationId? AliasOf { get; init; }

    /// <summary>What the surviving conversation has yet to take over; set exactly in
    /// <see cref="ConversationPhase.Merging"/>.</summary>
    public MergeParcel? Parcel { get; init; }

    /// <summary>Conversations that became this one; their messages belong to its history.</summary>
    public IReadOnlyList<ConversationId> Aliases { get; init; } = [];

    /// <summary>When it is closed for want of activity; the durable timer's occurrence.</summary>
    public DateTimeOffset? IdleTimerAt
    {
        get => _idleTimerAt;
        init => _idleTimerAt = value;
    }

    /// <summary>Its address.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public OwnerKey Owner => OwnerKey.Of(Tenant, Id);

    /// <summary>The state of a conversation of which nothing is stored.</summary>
    public static ConversationState Fresh(TenantId tenant, ConversationId id) => new() { Tenant = tenant, Id = id };
}

/// <summary>What a conversation leaves behind when it becomes an alias.</summary>
/// <param name="Phase">Where it stood.</param>
/// <param name="Holder">Who held it.</param>
/// <param name="Team">Whose queue it was in.</param>
/// <param name="Window">Its service window.</param>
/// <param name="OptedOutAt">When the contact opted out.</param>
/// <param name="To">How to reach the contact.</param>
public sealed record MergeParcel(ConversationPhase Phase, AgentId? Holder, TeamId? Team, ServiceWindow Window,
    DateTimeOffset? OptedOutAt, Recipient To)
{
    /// <summary>What became of it before: their messages belong to the survivor's history now.</summary>
    public IReadOnlyList<ConversationId> Aliases { get; init; } = [];

    /// <summary>What it has sent and does not know to be settled: an opt-out withdraws that too.</summary>
    public IReadOnlyList<MessageId> Unsettled { get; init; } = [];

    /// <summary>Since when the contact wants no marketing.</summary>
    public DateTimeOffset? MarketingStoppedAt { get; init; }

    /// <summary>Until when Meta takes no marketing for it.</summary>
    public DateTimeOffset? MarketingParkedUntil { get; init; }

    /// <summary>Its newest marketing messages.</summary>
    public IReadOnlyList<MarketingSend>? Marketing { get; init; }
}

/// <summary>A marketing message to this contact.</summary>
/// <param name="Message">Which.</param>
/// <param name="Ordinal">Its position among the outbound messages; 0 where it was sent by a conversation that was
/// merged into this one.</param>
/// <param name="At">When it was accepted for sending.</param>
public readonly record struct MarketingSend(MessageId Message, long Ordinal, DateTimeOffset At);

/// <summary>Writes a conversation's row.</summary>
public sealed record ConversationWritten(ConversationState State) : StateWritten
{
    /// <summary>The state this write follows: what the feed of events tells the difference from. Null: unknown, and
    /// nothing is told.</summary>
    public ConversationState? Before { get; init; }

    /// <inheritdoc/>
    public override long Version => State.Version;

    /// <inheritdoc/>
    public override OwnerKey Owner => State.Owner;
}
