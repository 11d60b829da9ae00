using System.Text.Json;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>Reads one element of <c>messages</c> or <c>message_echoes</c>.</summary>
internal static class MessageReader
{
    /// <summary>Characters of a wamid at most: they have about 60, and it must fit an index.</summary>
    public const int WamidLengthMax = 512;

    public static WebhookItem Inbound(ReadOnlyMemory<byte> item, ChangeScope scope)
    {
        var parts = Parts(item);
        var person = scope.Person(parts.From, parts.FromUserId);
        if (Problem(parts, person) is { } problem)
        {
            return scope.Raw(problem, item);
        }

        var time = WebhookTime.FromUnix(parts.Time.GetValueOrDefault());
        var message = Message(parts, time, item);
        if (Identity(parts, message, person, scope) is { } changed)
        {
            return changed;
        }

        return new InboundItem(
            scope.WabaId, scope.PhoneNumberId, person, message, parts.GroupId, parts.HasReferral, time.WasClamped);
    }

    public static WebhookItem Echo(ReadOnlyMemory<byte> item, ChangeScope scope)
    {
        var parts = Parts(item);
        var person = scope.Person(parts.To, parts.ToUserId);
        if (Problem(parts, person) is { } problem)
        {
            return scope.Raw(problem, item);
        }

        var time = WebhookTime.FromUnix(parts.Time.GetValueOrDefault());
        return new EchoItem(scope.WabaId, scope.PhoneNumberId, person, Message(parts, time, item));
    }

    private static MessageParts Parts(ReadOnlyMemory<byte> item)
    {
        var json = new Utf8JsonReader(item.Span);
        json.Enter();
        return MessageParts.Read(ref json);
    }

    private static string? Problem(in MessageParts parts, PersonNames person)
    {
        if (parts.Id is not { Length: > 0 and <= WamidLengthMax })
        {
            return "id_missing";
        }

        if (parts.Time is null)
        {
            return "time_missing";
        }

        return person.Phone is null && person.UserId is null ? "person_missing" : null;
    }

    private static InboundMessage Message(in MessageParts parts, WebhookTime time, ReadOnlyMemory<byte> item) => new(
        parts.Id!,
        time.At,
        parts.Kind,
        parts.Text ?? string.Empty,
        parts.ReplyId,
        parts.ContextWamid,
        parts.TargetWamid,
        item);

    private static IdentityItem? Identity(
        in MessageParts parts,
        InboundMessage message,
        PersonNames person,
        ChangeScope scope)
    {
        var changed = parts.System switch
        {
            MessageParts.SystemEvent.NumberChanged => parts.NewPhone is not null,
            MessageParts.SystemEvent.UserIdChanged => parts.NewUserId is not null,
            MessageParts.SystemEvent.Other => false,
        };
        return changed
            ? new IdentityItem(
                scope.WabaId,
                scope.PhoneNumberId,
                person,
                new PersonNames(parts.NewPhone, parts.NewUserId, person.Username, person.ProfileName),
                message.SentAt,
                message)
            : null;
    }
}
