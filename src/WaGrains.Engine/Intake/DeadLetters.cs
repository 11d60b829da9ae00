using System.Text.Json;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Serialization;

namespace WaGrains.Engine.Intake;

/// <summary>Sets an input aside that its owner could not take twice.</summary>
public static class DeadLetters
{
    /// <summary>The rows: the input for repair, and an alarm.</summary>
    public static IReadOnlyList<Change> Of(
        OwnerKey owner, OwnerMessage message, OwnerFailedException failed, DateTimeOffset now)
    {
        var kind = message.GetType().Name;
        var error = failed.InnerException is { } inner
            ? $"{inner.GetType().Name} at {Place(inner)}"
            : failed.GetType().Name;
        var payload = Payload(message);
        var id = MessageId.Inbound(owner.Tenant, $"dead\n{owner}\n{Convert.ToHexString(payload.Span)}", now);
        return
        [
            new DeadLettered(owner, kind, error, payload, now),
            new AlertRaised(
                owner.Tenant, id, now, "dead_letter", owner.Path, $"{kind} failed twice and was set aside: {error}."),
        ];
    }

    private static ReadOnlyMemory<byte> Payload(OwnerMessage message) => message switch
    {
        ReceiveInbound inbound => Join(inbound.Messages.Select(delivery => delivery.Message.Payload)),
        ReceiveEcho echo => echo.Echo.Message.Payload,
        _ => JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), StoredJson.Loose),
    };

    /// <summary>The messages as a JSON array.</summary>
    private static byte[] Join(IEnumerable<ReadOnlyMemory<byte>> payloads)
    {
        using var buffer = new MemoryStream();
        buffer.WriteByte((byte)'[');
        foreach (var payload in payloads)
        {
            if (buffer.Length > 1)
            {
                buffer.WriteByte((byte)',');
            }

            buffer.Write(payload.Span);
        }

        buffer.WriteByte((byte)']');
        return buffer.ToArray();
    }

    /// <summary>The method that threw; exception messages may quote a customer, so they are not kept.</summary>
    private static string Place(Exception error) =>
        error.TargetSite is { } site ? $"{site.DeclaringType?.Name}.{site.Name}" : "?";
}
