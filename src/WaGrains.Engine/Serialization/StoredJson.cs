using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using WaGrains.Domain.Agents;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Feed;

namespace WaGrains.Engine.Serialization;

/// <summary>
/// The JSON in which states, contents and answers are stored. Strict: an unknown or missing member is an error, because
/// a store that guesses loses data. A change of a stored type needs a default that old rows can live with, and absent
/// init members become null or 0, not their initialiser; the goldens of old rows must load for ever.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ConversationState))]
[JsonSerializable(typeof(PhoneNumberState))]
[JsonSerializable(typeof(TeamState))]
[JsonSerializable(typeof(AgentState))]
[JsonSerializable(typeof(TenantState))]
[JsonSerializable(typeof(MessageContent))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(SendError))]
[JsonSerializable(typeof(BulkSendState))]
[JsonSerializable(typeof(PortfolioState))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<FeedEvent>))]
public sealed partial class StoredJson : JsonSerializerContext
{
    /// <summary>For inputs that are set aside for people: any shape, nothing is read back.</summary>
    public static JsonSerializerOptions Loose { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Writes a stored value as UTF-8.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Shape<T>.Of);

    /// <summary>Reads what <see cref="Write"/> wrote, now or in an earlier version.</summary>
    /// <exception cref="JsonException">The bytes are no such value.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, Shape<T>.Of) ?? throw new JsonException($"no {typeof(T).Name}");

    /// <summary>Looked up once: the context checks the type each time it is asked, which costs a tenth of a
    /// read.</summary>
    private static class Shape<T>
    {
        public static readonly JsonTypeInfo<T> Of = (JsonTypeInfo<T>)Default.GetTypeInfo(typeof(T))!;
    }
}
