using WaGrains.Domain.Agents;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Turns;

namespace WaGrains.Engine.Owners;

/// <summary>Brings owners to life from their rows.</summary>
public sealed class OwnerLoader(IActivationReads reads, Staging staging, SiloView view, TimeProvider clock)
{
    /// <summary>How far back attempts count against the pair limit: 45 messages at one in 6 s.</summary>
    private static readonly TimeSpan PairMemory = TimeSpan.FromMinutes(5);

    /// <summary>One for all conversations: there may be a million of them in memory.</summary>
    private readonly Func<ConversationState, OwnerMessage, DateTimeOffset, Turn<ConversationState>>
        _decideConversation = (state, message, now) => Decide(view, state, message, now);

    /// <summary>Reads an owner's rows and brings it to life; one of which nothing is stored begins empty.</summary>
    public async ValueTask<Owner> Load(OwnerKey key, CancellationToken cancel)
    {
        if (view.Rules(key.Tenant) is null)
        {
            view.Put(await reads.Tenant(key.Tenant, cancel) ?? new TenantState { Id = key.Tenant });
        }

        return key.Kind switch
        {
            OwnerKind.Tenant => Of(
                key, await reads.Tenant(key.Tenant, cancel) ?? new TenantState { Id = key.Tenant }, Tenant.Decide),
            OwnerKind.PhoneNumber => await Number(key, cancel),
            OwnerKind.Conversation => Conversation(
                key, await reads.Conversation(key.Tenant, key.Conversation, cancel)),
            OwnerKind.Team => await Team(key, cancel),
            OwnerKind.Agent => await Agent(key, cancel),
            OwnerKind.BulkSend => Of(
                key,
                await reads.BulkSend(key.Tenant, key.BulkSend, cancel) ?? BulkSendState.None(key.Tenant, key.BulkSend),
                BulkSend.Decide),
            OwnerKind.Portfolio => await Portfolio(key, cancel),
            OwnerKind.Contacts => throw new InvalidOperationException("a directory of contacts takes no messages"),
        };
    }

    /// <summary>Completes a message with what the archive knows of the ids its owner is unsure of.</summary>
    /// <param name="owner">Whom it is for.</param>
    /// <param name="message">The message.</param>
    /// <param name="all">Whether to ask for every id: after a conflict, memory is not to be trusted.</param>
    /// <param name="cancel">The caller has stopped waiting.</param>
    public async ValueTask<OwnerMessage> Complete(Owner owner, OwnerMessage message, bool all, CancellationToken cancel)
    {
        var ids = all ? Delivered(message) : owner.MustLookUp(message);
        if (ids.Count == 0)
        {
            return message;
        }

        var known = await reads.KnownMessages(owner.Key.Tenant, ids, cancel);
        return message switch
        {
            ReceiveInbound inbound => inbound with { Known = known },
            ReceiveEcho echo => echo with { Known = known },
            _ => message,
        };
    }

    private static IReadOnlyList<MessageId> Delivered(OwnerMessage message) => message switch
    {
        ReceiveInbound { Messages: [var only] } => [only.Id],
        ReceiveInbound inbound => [.. inbound.Messages.Select(delivery => delivery.Id)],
        ReceiveEcho echo => [echo.Echo.Id],
        _ => [],
    };

    private Owner<TState> Of<TState>(
        OwnerKey key,
        TState state,
        Func<TState, OwnerMessage, DateTimeOffset, Turn<TState>> decide,
        Func<TState, OwnerMessage, IReadOnlyList<MessageId>>? mustLookUp = null) =>
        new(new Activation<TState>(key, state, staging), decide, mustLookUp);

    private Owner<ConversationState> Conversation(OwnerKey key, ConversationState? stored) => Of(
        key,
        stored ?? ConversationState.Fresh(key.Tenant, key.Conversation),
        _decideConversation,
        static (state, message) => Receiving.MustLookUp(state, Delivered(message)));

