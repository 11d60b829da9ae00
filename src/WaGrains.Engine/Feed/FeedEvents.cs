using WaGrains.Domain.Agents;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;

namespace WaGrains.Engine.Feed;

/// <summary>
/// Which change tells what: the one place where changes become events. Rows that only serve the engine (queues,
/// attempts, offers, timers, keys) tell nothing. A status tells that it was heard, not that the message moved: a
/// reader keeps the furthest.
/// </summary>
public static class FeedEvents
{
    /// <summary>What a change tells, in order.</summary>
    /// <param name="change">A row of a turn.</param>
    /// <param name="into">Where the events go.</param>
    public static void Tell(Change change, ICollection<FeedEvent> into)
    {
        switch (change)
        {
            case MessageAdded { Row: var row }:
                into.Add(Added(row));
                break;
            case StatusRaised { Conversation: { } conversation } raised:
                into.Add(new FeedEvent
                {
                    Kind = FeedKinds.Of(raised.Status),
                    Conversation = conversation,
                    Message = raised.Message,
                    Detail = raised.Error?.Reason,
                });
                break;
            case SendWithdrawn { Conversation: { } conversation } withdrawn:
                into.Add(new FeedEvent
                {
                    Kind = FeedKinds.MessageWithdrawn, Conversation = conversation, Message = withdrawn.Message,
                });
                break;
            case ConversationWritten { Before: { } before, State: var state }:
                Differ(before, state, into);
                break;
            case PhoneNumberWritten { Before: { } before, State: var state }:
                Differ(before, state, into);
                break;
            case BulkSendWritten { Before: { } before, State: var state }:
                BulkSendEvents.Tell(before, state, into);
                break;
            case AgentWritten { Before: { } before, State: var state } when before.Presence != state.Presence:
                into.Add(new FeedEvent
                {
                    Kind = FeedKinds.AgentPresenceChanged, Agent = state.Id, Detail = Word(state.Presence),
                });
                break;
            case TeamWritten { State: var state }:
                into.Add(new FeedEvent { Kind = FeedKinds.TeamChanged, Team = state.Id });
                break;
            case TenantWritten { State: var state } when state.ConfiguredAt is 0 || state.ConfiguredAt == state.Version:
                into.Add(new FeedEvent { Kind = FeedKinds.ConfigurationChanged });
                break;
            case ContactMerged merged:
                into.Add(new FeedEvent
                {
                    Kind = FeedKinds.ContactMerged, Subject = merged.From.ToString(), Detail = merged.Into.ToString(),
                });
                break;
            case AlertRaised alert:
                into.Add(new FeedEvent
                {
                    Kind = FeedKinds.AlertRaised, Subject = alert.Subject, Detail = alert.Kind,
                });
                break;
        }
    }

    /// <summary>Whose change it is, for those that tell something.</summary>
    public static TenantId TenantOf(Change change) => change switch
    {
        MessageAdded added => added.Row.Tenant,
        StatusRaised raised => raised.Tenant,
        SendWithdrawn withdrawn => withdrawn.Tenant,
        StateWritten written => written.Owner.Tenant,
        ContactMerged merged => merged.Tenant,
        AlertRaised alert => alert.Tenant,
        _ => throw new ArgumentException($"{change.GetType().Name} tells nothing.", nameof(change)),
    };

    private static FeedEvent Added(MessageRow row) => new()
    {
        Kind = row.Direction switch
        {
            Direction.Inbound => FeedKinds.MessageReceived,
            Direction.Outbound => FeedKinds.MessageQueued,
            Direction.Echo => FeedKinds.MessageEchoed,
        },
        Conversation = row.Conversation,
        Message = row.Id,
        Detail = row.Direction == Direction.Outbound ? row.Author : row.Kind,
    };

    private static void Differ(ConversationState before, ConversationState state, ICollection<FeedEvent> into)
    {
        var isMerged = state.AliasOf != before.AliasOf;
        if (before.Phase == ConversationPhase.Closed && state.Phase != ConversationPhase.Closed && !isMerged)
        {
            Say(FeedKinds.ConversationReopened);
        }

        if (state.OptedOutAt is null != before.OptedOutAt is null)
        {
            Say(state.OptedOutAt is null ? FeedKinds.ContactOptedIn : FeedKinds.ContactOptedOut);
        }

        if (before.Holder is { } held && held != state.Holder)
        {
            Say(FeedKinds.ConversationReleased, agent: held);
        }

        if (state.Phase == ConversationPhase.Waiting && before.Phase != ConversationPhase.Waiting)
        {
            Say(FeedKinds.ConversationWaiting, team: state.Team);
        }

        if (state.Holder is { } holder && holder != before.Holder)
        {
            Say(FeedKinds.ConversationAssigned, agent: holder, team: state.Team);
        }

        if (state.Phase == ConversationPhase.Closed && before.Phase != ConversationPhase.Closed)
        {
            Say(FeedKinds.ConversationClosed);
        }

        if (isMerged)
        {
            Say(FeedKinds.ConversationMerged, subject: state.AliasOf?.ToString());
        }

        void Say(string kind, AgentId? agent = null, TeamId? team = null, string? subject = null) =>
            into.Add(new FeedEvent
            {
                Kind = kind, Conversation = state.Id, Agent = agent, Team = team, Subject = subject,
            });
    }

    private static void Differ(PhoneNumberState before, PhoneNumberState state, ICollection<FeedEvent> into)
    {
        if (before.Version == 0)
        {
            Say(FeedKinds.NumberAdded, null);
        }

        if (state.Stopped != before.Stopped || state.PausedSince is null != before.PausedSince is null)
        {
            Say(
                state.IsStopped ? FeedKinds.NumberStopped : FeedKinds.NumberResumed,
                state.Stopped ?? (state.PausedSince is null ? null : "paused_by_operator"));
        }

        if (state.Quality != before.Quality)
        {
            Say(FeedKinds.NumberQualityChanged, state.Quality.ToString().ToLowerInvariant());
        }

        void Say(string kind, string? detail) =>
            into.Add(new FeedEvent { Kind = kind, Number = state.Id, Detail = detail });
    }

    private static string Word(Presence presence) => presence switch
    {
        Presence.Offline => "offline",
        Presence.Available => "available",
        Presence.Away => "away",
    };
}
