using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Host.Access;
using WaGrains.Host.Conversations;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;
using WaGrains.Host.Timelines;
using Sent = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Accepted<WaGrains.Host.Messages.QueuedResource>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace WaGrains.Host.Messages;

/// <summary>Messages: write, read, withdraw.</summary>
internal static class MessageEndpoints
{
    private static readonly ProblemCode[] SendRefusals =
    [
        ProblemCodes.NotFound, ProblemCodes.WindowClosed, ProblemCodes.NotTheHolder, ProblemCodes.OptedOut,
        ProblemCodes.ForbiddenWords, ProblemCodes.QueueFull, ProblemCodes.NumberStopped,
    ];

    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("Messages").RefuseBadCommands();
        group.MapPost("/conversations/{id}/messages", Send).WithName("sendMessage").Needs(Permission.ActInConversations)
            .Refuses(SendRefusals);
        group.MapPost("/messages", Start).WithName("startMessage").Needs(Permission.StartConversations)
            .Refuses(SendRefusals);
        group.MapGet("/conversations/{id}/messages", ListOf).WithName("listConversationMessages")
            .Needs(Permission.ReadConversations)
            .Refuses(ProblemCodes.NotFound, ProblemCodes.NotTheHolder, ProblemCodes.ValidationFailed);
        group.MapGet("/messages", List).WithName("listMessages").Needs(Permission.ReadAllMessages)
            .Refuses(ProblemCodes.ValidationFailed);
        group.MapGet("/messages/{id}", Get).WithName("getMessage").Needs(Permission.ReadConversations)
            .Refuses(ProblemCodes.NotFound, ProblemCodes.NotTheHolder);
        group.MapGet("/messages/{id}/timeline", Timeline).WithName("getMessageTimeline")
            .Needs(Permission.ReadConversations).Refuses(ProblemCodes.NotFound, ProblemCodes.NotTheHolder);
        group.MapPost("/messages/{id}/cancel", Cancel).WithName("cancelMessage").Needs(Permission.ActInConversations)
            .Refuses(ProblemCodes.NotFound, ProblemCodes.NotTheHolder, ProblemCodes.MessageLeaving);
    }

    /// <summary>
    /// Sends a message into a conversation: it is durable and queued when this answers. An agent must hold the
    /// conversation.
    /// </summary>
    internal static async Task<Sent> Send(
        ConversationId id,
        Command<SendRequest> command,
        Caller caller,
        Outbox outbox,
        ConversationShelf shelf,
        CancellationToken cancel)
    {
        if (await outbox.Before(caller, command.Key, cancel) is { } before)
        {
            return before;
        }

        if (await shelf.Find(caller.Tenant, id, cancel) is not { } conversation)
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        var (mistakes, body) = (new List<FieldMistake>(), command.Body);
        var content = outbox.Read(body.Content, body.Deadline, mistakes);
        var quoted = await outbox.Quoted(caller.Tenant, conversation, body.ReplyTo, mistakes, cancel);
        var draft = new Draft(content!, body.Lane ?? Lane.Reply, quoted, body.Deadline, null);
        return mistakes.Count > 0
            ? Problem.Of(mistakes)
            : await outbox.Send(caller, conversation.Id, draft, command.Key, cancel);
    }

    /// <summary>
    /// Sends a message to anybody, by number and recipient; finds or creates contact and conversation.
    /// </summary>
    internal static async Task<Sent> Start(
        Command<StartRequest> command, Caller caller, Outbox outbox, IStore store, CancellationToken cancel)
    {
        if (await outbox.Before(caller, command.Key, cancel) is { } before)
        {
            return before;
        }

        var (mistakes, body) = (new List<FieldMistake>(), command.Body);
        var content = outbox.Read(body.Content, body.Deadline, mistakes);
        if (Missing(body, mistakes) || mistakes.Count > 0)
        {
            return Problem.Of(mistakes);
        }

        var number = body.NumberId!.Value;
        if (await store.Reads.NumberState(caller.Tenant, number, cancel) is null)
        {
            return Problem.At("number_id", ProblemCodes.NotFound, "There is no such number.");
        }

        if (await outbox.Resolve(caller.Tenant, body.To!, cancel) is not { } person)
        {
            return Problem.Of("to", "invalid", "Must be a phone number with country code, or a user id.");
        }

        var conversation = new ConversationId(number, person.Contact);
        var draft = new Draft(content!, body.Lane ?? Lane.Utility, null, body.Deadline, person.To);
        return await outbox.Send(caller, conversation, draft, command.Key, cancel);
    }

    /// <summary>Lists the messages of a conversation and of those that were merged into it, newest first.</summary>
    internal static async Task<Results<Ok<Page<MessageResource>>, ProblemHttpResult>> ListOf(
        ConversationId id,
        [AsParameters] MessageQuery query,
        Caller caller,
        ConversationShelf shelf,
        IStore store,
        CancellationToken cancel)
    {
        if (await shelf.Find(caller.Tenant, id, cancel) is not { } conversation)
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        if (!await shelf.Sees(caller, conversation, cancel))
        {
            return Problem.Of(ProblemCodes.NotTheHolder);
        }

        return query.TryRead(
            caller.Tenant, [conversation.Id, .. conversation.Aliases], out var filter, out var page, out var mistakes)
            ? TypedResults.Ok(Page.Of(
                await store.Reads.Messages(filter, cancel), page, item => Cursor.Of(item.Row.Id), MessageResource.Of))
            : Problem.Of(mistakes);
    }

    /// <summary>Lists the messages of the whole tenant, newest first.</summary>
    internal static async Task<Results<Ok<Page<MessageResource>>, ProblemHttpResult>> List(
        [AsParameters] MessageQuery query, Caller caller, IStore store, CancellationToken cancel) =>
        query.TryRead(caller.Tenant, [], out var filter, out var page, out var mistakes)
            ? TypedResults.Ok(Page.Of(
                await store.Reads.Messages(filter, cancel), page, item => Cursor.Of(item.Row.Id), MessageResource.Of))
            : Problem.Of(mistakes);

    /// <summary>Reads one message with every attempt to send it.</summary>
    internal static async Task<Results<Ok<MessageResource>, ProblemHttpResult>> Get(
        MessageId id, Caller caller, ConversationShelf shelf, IStore store, CancellationToken cancel)
    {
        var (stored, refusal) = await Seen(id, caller, shelf, store, cancel);
        return stored is null
            ? refusal!
            : TypedResults.Ok(MessageResource.Of(stored, await store.Reads.Attempts(caller.Tenant, id, cancel)));
    }

    /// <summary>
    /// Tells what happened to a message, step by step: how long it waited and for what, each attempt with its answer,
    /// and how far it came. Attempts are kept 30 days; what is not known any more is named.
    /// </summary>
    internal static async Task<Results<Ok<TimelineResource>, ProblemHttpResult>> Timeline(
        MessageId id, Caller caller, ConversationShelf shelf, IStore store, MessageTimeline timeline,
        CancellationToken cancel)
    {
        var (stored, refusal) = await Seen(id, caller, shelf, store, cancel);
        return stored is null
            ? refusal!
            : TypedResults.Ok(await timeline.Of(caller.Tenant, stored, cancel));
    }

    private static async Task<(StoredMessage? Stored, ProblemHttpResult? Refusal)> Seen(
        MessageId id, Caller caller, ConversationShelf shelf, IStore store, CancellationToken cancel)
    {
        if (await store.Reads.Message(caller.Tenant, id, cancel) is not { } stored)
        {
            return (null, Problem.Of(ProblemCodes.NotFound));
        }

        var conversation = await shelf.Find(caller.Tenant, stored.Row.Conversation, cancel);
        return caller.Agent is not null && (conversation is null || !await shelf.Sees(caller, conversation, cancel))
            ? (null, Problem.Of(ProblemCodes.NotTheHolder))
            : (stored, null);
    }

    /// <summary>Withdraws a message that has not begun to leave.</summary>
    internal static async Task<Results<Accepted<MessageResource>, ProblemHttpResult>> Cancel(
        MessageId id, Command<NoBody> command, Caller caller, Withdrawal withdrawal, CancellationToken cancel) =>
        await withdrawal.Withdraw(caller, id, command.Key, cancel);

    private static bool Missing(StartRequest body, List<FieldMistake> mistakes)
    {
        if (body.NumberId is null)
        {
            mistakes.Add(new FieldMistake("number_id", "missing", "Is required."));
        }

        if (string.IsNullOrEmpty(body.To))
        {
            mistakes.Add(new FieldMistake("to", "missing", "Is required."));
        }

        return body.NumberId is null || string.IsNullOrEmpty(body.To);
    }
}
