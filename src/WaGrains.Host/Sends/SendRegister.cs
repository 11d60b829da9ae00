using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Turns;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Ids;
using WaGrains.Host.Messages;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Sends;

/// <summary>What making a bulk send needs besides its request.</summary>
/// <param name="Commands">Towards its owner.</param>
/// <param name="Outbox">Reads contents.</param>
/// <param name="Store">Where numbers are looked up.</param>
/// <param name="Staging">Where recipients are staged.</param>
/// <param name="Ids">Where its id comes from.</param>
internal sealed record SendMakings(Commands Commands, Outbox Outbox, IStore Store, Staging Staging, IdSource Ids);

/// <summary>
/// Makes bulk sends: the body goes to a file, is read once to find every mistake, and once more to store the
/// recipients; only then is there a send. Whatever goes wrong before leaves nothing that anybody can see.
/// </summary>
internal sealed class SendRegister(SendMakings makings, IOptions<ApiOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>Largest body, bytes: a million recipients with a variable or two each.</summary>
    public const long BytesMax = 256L * 1024 * 1024;

    private const int UploadsMax = 2;
    private const int NumbersMax = 200;
    private const int NameCharsMax = 100;
    private static readonly TimeSpan DeadlineMax = TimeSpan.FromDays(30);
    private static readonly TimeSpan DeadlineUsual = TimeSpan.FromDays(1);
    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _uploads = new(UploadsMax);

    /// <summary>The send, durable and running; or why there is none.</summary>
    public async Task<(BulkSendState? Made, ProblemHttpResult? Problem)> Make(
        HttpRequest request, Caller caller, CancellationToken cancel)
    {
        if (!request.HasJsonContentType())
        {
            return (null, Problem.Of(ProblemCodes.UnsupportedMediaType));
        }

        if (!await _uploads.WaitAsync(TimeSpan.Zero, cancel))
        {
            return (null, Problem.Of(ProblemCodes.Unavailable, "Other lists are being read.", ComeBackAfter));
        }

        try
        {
            var folder = Path.Combine(options.Value.DataFolder, "uploads");
            await using var spool = await Spool.Take(request, folder, BytesMax, cancel);
            return spool is null
                ? (null, Problem.Of(ProblemCodes.BodyTooLarge, $"At most {BytesMax} bytes."))
                : await Make(request, caller, spool, cancel);
        }
        finally
        {
            _uploads.Release();
        }
    }

    public void Dispose() => _uploads.Dispose();

    private async Task<(BulkSendState? Made, ProblemHttpResult? Problem)> Make(
        HttpRequest request, Caller caller, Spool spool, CancellationToken cancel)
    {
        if (Command.ReadKey(request, () => spool.Hash, out var key) is { } wrong)
        {
            return (null, wrong);
        }

        if (await makings.Commands.Kept(caller.Tenant, key, cancel) is { } kept)
        {
            return Answer(kept);
        }

        (var draft, wrong) = await Read(caller.Tenant, spool, cancel);
        if (wrong is not null)
        {
            return (null, wrong);
        }

        var id = makings.Ids.NewBulkSend();
        if (!await Store(caller.Tenant, id, spool))
        {
            await Remove(caller.Tenant, id, draft!.Total);
            return (null, Problem.Of(ProblemCodes.Unavailable, "The list could not be stored.", ComeBackAfter));
        }

        var answer = Answer(await makings.Commands.Ask(
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
        var head = new ArrayBufferWriter<byte>();
        try
        {
            await using (var writer = new Utf8JsonWriter(head))
            {
                writer.WriteStartObject();
                _ = Walk(spool, (name, value) =>
                {
                    writer.WritePropertyName(name);
                    value.WriteTo(writer);
                }).Count();
                writer.WriteEndObject();
            }

            if (BodyReader.Read<BulkRequest>(head.WrittenMemory, out var body) is { } malformed)
            {
                return (null, malformed);
            }

            var mistakes = new List<FieldMistake>();
            var content = await Head(tenant, body!, mistakes, cancel);
            var total = Recipients(spool, content, mistakes);
            return mistakes.Count > 0
                ? (null, Problem.Of(mistakes))
                : (new BulkDraft(
                    body!.Name ?? "",
                    [.. body.NumberIds!.Distinct()],
                    content!,
                    body.Lane ?? Lane.Campaign,
                    body.Deadline ?? clock.GetUtcNow() + DeadlineUsual,
                    total), null);
        }
        catch (JsonException)
        {
            return (null, Problem.Of(
                ProblemCodes.MalformedBody, "The body must be one JSON object with recipients as an array."));
        }
    }

    private async ValueTask<MessageContent?> Head(
        TenantId tenant, BulkRequest body, List<FieldMistake> mistakes, CancellationToken cancel)
    {
        if (body.Name?.Length > NameCharsMax)
        {
            mistakes.Add(new FieldMistake("name", "too_long", $"At most {NameCharsMax} characters."));
        }

        if (body.Deadline is { } deadline && deadline <= clock.GetUtcNow())
        {
            mistakes.Add(new FieldMistake("deadline", "deadline_passed", "Must be in the future."));
        }
        else if (body.Deadline > clock.GetUtcNow() + DeadlineMax)
        {
            mistakes.Add(new FieldMistake("deadline", "out_of_range", "At most 30 days from now."));
        }

        if (body.NumberIds is not { Count: > 0 and <= NumbersMax } numbers)
        {
            mistakes.Add(new FieldMistake(
                "number_ids", body.NumberIds is null or { Count: 0 } ? "missing" : "too_many", $"1 to {NumbersMax}."));
        }
        else
        {
            var known = await makings.Store.Reads.Numbers(tenant, cancel);
            var ids = known.Select(number => number.Id).ToHashSet();
            mistakes.AddRange(numbers.Index().Where(each => !ids.Contains(each.Item)).Select(each =>
                new FieldMistake($"number_ids[{each.Index}]", "not_found", "There is no such number.")));
        }

        return makings.Outbox.Read(body.Content, null, mistakes);
    }

    private static int Recipients(Spool spool, MessageContent? content, List<FieldMistake> mistakes)
    {
        var list = new RecipientList(mistakes);
        var names = content is null ? [] : Placeholders.Of(content);
        foreach (var element in Walk(spool))
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
        foreach (var slice in Walk(spool).Select(element => list.Read(element)!).Chunk(BulkSend.SliceMax))
        {
            var outcome = await makings.Staging.StageRows(
                OwnerKey.Of(tenant, id), [new BulkRecipientsAdded(tenant, id, slice)], []);
            if (outcome.Fate != TurnFate.Committed)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<JsonElement> Walk(Spool spool, Action<string, JsonElement>? member = null) =>
        new BodyWalk(spool.Body(), "recipients").Run(member ?? ((_, _) => { }));

    private async Task Remove(TenantId tenant, BulkSendId id, int total)
    {
        for (var from = 0; from < total; from += BulkSend.SliceMax)
        {
            await makings.Staging.StageRows(
                OwnerKey.Of(tenant, id),
                [new BulkRecipientsRemoved(tenant, id, from, from + BulkSend.SliceMax)],
                []);
        }
    }
}
