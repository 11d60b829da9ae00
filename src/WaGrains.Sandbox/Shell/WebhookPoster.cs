using System.Net.Http.Headers;
using WaGrains.Sandbox.Webhooks;

namespace WaGrains.Sandbox.Shell;

/// <summary>Calls the business back: the verification handshake and the signed POSTs.</summary>
internal sealed class WebhookPoster(SandboxOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>Meta does not document its own; 10 s lies in the commonly assumed 5 to 20 s.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private readonly Uri _callback = new(options.CallbackUrl);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        MaxConnectionsPerServer = options.Webhooks.InFlightMax,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>True once the callback has returned the challenge for our verify token (facts 3.1).</summary>
    public async Task<bool> Verify(CancellationToken stopping)
    {
        var challenge = $"{1_000_000_000 + (uint)options.Seed % 1_000_000_000}";
        var query = $"hub.mode=subscribe&hub.challenge={challenge}"
            + $"&hub.verify_token={Uri.EscapeDataString(options.VerifyToken)}";
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new UriBuilder(_callback) { Query = query }.Uri);
        return await Exchange(
            request,
            async (response, token) =>
                (int)response.StatusCode == 200
                && await response.Content.ReadAsStringAsync(token) == challenge,
            stopping);
    }

    /// <summary>The HTTP status, 0 if none came in time.</summary>
    public async Task<int> Post(WebhookCall call, CancellationToken stopping)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _callback);
        request.Content = new ReadOnlyMemoryContent(call.Body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Hub-Signature-256", call.Signature);
        return await Exchange(request, (response, _) => Task.FromResult((int)response.StatusCode), stopping);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> Exchange<T>(
        HttpRequestMessage request,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken stopping)
        where T : struct
    {
        using var late = new CancellationTokenSource(AnswerWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return await read(response, either.Token);
        }
        catch (HttpRequestException)
        {
            return default;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return default;
        }
    }
}
