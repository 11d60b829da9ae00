using WaGrains.Domain.Messaging;

namespace WaGrains.Engine.Feed;

/// <summary>Every kind of event. Stored and served: none is ever renamed.</summary>
public static class FeedKinds
{
    /// <summary>The contact has written. Detail: the message's type.</summary>
    public const string MessageReceived = "message_received";

    /// <summary>A person has written from the WhatsApp Business app. Detail: the message's type.</summary>
    public const string MessageEchoed = "message_echoed";

    /// <summary>A message waits in its number's queue. Detail: its author.</summary>
    public const string MessageQueued = "message_queued";

    /// <summary>A message was withdrawn; it does not leave unless its attempt was under way.</summary>
    public const string MessageWithdrawn = "message_withdrawn";

    /// <summary>Meta has taken the message.</summary>
    public const string MessageAccepted = "message_accepted";

    /// <summary>Meta has sent it on.</summary>
    public const string MessageSent = "message_sent";

    /// <summary>It is on the contact's device.</summary>
    public const string MessageDelivered = "message_delivered";

    /// <summary>The contact has opened it.</summary>
    public const string MessageRead = "message_read";

    /// <summary>The contact has played it.</summary>
    public const string MessagePlayed = "message_played";

    /// <summary>It failed. Detail: why.</summary>
    public const string MessageFailed = "message_failed";

    /// <summary>Its deadline passed before it could leave. Detail: why.</summary>
    public const string MessageExpired = "message_expired";

    /// <summary>It was cancelled before it left. Detail: why.</summary>
    public const string MessageCancelled = "message_cancelled";

    /// <summary>Whether it left will not be known any more. Detail: why.</summary>
    public const string MessageUnknown = "message_unknown";

    /// <summary>The conversation waits for an agent of a team.</summary>
    public const string ConversationWaiting = "conversation_waiting";

    /// <summary>An agent holds the conversation now.</summary>
    public const string ConversationAssigned = "conversation_assigned";

    /// <summary>The agent holds it no more.</summary>
    public const string ConversationReleased = "conversation_released";

    /// <summary>The conversation has ended for now.</summary>
    public const string ConversationClosed = "conversation_closed";

    /// <summary>A closed conversation goes on.</summary>
    public const string ConversationReopened = "conversation_reopened";

    /// <summary>The conversation belongs to another from now on. Subject: that one.</summary>
    public const string ConversationMerged = "conversation_merged";

    /// <summary>The contact wants no more messages.</summary>
    public const string ContactOptedOut = "contact_opted_out";

    /// <summary>The contact wants messages again.</summary>
    public const string ContactOptedIn = "contact_opted_in";

    /// <summary>Two contacts are one person. Subject: the one that is gone. Detail: the one that stays.</summary>
    public const string ContactMerged = "contact_merged";

    /// <summary>A number was added.</summary>
    public const string NumberAdded = "number_added";

    /// <summary>The number sends nothing. Detail: why.</summary>
    public const string NumberStopped = "number_stopped";

    /// <summary>The number sends again.</summary>
    public const string NumberResumed = "number_resumed";

    /// <summary>Meta rates the number otherwise. Detail: how.</summary>
    public const string NumberQualityChanged = "number_quality_changed";

    /// <summary>A bulk send was made; its recipients are stored. Counts: total.</summary>
    public const string SendCreated = "send_created";

    /// <summary>The first of its recipients have been given to its numbers.</summary>
    public const string SendStarted = "send_started";

    /// <summary>It is held where it stands.</summary>
    public const string SendPaused = "send_paused";

    /// <summary>It goes on.</summary>
    public const string SendResumed = "send_resumed";

    /// <summary>Somebody ends it early: what has not left is being withdrawn.</summary>
    public const string SendCancelled = "send_cancelled";

    /// <summary>Its deadline ends it early: what has not left is being withdrawn.</summary>
    public const string SendOverdue = "send_overdue";

    /// <summary>Nothing of it is left to do. Detail: why it ended early. Counts: total, sent, delivered, read, failed,
    /// as they stood then.</summary>
    public const string SendEnded = "send_ended";

    /// <summary>An agent comes or goes. Detail: available, away or offline.</summary>
    public const string AgentPresenceChanged = "agent_presence_changed";

    /// <summary>A team was made or changed.</summary>
    public const string TeamChanged = "team_changed";

    /// <summary>The tenant's configuration was changed.</summary>
    public const string ConfigurationChanged = "configuration_changed";

    /// <summary>A person should look at something. Detail: the alert's kind. Subject: what it is about.</summary>
    public const string AlertRaised = "alert_raised";

    /// <summary>The kind that tells of a status.</summary>
    public static string Of(MessageStatus status) => status switch
    {
        MessageStatus.Received => MessageReceived,
        MessageStatus.Queued => MessageQueued,
        MessageStatus.Accepted => MessageAccepted,
        MessageStatus.Sent => MessageSent,
        MessageStatus.Expired => MessageExpired,
        MessageStatus.Cancelled => MessageCancelled,
        MessageStatus.Unknown => MessageUnknown,
        MessageStatus.Failed => MessageFailed,
        MessageStatus.Delivered => MessageDelivered,
        MessageStatus.Read => MessageRead,
        MessageStatus.Played => MessagePlayed,
    };
}
