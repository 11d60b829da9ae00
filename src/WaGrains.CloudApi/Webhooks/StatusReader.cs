using System.Text.Json;
using WaGrains.Domain.Errors;
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

        var update = new StatusUpdate(
            parts.Id,
            status,
            WebhookTime.FromUnix(time).At,
            parts.CallbackText,
            status == MessageStatus.Failed ? parts.Failure ?? Unexplained(null) : null,
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
    internal static SendError? FirstError(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return null;
        }

        SendError? first = null;
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

    private static SendError Unexplained(string? details) => new(0, ErrorTable.Uncoded, details);

    private static SendError Error(ref Utf8JsonReader json)
    {
        long? code = null;
        string? title = null, message = null, details = null;
        var isTransient = false;
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
            else if (json.ValueTextEquals("is_transient"u8))
            {
                json.Read();
                isTransient = json.TokenType == JsonTokenType.True;
                json.Skip();
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
        return code is >= 0 and <= int.MaxValue
            ? ErrorTable.Name((int)code, 0, isTransient, words)
            : Unexplained(words);
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
