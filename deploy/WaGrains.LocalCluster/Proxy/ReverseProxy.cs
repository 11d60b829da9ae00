namespace WaGrains.LocalCluster.Proxy;

/// <summary>
/// Hands each request to a silo that wants traffic, in turn. What a silo surely has not taken goes to the next one, and
/// so does what may be taken twice without harm: reads, webhooks, and what carries an idempotency key.
/// </summary>
internal sealed class ReverseProxy(IReadOnlyList<Backend> backends, HttpMessageInvoker http)
{
    /// <summary>Bodies beyond this are refused with 413; a webhook has at most 3 MB.</summary>
    public const int BodyBytesMax = 4 * 1024 * 1024;

    /// <summary>In an answer of the proxy's own: no silo wanted the request.</summary>
    public const string NoSilo = "X-No-Silo";

    // Of one connection only (RFC 9110, 7.6.1), or written anew on each side.
    private static readonly HashSet<string> NotPassedOn = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Host",
        "Content-Length",
    };

    private int _turn;

    /// <summary>Answers one request.</summary>
    public async Task Forward(HttpContext context) => await Forward(context, await Body(context));

    /// <summary>Answers one request whose body has been read.</summary>
    public async Task Forward(HttpContext context, byte[] body)
    {
        var first = Interlocked.Increment(ref _turn);
        for (var i = 0; i < backends.Count; i++)
        {
            var backend = backends[(int)((uint)(first + i) % (uint)backends.Count)];
            if (backend.IsReady && await TryForward(context, backend, body))
            {
                return;
            }
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        context.Response.Headers[NoSilo] = "1";
    }

    /// <summary>The whole body of a request; more than the server allows ends in its 413.</summary>
    public static async Task<byte[]> Body(HttpContext context)
    {
        if (context.Request.ContentLength is { } length and <= BodyBytesMax)
        {
            var body = new byte[length];
            await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
            return body;
        }

        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }

    /// <summary>False where the request should go to another silo.</summary>
    private async Task<bool> TryForward(HttpContext context, Backend backend, byte[] body)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, backend.Lost);
        using var request = Copy(context.Request, backend.Url, body);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            await Answer(context, response, either.Token);
            return true;
        }
        catch (HttpRequestException failure) when (!context.Response.HasStarted)
        {
            return GoesOn(context, failure.HttpRequestError == HttpRequestError.ConnectionError);
        }
        catch (OperationCanceledException)
            when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            return GoesOn(context, neverTaken: false);
        }
    }

    private static bool GoesOn(HttpContext context, bool neverTaken)
    {
        if (neverTaken || IsRepeatable(context.Request))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status502BadGateway;
        return true;
    }

    private static bool IsRepeatable(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        || HttpMethods.IsHead(request.Method)
        || request.Path.StartsWithSegments("/webhooks", StringComparison.Ordinal)
        || request.Headers.ContainsKey("Idempotency-Key");

    private static HttpRequestMessage Copy(HttpRequest request, Uri silo, byte[] body)
    {
        var copy = new HttpRequestMessage(
            new HttpMethod(request.Method), new Uri(silo, $"{request.PathBase}{request.Path}{request.QueryString}"));
        if (body.Length > 0)
        {
            copy.Content = new ByteArrayContent(body);
        }

        foreach (var (name, values) in request.Headers.Where(header => !NotPassedOn.Contains(header.Key)))
        {
            if (!copy.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                copy.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return copy;
    }

    private static async Task Answer(HttpContext context, HttpResponseMessage response, CancellationToken cancel)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        var headers = response.Headers.Concat(response.Content.Headers);
        foreach (var (name, values) in headers.Where(header => !NotPassedOn.Contains(header.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await response.Content.CopyToAsync(context.Response.Body, cancel);
    }
}
