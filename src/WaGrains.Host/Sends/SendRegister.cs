using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Turns;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Ids;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Sends;

/// <summary>
/// Makes bulk sends: the body goes to a file, is read once to find every mistake, and once more to store the
/// recipients; only then is there a send. Whatever goes wrong before leaves nothing that anybody can see; what a crash
/// leaves the store's upkeep removes a day later.
/// </summary>
/// <param name="commands">Towards its owner.</param>
/// <param name="uploads">Where bodies wait.</param>
/// <param name="reader">Reads them.</param>
/// <param name="staging">Where recipients are staged.</param>
/// <param name="ids">Where its id comes from.</param>
internal sealed class SendRegister(
    Commands commands, SendUploads uploads, SendReader reader, Staging staging, IdSource ids)
{
    /// <summary>The send, durable and running; or why there is none.</summary>
    public Task<(BulkSendState? Made, ProblemHttpResult? Problem)> Make(
        HttpRequest request, Caller caller, CancellationToken cancel) =>
        uploads.Take(request, spool => Make(request, caller, spool, cancel), cancel);

    private async Task<(BulkSendState? Made, ProblemHttpResult? Problem)> Make(
        HttpRequest request, Caller caller, Spool spool, CancellationToken cancel)
    {
        if (Command.ReadKey(request, () => spool.Hash, out var key) is { } wrong)
        {
            return (null, wrong);
        }

        if (await commands.Kept(caller.Tenant, key, cancel) is { } kept)
        {
            return Answer(kept);
        }

        (var draft, wrong) = await Read(caller.Tenant, spool, cancel);
        if (wrong is not null)
        {
            return (null, wrong);
        }

        var id = ids.NewBulkSend();
        if (!await Store(caller.Tenant, id, spool))
        {
            await Remove(caller.Tenant, id, draft!.Total);
            return (null, Problem.Of(
                ProblemCodes.Unavailable, "The list could not be stored.", SendUploads.ComeBackAfter));
        }

        var answer = Answer(await commands.Ask(
            OwnerKey.Of(caller.Tenant, id), new CreateBulkSend(draft!, key), key, cancel));
        if (answer.Made?.Id != id)
        {
            // Another request with the same key was first.
            await Remove(caller.Tenant, id, draft!.Total);
        }

        return answer;
    }

    private static (BulkSendState? Made, ProblemHttpResult? Problem) Answer(Reply reply) =>
        reply.Refuses(out var refusal) ? (null, refusal)
        : reply is BulkSendView view ? (view.State, null)
        : (null, Problem.Of(ProblemCodes.KeyReused));

    /// <summary>Reads everything but the recipients, then each of those, and finds what is wrong.</summary>
    private async Task<(BulkDraft? Draft, ProblemHttpResult? Problem)> Read(
        TenantId tenant, Spool spool, CancellationToken cancel)
    {
        var (head, problem) = await reader.Head(tenant, spool, cancel);
        if (head is null)
        {
            return (null, problem);
        }

        var total = Recipients(spool, head.Content, head.Mistakes);
        return head.Mistakes.Count > 0
            ? (null, Problem.Of(head.Mistakes))
            : (new BulkDraft(
                head.Body.Name ?? "", head.Numbers, head.Content!, head.Lane, head.Deadline, total), null);
    }

    private static int Recipients(Spool spool, MessageContent? content, List<FieldMistake> mistakes)
    {
        var list = new RecipientList(mistakes);
        var names = content is null ? [] : Placeholders.Of(content);
        foreach (var element in SendReader.Walk(spool))
        {
            if (list.Read(element) is { } recipient && content is not null)
            {
                list.Check(recipient, content, names);
            }

            if (mistakes.Count >= RecipientList.MistakesMax || list.Count > RecipientList.CountMax)
            {
                break;
            }
        }

        if (list.Count == 0)
        {
            mistakes.Add(new FieldMistake("recipients", "missing", "At least one."));
        }

        return list.Count;
    }

    private async Task<bool> Store(TenantId tenant, BulkSendId id, Spool spool)
    {
        var list = new RecipientList([]);
        foreach (var slice in SendReader.Walk(spool).Select(element => list.Read(element)!).Chunk(BulkSend.SliceMax))
        {
            var outcome = await staging.StageRows(
                OwnerKey.Of(tenant, id), [new BulkRecipientsAdded(tenant, id, slice)], []);
            if (outcome.Fate != TurnFate.Committed)
            {
                return false;
            }
        }

        return true;
    }

    private async Task Remove(TenantId tenant, BulkSendId id, int total)
    {
        for (var from = 0; from < total; from += BulkSend.SliceMax)
        {
            await staging.StageRows(
                OwnerKey.Of(tenant, id),
                [new BulkRecipientsRemoved(tenant, id, from, from + BulkSend.SliceMax)],
                []);
        }
    }
}
