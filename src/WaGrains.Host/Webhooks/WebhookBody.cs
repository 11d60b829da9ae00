namespace WaGrains.Host.Webhooks;

/// <summary>Reads a body whole, up to a bound. The bytes are not pooled: archived payloads are slices of
/// them.</summary>
internal static class WebhookBody
{
    private const int UsualBytes = 4 * 1024;

    /// <summary>The body, or null where it is longer than <paramref name="bytesMax"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> Read(HttpRequest request, int bytesMax, CancellationToken cancel)
    {
        if (request.ContentLength > bytesMax)
        {
            return null;
        }

        var buffer = new byte[request.ContentLength is { } length ? (int)length + 1 : UsualBytes];
        var filled = 0;
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.AsMemory(filled), cancel);
            if (read == 0)
            {
                return buffer.AsMemory(0, filled);
            }

            filled += read;
            if (filled > bytesMax)
            {
                return null;
            }

            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, bytesMax + 1));
            }
        }
    }
}