    private static Turn<ConversationState> Decide(
        SiloView view, ConversationState state, OwnerMessage message, DateTimeOffset now)
    {
        // Counted where the conversation lives, for there its number lives too, whatever silo the webhook came to.
        if (message is ReceiveInbound or ReceiveStatuses)
        {
            var messages = message is ReceiveInbound inbound ? inbound.Messages.Count : 0;
            view.Flowed(OwnerKey.Of(state.Tenant, state.Id.Number), messages, now);
        }

        return Domain.Conversations.Conversation.Decide(state, message, view.Around(state.Tenant, state.Id, now));
    }

    private async ValueTask<Owner> Number(OwnerKey key, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var stored = await reads.Number(key.Tenant, key.Number, now - PairMemory, cancel);
        var around = view.Around(key.Tenant, key.Number, now);
        var queue = new SendQueue();
        foreach (var send in stored?.State.HeldSends ?? [])
        {
            queue.Hold(send, true);
        }

        foreach (var attempt in stored?.Recent ?? [])
        {
            queue.Remember(attempt.Conversation, attempt.At);
        }

        foreach (var send in stored?.Queue ?? [])
        {
            queue.Add(send, around.Healthy);
        }

        var record = stored?.State ?? PhoneNumberState.Fresh(key.Tenant, key.Number, now);
        return Of(
            key,
            new NumberAtWork(record, queue) { NotBefore = SlotElsewhere(key, record, now) },
            (work, message, at) => PhoneNumber.Decide(work, message, view.Around(key.Tenant, key.Number, at)));
    }

    private DateTimeOffset? SlotElsewhere(OwnerKey key, PhoneNumberState record, DateTimeOffset now)
    {
        var due = record.Slot.Due + Limits.ClocksDifferBy;
        return due > now && !view.Wrote(key, record.Version) ? due : null;
    }

    private async ValueTask<Owner> Portfolio(OwnerKey key, CancellationToken cancel)
    {
        var stored = await reads.Portfolio(key.Tenant, key.Portfolio, cancel);
        var book = new BudgetBook();
        IReadOnlyList<BudgetReservation> reservations = stored?.Reservations ?? [];
        foreach (var reservation in reservations.OrderBy(row => row.At))
        {
            book.Put(reservation);
        }

        var record = stored?.State ?? new PortfolioState { Tenant = key.Tenant, Id = key.Portfolio };
        return Of(key, new PortfolioAtWork(record, book), Domain.Portfolios.Portfolio.Decide);
    }

    private async ValueTask<Owner> Team(OwnerKey key, CancellationToken cancel)
    {
        var stored = await reads.Team(key.Tenant, key.Team, cancel);
        var board = new Board();
        foreach (var member in stored?.Members ?? [])
        {
            board.Set(Domain.Agents.Agent.Standing(AtWork(member)));
        }

        foreach (var waiting in stored?.Waiting ?? [])
        {
            board.Ask(new AskForAgent(waiting.Conversation, waiting.Offer, waiting.Since));
        }

        var record = stored?.State ?? new TeamState { Tenant = key.Tenant, Id = key.Team };
        return Of(key, new TeamAtWork(record, board), Domain.Teams.Team.Decide);
    }

    private async ValueTask<Owner> Agent(OwnerKey key, CancellationToken cancel)
    {
        var stored = await reads.Agent(key.Tenant, key.Agent, cancel);
        var work = stored is null
            ? new AgentAtWork(new AgentState { Tenant = key.Tenant, Id = key.Agent }, new Hands())
            : AtWork(stored);
        return Of(key, work, Domain.Agents.Agent.Decide);
    }

    private static AgentAtWork AtWork(StoredAgent stored)
    {
        var hands = new Hands();
        foreach (var held in stored.Held)
        {
            hands.Hold(held.Conversation, held.Offer);
        }

        foreach (var offer in stored.Offers)
        {
            hands.Open(new OfferConversation(offer.Conversation, offer.Offer, null));
        }

        return new AgentAtWork(stored.State, hands);
    }
}
