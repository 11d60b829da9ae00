using System.Net;
using System.Net.Http.Headers;

namespace WaGrains.CloudApi.Sending;

/// <summary>
/// A request body that knows whether it has left. Nothing of a POST counts before its body, so as long as <see
/// cref="HasLeft"/> is false the
/// message cannot have been taken, whatever else went wrong.
/// </summary>
internal sealed class GraphBody : HttpContent
{
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly Func<bool> mayStart;
    private readonly Action? leaving;

    public GraphBody(ReadOnlyMemory<byte> bytes, Func<bool> mayStart, Action? leaving)
    {
        this.bytes = bytes;
        this.mayStart = mayStart;
        this.leaving = leaving;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Awaited before it leaves; null: not at all.</summary>
    public Func<CancellationToken, Task>? Turn { get; init; }

    public bool HasLeft { get; private set; }

    public bool CameTooLate { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken)
    {
        if (Turn is not null)
        {
            await Turn(cancellationToken);
        }

        // A second writing would be a second sending: no retry inside the HTTP stack may cause one.
        if (HasLeft || !mayStart())
        {
            CameTooLate = !HasLeft;
            throw new HttpRequestException("The body must not leave.");
        }

        // Nothing comes between the look at the clock and the socket: a process that is stopped there sends when it
        // wakes. Without the flush the bytes would wait until all of the HTTP stack has come back to them.
        HasLeft = true;
        await stream.WriteAsync(bytes, cancellationToken);
        var flushing = stream.FlushAsync(cancellationToken);
        leaving?.Invoke();
        await flushing;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
