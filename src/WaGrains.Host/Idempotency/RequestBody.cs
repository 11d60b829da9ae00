using System.Buffers;
using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Idempotency;

/// <summary>A request's body, read once and whole.</summary>
/// <param name="Bytes">As it was sent; empty where there is none.</param>
/// <param name="Problem">Why it was not read; then there are no bytes.</param>
internal readonly record struct RequestBody(ReadOnlyMemory<byte> Bytes, ProblemHttpResult? Problem)
{
    /// <summary>Largest body under /v1, bytes: many times the largest message that Meta takes.</summary>
    public const int BytesMax = 256 * 1024;

    public static async ValueTask<RequestBody> Read(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > BytesMax)
        {
            return TooLarge();
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BytesMax + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(
                buffer.AsMemory(0, BytesMax + 1), BytesMax + 1, throwOnEndOfStream: false, cancel);
            return length > BytesMax ? TooLarge()
                : length > 0 && !request.HasJsonContentType() ? new RequestBody(default, NotJson())
                : new RequestBody(buffer.AsSpan(0, length).ToArray(), null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static RequestBody TooLarge() =>
        new(default, Problems.Problem.Of(ProblemCodes.BodyTooLarge, $"At most {BytesMax} bytes."));

    private static ProblemHttpResult NotJson() =>
        Problems.Problem.Of(ProblemCodes.UnsupportedMediaType, "Send Content-Type: application/json.");
}
