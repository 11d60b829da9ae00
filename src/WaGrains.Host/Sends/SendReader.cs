using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Messages;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Sends;

/// <summary>What a bulk send's request says besides its recipients.</summary>
/// <param name="Body">The request; its recipients are left out.</param>
/// <param name="Content">What is sent; null where it cannot be read.</param>
/// <param name="Deadline">The deadline, given or usual.</param>
/// <param name="Mistakes">What is wrong with it so far.</param>
internal sealed record SendHead(
    BulkRequest Body, MessageContent? Content, DateTimeOffset Deadline, List<FieldMistake> Mistakes)
{
    /// <summary>The lane, given or usual.</summary>
    public Lane Lane => Body.Lane ?? Lane.Campaign;

    /// <summary>The numbers, each once.</summary>
    public IReadOnlyList<PhoneNumberId> Numbers => [.. (Body.NumberIds ?? []).Distinct()];
}

/// <summary>Reads the request of a bulk send: everything but the recipients, which are walked through.</summary>
internal sealed class SendReader(Outbox outbox, IStore store, TimeProvider clock)
{
    private const int NumbersMax = 200;
    private const int NameCharsMax = 100;
    private static readonly TimeSpan DeadlineMax = TimeSpan.FromDays(30);
    private static readonly TimeSpan DeadlineUsual = TimeSpan.FromDays(1);

    /// <summary>The recipients of the body as they stand in it.</summary>
    /// <exception cref="JsonException">The body is not one JSON object, or a part of it is too long.</exception>
    public static IEnumerable<JsonElement> Walk(Spool spool, Action<string, JsonElement>? member = null) =>
        new BodyWalk(spool.Body(), "recipients").Run(member ?? ((_, _) => { }));

    /// <summary>Everything but the recipients; a problem where the body is no such request at all.</summary>
    public async Task<(SendHead? Head, ProblemHttpResult? Problem)> Head(
        TenantId tenant, Spool spool, CancellationToken cancel)
    {
        var head = new ArrayBufferWriter<byte>();
        try
        {
            await using var writer = new Utf8JsonWriter(head);
            writer.WriteStartObject();
            _ = Walk(spool, (name, value) =>
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }).Count();
            writer.WriteEndObject();
        }
        catch (JsonException)
        {
            return (null, Problem.Of(
                ProblemCodes.MalformedBody, "The body must be one JSON object with recipients as an array."));
        }

        if (BodyReader.Read<BulkRequest>(head.WrittenMemory, out var body) is { } malformed)
        {
            return (null, malformed);
        }

        var mistakes = new List<FieldMistake>();
        var deadline = body!.Deadline ?? clock.GetUtcNow() + DeadlineUsual;
        return (new SendHead(body, await Content(tenant, body, mistakes, cancel), deadline, mistakes), null);
    }

    private async ValueTask<MessageContent?> Content(
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
            var known = await store.Reads.Numbers(tenant, cancel);
            var ids = known.Select(number => number.Id).ToHashSet();
            mistakes.AddRange(numbers.Index().Where(each => !ids.Contains(each.Item)).Select(each =>
                new FieldMistake($"number_ids[{each.Index}]", "not_found", "There is no such number.")));
        }

        return outbox.Read(body.Content, null, mistakes);
    }
}
