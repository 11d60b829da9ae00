using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.CloudApi.Sending;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Contacts;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Ids;
using WaGrains.Host.Problems;
using Recipient = WaGrains.Domain.Messaging.Recipient;

namespace WaGrains.Host.Messages;

/// <summary>What a message needs to be read and resolved before its conversation decides about it.</summary>
internal sealed class Outbox(
    Commands commands, ContactDirectory contacts, IStore store, IdSource ids, TimeProvider clock)
{
    /// <summary>Reads content and deadline; notes every mistake with its path.</summary>
    public MessageContent? Read(JsonElement? content, DateTimeOffset? deadline, List<FieldMistake> mistakes)
    {
        if (deadline <= clock.GetUtcNow())
        {
            mistakes.Add(new FieldMistake("deadline", "out_of_range", "Must be in the future."));
        }

        if (content is not { } element)
        {
            mistakes.Add(new FieldMistake("content", "missing", "Is required."));
            return null;
        }

        var reading = GraphContent.Read(element);
        mistakes.AddRange(reading.Mistakes.Select(mistake => new FieldMistake(
            mistake.Param.Length == 0 ? "content" : $"content.{mistake.Param}", mistake.Code, mistake.Message)));
        return reading.Content;
    }

    /// <summary>
    /// Meta's id of the message to quote; a mistake where the conversation has none such that Meta knows.
    /// </summary>
    public async ValueTask<string?> Quoted(
        TenantId tenant, ConversationState conversation, MessageId? replyTo, List<FieldMistake> mistakes,
        CancellationToken cancel)
    {
        if (replyTo is not { } id)
        {
            return null;
        }

        var quoted = await store.Reads.Message(tenant, id, cancel);
        var within = quoted is not null
            && (quoted.Row.Conversation == conversation.Id || conversation.Aliases.Contains(quoted.Row.Conversation));
        if (!within || quoted!.Row.Wamid is null)
        {
            mistakes.Add(new FieldMistake("reply_to", "not_found", "No message here that WhatsApp knows has this id."));
        }

        return within ? quoted!.Row.Wamid : null;
    }

    /// <summary>Who is meant by a phone number or user id; null where it cannot be either.</summary>
    public async Task<(ContactId Contact, Recipient To)?> Resolve(TenantId tenant, string to, CancellationToken cancel)
    {
        if (!Recipient.TryRead(to, out var person))
        {
            return null;
        }

        return await contacts.Resolve(tenant, PersonNames.Of(person), clock.GetUtcNow(), cancel) is { } contact
            ? (contact, person)
            : null;
    }

    /// <summary>Gives the message to its conversation.</summary>
    public async Task<Results<Accepted<QueuedResource>, ProblemHttpResult>> Send(
        Caller caller, ConversationId conversation, Draft draft, IdempotencyKey? key, CancellationToken cancel)
    {
        var message = new SendMessage(
            ids.NewMessage(), draft.Content, draft.Lane, draft.ContextWamid, caller.Agent, draft.Deadline, draft.To,
                key);
        var reply = await commands.Ask(OwnerKey.Of(caller.Tenant, conversation), message, key, cancel);
        return Answer(conversation, reply);
    }

    /// <summary>What was answered under this key; null where it is new.</summary>
    public async Task<Results<Accepted<QueuedResource>, ProblemHttpResult>?> Before(
        Caller caller, IdempotencyKey? key, CancellationToken cancel)
    {
        if (await commands.Kept(caller.Tenant, key, cancel) is not { } kept)
        {
            return null;
        }

        var stored = kept is SendReceipt receipt
            ? await store.Reads.Message(caller.Tenant, receipt.Message, cancel)
            : null;
        return Answer(stored?.Row.Conversation ?? default, kept);
    }

    private static Results<Accepted<QueuedResource>, ProblemHttpResult> Answer(ConversationId conversation, Reply reply)
    {
        if (reply.Refuses(out var refusal))
        {
            return refusal;
        }

        return reply is SendReceipt receipt
            ? TypedResults.Accepted(
                $"/v1/messages/{receipt.Message}",
                new QueuedResource(
                    receipt.Message, conversation, receipt.Ordinal, receipt.QueueDepth,
                        MessageWords.Of(MessageStatus.Queued)))
            : Problem.Of(ProblemCodes.KeyReused);
    }
}

/// <summary>A message whose parts are read.</summary>
/// <param name="Content">What to send.</param>
/// <param name="Lane">Which lane it waits in.</param>
/// <param name="ContextWamid">Meta's id of the message to quote.</param>
/// <param name="Deadline">After this it expires unsent.</param>
/// <param name="To">Whom to send to, where the conversation may be new.</param>
internal sealed record Draft(
    MessageContent Content, Lane Lane, string? ContextWamid, DateTimeOffset? Deadline, Recipient? To);
