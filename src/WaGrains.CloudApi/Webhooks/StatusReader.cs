using System.Text.Json;
using WaGrains.CloudApi.Sending;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>Reads one element of <c>statuses</c>, and errors wherever they stand.</summary>
internal static class StatusReader
{
    public static WebhookItem Read(ReadOnlyMemory<byte> item, ChangeScope scope)
    {
        var parts = StatusParts.Read(item);
        if (parts.Status is not { } status || parts.Id is not { Length: > 0 and <= MessageReader.WamidLengthMax })
        {
            return scope.Raw(parts.Status is null ? "status_unknown" : "id_missing", item);
        }

        if (parts.Time is not { } time)
        {
            return scope.Raw("time_missing", item);
        }

        var failure = status == MessageStatus.Failed ? parts.Failure ?? Unexplained(null) : null;
        var update = new StatusUpdate(
            parts.Id,
            status,
            WebhookTime.FromUnix(time).At,
            parts.CallbackText,
            failure?.Error,
            parts.PricingCategory,
            parts.PricingType);
        var person = parts.IsGroup
            ? scope.Person(parts.Participant, parts.ParticipantUserId)
            : scope.Person(parts.RecipientId, parts.RecipientUserId);
        return new StatusItem(
            scope.WabaId,
            scope.PhoneNumberId,
            person,
            update,
            failure,
            parts.IsGroup ? parts.RecipientId : null,
            item);
    }

    public static WebhookItem ValueError(ReadOnlyMemory<byte> item, ChangeScope scope)
    {
        var json = new Utf8JsonReader(item.Span);
        json.Read();
        return new ValueErrorItem(scope.WabaId, scope.PhoneNumberId, Error(ref json), item);
    }

    /// <summary>The first of an <c>errors</c> array; null when there is none.</summary>
    internal static SendOutcome? FirstError(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return null;
        }

        SendOutcome? first = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (first is null && json.TokenType == JsonTokenType.StartObject)
            {
                first = Error(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return first;
    }

    private static SendOutcome Unexplained(string? details) => new(
        SendOutcomeKind.Rejected,
        null,
        null,
        new SendError(0, "failed_without_code", details),
        RetryRule.Never,
        Alert: false);

    private static SendOutcome Error(ref Utf8JsonReader json)
    {
        long? code = null;
        string? title = null, message = null, details = null;
        while (json.NextProperty())
        {
            if (json.ValueTextEquals("code"u8))
            {
                code = json.ReadWhole();
            }
            else if (json.ValueTextEquals("title"u8))
            {
                title = json.ReadText();
            }
            else if (json.ValueTextEquals("message"u8))
            {
                message = json.ReadText();
            }
            else if (json.ValueTextEquals("error_data"u8))
            {
                details = Details(ref json);
            }
            else
            {
                json.PassOver();
            }
        }

        // An error whose code cannot be read must not be judged as code 0, which means a lost token.
        var words = details ?? message ?? title;
        return code is >= 0 and <= int.MaxValue ? GraphErrors.Judge((int)code, 0, words) : Unexplained(words);
    }

    private static string? Details(ref Utf8JsonReader json)
    {
        string? details = null;
        if (json.Enter())
        {
            while (json.NextProperty())
            {
                if (json.ValueTextEquals("details"u8))
                {
                    details = json.ReadText();
                }
                else
                {
                    json.PassOver();
                }
            }
        }

        return details;
    }
}
