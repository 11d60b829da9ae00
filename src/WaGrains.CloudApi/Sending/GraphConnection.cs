using System.Net;

namespace WaGrains.CloudApi.Sending;

/// <summary>The pooled connections to Meta that every sender and reader of a process shares.</summary>
public sealed class GraphConnection : IDisposable
{
    private readonly HttpMessageInvoker invoker;

    /// <summary>Opens nothing yet; connections come with the first calls.</summary>
    /// <exception cref="ArgumentException">The options have mistakes.</exception>
    public GraphConnection(CloudApiOptions options, TimeProvider clock)
    {
        if (options.Mistakes() is { Count: > 0 } mistakes)
        {
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));
        }

        Options = options;
        Clock = clock;
        invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // A redirect would carry the token to another host and a message twice.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = options.Proxy is not null,
            Proxy = options.Proxy is null ? null : new WebProxy(options.Proxy),
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.ConnectionsMax,
            PooledConnectionLifetime = options.ConnectionLifetime,
            AutomaticDecompression = DecompressionMethods.None,
            // Our trace ids are nobody else's business.
            ActivityHeadersPropagator = null,
        });
    }

    internal CloudApiOptions Options { get; }

    internal TimeProvider Clock { get; }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    internal Task<HttpResponseMessage> Call(HttpRequestMessage request, CancellationToken cancellation) =>
        invoker.SendAsync(request, cancellation);

    internal Uri Address(string path) => new(Options.GraphBaseUrl, $"/{Options.ApiVersion}/{path}");

    internal static HttpRequestMessage Request(HttpMethod method, Uri address, string accessToken)
    {
        var request = new HttpRequestMessage(method, address) { Version = HttpVersion.Version11 };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {accessToken}");
        return request;
    }
}
