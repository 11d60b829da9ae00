using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WaGrains.Sandbox.Graph;

internal static class JsonBytes
{
    private static readonly JsonWriterOptions Plain = new()
    {
        // Webhook bodies get Meta's own escaping afterwards; two rounds of escaping would not match Meta's bytes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static byte[] Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            content(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
