using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WaGrains.Sandbox.Customers;
using WaGrains.Sandbox.Graph;
using WaGrains.Sandbox.Judging;
using WaGrains.Sandbox.Statuses;
using WaGrains.Sandbox.Webhooks;

namespace WaGrains.Sandbox.Sends;

/// <summary>
/// Where `/{phone-number-id}/messages` is handled: token, number, rules, limits, acceptance, statuses.
/// </summary>
internal sealed class SendDesk(SandboxWorld world)
{
    private readonly byte[] _token = Encoding.UTF8.GetBytes(world.Options.AccessToken);

    public GraphResponse Handle(DateTimeOffset now, string phoneNumberId, string? bearer, ReadOnlySpan<byte> body)
    {
        var fault = Access(bearer) ?? Number(phoneNumberId, out _);
        if (fault is not null)
        {
            return Refuse(fault);
        }

        var number = world.Numbers[phoneNumberId];
        using var document = BodyParser.Parse(body);
        if (document is null)
        {
            return Refuse(new GraphFault(100, "The body must be a JSON object."));
        }

        var root = document.RootElement;
        return root.ValueKind == JsonValueKind.Object && Fields.Has(root, "status")
            ? Mark(root)
            : Send(now, number, root);
    }

    public GraphFault? Access(string? bearer) =>
        bearer is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(bearer), _token)
            ? null
            : new GraphFault(190, "The access token is missing or not valid.");

    public GraphFault? Number(string phoneNumberId, out NumberState? number) =>
        world.Numbers.TryGetValue(phoneNumberId, out number)
            ? null
            : new GraphFault(100, Unknown(phoneNumberId)) { Subcode = 33 };

    private static string Unknown(string id) =>
        $"Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, "
        + "or does not support this operation.";

    private GraphResponse Mark(JsonElement root)
    {
        if (SendReader.ReadMark(root) is { } fault)
        {
            return Refuse(fault);
        }

        world.Tally.MarkedRead++;
        world.Tally.TypingShown += Fields.Has(root, "typing_indicator") ? 1 : 0;
        return GraphAnswers.Success;
    }

    private GraphResponse Send(DateTimeOffset now, NumberState number, JsonElement root)
    {
        world.Judge.Received(number, now);
        var fault = SendReader.Read(root, world.Options.Templates, out var request);
        if (fault is not null)
        {
            return Refuse(fault);
        }

        var customer = world.Crowd.Find(number, request!.Recipient);
        var person = customer?.Person ?? Stranger(request.Recipient);
        var key = person?.Key ?? request.Recipient.GroupId!;
        var pair = world.Judge.PairOf(number, key);
        fault = SameNumber(number, request.Recipient)
            ?? world.Faults.Refusal(now)
            ?? (world.Outbox.IsFull ? new GraphFault(2, "Too many webhooks are waiting for the app.") : null)
            ?? world.Judge.Admit(number, pair, now);
        if (fault is not null)
        {
            return Refuse(fault);
        }

        world.Judge.Accepted(number, key, request);
        var wamid = world.Wamids.Next();
        var failure = Closed(request, pair, now) ?? world.Faults.Failure();
        var (isMute, isTold) = world.Silence.Next();
        var message = new SentMessage
        {
            Number = number,
            Wamid = wamid,
            Recipient = request.Recipient with { WaId = person?.WaId },
            UserId = person?.UserId,
            Contact = customer?.Contact ?? person?.ToContact(),
            CallbackText = request.CallbackText,
            Category = request.Template?.Category ?? "service",
            IsBillable = failure is null && (request.Template is not null || !number.IsServiceMessageFree(now)),
            IsVoice = IsVoice(request),
            Failure = failure,
        };
        if (isTold)
        {
            Announce(message, now);
        }

        if (customer is not null && failure is null)
        {
            world.Crowd.Heard(customer, request, wamid, now);
        }

        return GraphAnswers.Accepted(request, wamid) with
        {
            AnswerLost = world.Faults.TakesAnswer() || isMute,
            NeverAnswered = isMute,
        };
    }

    private void Announce(SentMessage message, DateTimeOffset now)
    {
        foreach (var step in world.Script.Write(message, now))
        {
            world.Tally.StatusesPlanned++;
            world.Agenda.Add(step.Arrives, at => Tell(message, step, at));
        }
    }

    private void Tell(SentMessage message, StatusStep step, DateTimeOffset at)
    {
        world.Tally.StatusesPlanned--;
        world.Tally.StatusesByKind[(int)step.Kind]++;
        var failed = step.Kind == StatusKind.Failed;
        var kind = failed ? UpdateKind.FailedStatus : UpdateKind.Status;
        var json = StatusWriter.Write(message, step);
        world.Outbox.Add(new Update(kind, message.Number, json, failed ? null : message.Contact), at);
    }

    private GraphFault? Closed(SendRequest request, Pair pair, DateTimeOffset now)
    {
        if (request.Template is not null || request.Recipient.GroupId is not null || pair.IsWindowOpen(now))
        {
            return null;
        }

        world.Tally.WindowViolations++;
        return new GraphFault(131047, "More than 24 hours have passed since the recipient last replied.");
    }

    private static GraphFault? SameNumber(NumberState number, Recipient recipient) =>
        recipient.WaId is { } waId && waId == PhoneDigits.ToWaId(number.Digits)
            ? new GraphFault(131021, "Sender and recipient are the same number.")
            : null;

    private static Person? Stranger(Recipient recipient) =>
        recipient.WaId is { } waId ? Person.ByPhone(waId)
        : recipient.UserId is { } userId ? Person.ByUserId(userId)
        : null;

    private static bool IsVoice(SendRequest request) =>
        request.Type == "audio"
        && request.Content.TryGetProperty("voice", out var voice)
        && voice.ValueKind == JsonValueKind.True;

    private GraphResponse Refuse(GraphFault fault)
    {
        world.Tally.Rejected(fault.Code);
        return GraphAnswers.Refused(fault, world.Wamids.NextTrace());
    }
}
