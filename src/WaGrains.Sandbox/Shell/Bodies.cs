namespace WaGrains.Sandbox.Shell;

internal static class Bodies
{
    /// <summary>The whole body; Kestrel has already refused what is too long.</summary>
    public static async Task<byte[]> Read(HttpRequest request)
    {
        using var buffer = new MemoryStream((int)(request.ContentLength ?? 1024));
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        return buffer.ToArray();
    }
}
