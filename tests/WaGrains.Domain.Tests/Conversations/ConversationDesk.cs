using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Conversations;

/// <summary>A conversation that is told one thing after another, each turn checked.</summary>
internal sealed class ConversationDesk(ConversationState? state = null)
{
    public ConversationState State { get; private set; } = state ?? ConversationState.Fresh(Given.Tenant, Given.Talk);

    public DateTimeOffset Now { get; set; } = Given.Now;

    public TenantRules Rules { get; init; } = Given.Rules;

    public int Depth { get; set; }

    /// <summary>The newest turn.</summary>
    public Turn<ConversationState> Last { get; private set; } = null!;

    public Turn<ConversationState> Tell(OwnerMessage message)
    {
        var around = new Surroundings(Rules, Depth, 10, Now);
        Last = TurnCheck.Run(State, state => Conversation.Decide(state, message, around));
        Assert.Equal(Last.Next.Phase == ConversationPhase.Held, Last.Next.Holder is not null);
        Assert.Equal(Last.Next.Phase == ConversationPhase.Waiting, Last.Next.WaitingSince is not null);
        Assert.Equal(Last.Next.Phase == ConversationPhase.Merging, Last.Next.Parcel is not null);
        State = Last.Next;
        return Last;
    }

    public ConversationDesk Told(params OwnerMessage[] messages)
    {
        foreach (var message in messages)
        {
            Tell(message);
        }

        return this;
    }

    /// <summary>What the newest turn tells others of this kind.</summary>
    public IReadOnlyList<TMessage> Hints<TMessage>(OwnerKey to)
        where TMessage : OwnerMessage =>
        [.. Last.Effects.OfType<Tell>().Where(tell => tell.To == to).Select(tell => tell.Message).OfType<TMessage>()];

    public IReadOnlyList<TChange> Changes<TChange>()
        where TChange : Change => [.. Last.Changes.OfType<TChange>()];

    public string? RefusalCode => (Last.Reply as Refused)?.Refusal.Code;

    public IReadOnlyList<MessageStatus> Archived => [.. Changes<MessageAdded>().Select(added => added.Row.Status)];

    /// <summary>Somebody wrote and waits for the default team under offer 1.</summary>
    public static ConversationDesk Waiting() =>
        new ConversationDesk().Told(Given.Inbound(Given.Delivery("w1", "hello")));

    /// <summary>Held by Ana under offer 1.</summary>
    public static ConversationDesk HeldByAna() => Waiting().Told(new AcceptOffer(1, Given.Ana));

    public static OwnerKey Number => OwnerKey.Of(Given.Tenant, Given.Number);

    public IReadOnlyList<QueueRow> Queued => [.. Changes<QueueRowAdded>().Select(added => added.Row)];
}
