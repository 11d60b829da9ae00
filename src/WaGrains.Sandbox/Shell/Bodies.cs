namespace WaGrains.Sandbox.Shell;

internal static class Bodies
{
    // The length is the caller's claim: it may save a copy, not reserve memory.
    private const int FirstBytes = 16 * 1024;

    /// <summary>The whole body; reading more than Kestrel allows ends in its 413.</summary>
    public static async Task<byte[]> Read(HttpRequest request)
    {
        using var buffer = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, FirstBytes));
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        return buffer.ToArray();
    }
}
