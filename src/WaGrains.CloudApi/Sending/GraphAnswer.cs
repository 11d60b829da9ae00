using System.Text.Json;
using WaGrains.Domain.Errors;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>What Meta's answer to a send means. Pure; tolerant of anything the body may hold.</summary>
public static class GraphAnswer
{
    private const int MovedAway = 300;
    private const int Unauthorized = 401;
    private const int RequestTimeout = 408;
    private const int TooManyRequests = 429;
    private const int ServerError = 500;

    /// <summary>The outcome of an answer that has arrived whole.</summary>
    /// <param name="httpStatus">The status code.</param>
    /// <param name="body">The body, as far as it was read; need not be JSON.</param>
    public static SendOutcome Read(int httpStatus, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return Error(root, httpStatus) ?? Success(root, httpStatus) ?? Unreadable(httpStatus);
        }
        catch (JsonException)
        {
            return Unreadable(httpStatus);
        }
    }

    /// <summary>The <c>error</c> object of an answer, for reads as well as sends; null when there is none.</summary>
    internal static SendOutcome? Error(JsonElement root, int httpStatus)
    {
        if (!root.TryGetPart("error", out var error) || error.Whole("code") is not { } code)
        {
            return null;
        }

        // Messaging endpoints give error_data as an object, others as plain text.
        var details = error.TryGetPart("error_data", out var inner) ? inner.Text("details") : error.Text("error_data");
        return SendOutcome.Refused(
            ErrorTable.Name(code, httpStatus, error.Flag("is_transient"), details ?? error.Text("message")));
    }

    private static SendOutcome? Success(JsonElement root, int httpStatus)
    {
        if (httpStatus is < 200 or >= MovedAway
            || !root.TryGetFirst("messages", out var message)
            || message.Text("id") is not { Length: > 0 } wamid)
        {
            return null;
        }

        var waId = root.TryGetFirst("contacts", out var contact) ? contact.Text("wa_id") : null;
        return SendOutcome.Accepted(wamid, waId) with
        {
            HeldForQuality = message.Text("message_status") is "held_for_quality_assessment" or "paused",
        };
    }

    /// <summary>
    /// Without Meta's own error object the HTTP status is all there is. A gateway's 5xx or a success we cannot read may
    /// hide a message that left;
    /// a 4xx does not.
    /// </summary>
    private static SendOutcome Unreadable(int httpStatus)
    {
        switch (httpStatus)
        {
            case Unauthorized:
                return Refused(ErrorTable.Unauthorized);
            case TooManyRequests:
                return Refused(ErrorTable.Throttled);
            case RequestTimeout or >= ServerError or < MovedAway:
                return SendOutcome.InDoubt("answer_unreadable");
            default:
                return Refused($"http_{httpStatus}");
        }
    }

    private static SendOutcome Refused(string reason) => SendOutcome.Refused(new SendError(0, reason, null));

    private static bool TryGetFirst(this JsonElement root, string name, out JsonElement first)
    {
        first = default;
        if (root.ValueKind != JsonValueKind.Object || !root.TryFind(name, out var list)
            || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            return false;
        }

        first = list[0];
        return first.ValueKind == JsonValueKind.Object;
    }
}
