using System.Buffers;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>Hands single messages to Meta and tells what became of each.</summary>
public sealed class GraphSender(GraphConnection connection)
{
    /// <summary>Meta's answers are about 300 bytes; what is longer than this is no answer.</summary>
    internal const int AnswerBytesMax = 16 * 1024;

    private const int UsualBodyBytes = 1024;

    /// <summary>
    /// Sends once, never repeats by itself and never throws for anything outside: no connection is <see
    /// cref="SendOutcomeKind.NotSent"/>, a
    /// time-out or reset after the body began to leave is <see cref="SendOutcomeKind.Unknown"/>.
    /// </summary>
    /// <param name="request">What to send, and since when its attempt is fenced.</param>
    /// <param name="cancellation">The caller stops waiting; the outcome then is one of the two above.</param>
    public async Task<SendOutcome> Send(GraphSendRequest request, CancellationToken cancellation)
    {
        var (options, clock) = (connection.Options, connection.Clock);
        // Not from a pool: after a time-out the connection may still be reading it.
        var buffer = new ArrayBufferWriter<byte>(UsualBodyBytes);
        GraphPayload.Write(buffer, request.Recipient, request.Content, request.ContextWamid, request.CallbackText);
        using var body = new GraphBody(
            buffer.WrittenMemory,
            () => clock.GetElapsedTime(request.FencedAt) <= options.StartWithin,
            request.Leaving)
        {
            Turn = request.Turn,
        };
        using var post = GraphConnection.Request(
            HttpMethod.Post,
            connection.Address($"{Uri.EscapeDataString(request.PhoneNumberId)}/messages"),
            request.AccessToken);
        post.Content = body;
        using var deadline = new CancellationTokenSource(options.SendTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await Exchange(post, either.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return Lost(body, failure);
        }
    }

    private async Task<SendOutcome> Exchange(HttpRequestMessage post, CancellationToken cancellation)
    {
        using var response = await connection.Call(post, cancellation);
        var answer = ArrayPool<byte>.Shared.Rent(AnswerBytesMax);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var length = await stream.ReadAtLeastAsync(
                answer.AsMemory(0, AnswerBytesMax), AnswerBytesMax, throwOnEndOfStream: false, cancellation);
            return GraphAnswer.Read((int)response.StatusCode, answer.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(answer);
        }
    }

    private static SendOutcome Lost(GraphBody body, Exception failure)
    {
        if (body.HasLeft)
        {
            return SendOutcome.InDoubt(failure is OperationCanceledException ? "answer_timeout" : "connection_lost");
        }

        return SendOutcome.NotSent(body.CameTooLate ? "fence_expired" : "no_connection");
    }
}
