using WaGrains.Host.Idempotency;

namespace WaGrains.Host.Sends;

/// <summary>A request's body in a file of its own, which is gone when this is: read as often as needed, never held in
/// memory.</summary>
internal sealed class Spool : IAsyncDisposable
{
    private readonly FileStream _file;

    private Spool(FileStream file, UInt128 hash) => (_file, Hash) = (file, hash);

    /// <summary>Hash of method, path and body.</summary>
    public UInt128 Hash { get; }

    /// <summary>Takes a body in; null where it is longer than allowed.</summary>
    public static async Task<Spool?> Take(HttpRequest request, string folder, long bytesMax, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var file = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        var isTaken = false;
        try
        {
            using var hash = new BodyHash(request);
            var buffer = new byte[64 * 1024];
            for (int read; (read = await request.Body.ReadAsync(buffer, cancel)) > 0;)
            {
                if (file.Length + read > bytesMax)
                {
                    return null;
                }

                hash.Append(buffer.AsSpan(0, read));
                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            }

            await file.FlushAsync(cancel);
            isTaken = true;
            return new Spool(file, hash.Value());
        }
        finally
        {
            if (!isTaken)
            {
                await file.DisposeAsync();
            }
        }
    }

    /// <summary>The body from its beginning.</summary>
    public Stream Body()
    {
        _file.Position = 0;
        return _file;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
