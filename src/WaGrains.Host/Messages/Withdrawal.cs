using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.Conversations;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Messages;

/// <summary>
/// Withdraws messages. The number's command carries no key; none is needed, for a message that is withdrawn already
/// answers as the first time did.
/// </summary>
internal sealed class Withdrawal(ConversationDesk desk, Commands commands, IStore store)
{
    public async Task<Results<Accepted<MessageResource>, ProblemHttpResult>> Withdraw(
        Caller caller, MessageId id, IdempotencyKey? key, CancellationToken cancel)
    {
        if (await store.Reads.Message(caller.Tenant, id, cancel) is not { Row.Direction: Direction.Outbound } stored)
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        var conversation = stored.Row.Conversation;
        if (await desk.Untouchable(caller, conversation, cancel) is { } problem)
        {
            return problem;
        }

        var reply = stored.Row.Status is MessageStatus.Queued
            ? await commands.Ask(OwnerKey.Of(caller.Tenant, conversation.Number), new CancelSend(id), key, cancel)
            : Done.Reply;
        var now = await store.Reads.Message(caller.Tenant, id, cancel) ?? stored;
        return now.Row.Status is MessageStatus.Cancelled
            ? TypedResults.Accepted($"/v1/messages/{id}", MessageResource.Of(now))
            : reply.Refuses(out var refusal) && now.Row.Status is MessageStatus.Queued ? refusal
            : Problem.Of(ProblemCodes.MessageLeaving);
    }
}
