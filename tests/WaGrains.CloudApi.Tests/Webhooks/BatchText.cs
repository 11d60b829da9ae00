using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WaGrains.CloudApi.Webhooks;

namespace WaGrains.CloudApi.Tests.Webhooks;

/// <summary>A batch as JSON for people: every property of every item, null ones left out.</summary>
internal static class BatchText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new BytesAsText() },
    };

    public static string Of(WebhookBatch batch)
    {
        var items = new JsonArray();
        foreach (var item in batch.Items)
        {
            var shown = new JsonObject { ["Item"] = item.GetType().Name };
            foreach (var (name, value) in JsonSerializer.SerializeToNode(item, item.GetType(), Options)!.AsObject())
            {
                shown[name] = value?.DeepClone();
            }

            items.Add(shown);
        }

        return new JsonObject { ["Problem"] = batch.Problem, ["Items"] = items }.ToJsonString(Options);
    }

    private sealed class BytesAsText : JsonConverter<ReadOnlyMemory<byte>>
    {
        public override ReadOnlyMemory<byte> Read(
            ref Utf8JsonReader reader,
            Type type,
            JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Encoding.UTF8.GetString(value.Span));
    }
}
