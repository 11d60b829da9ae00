using System.Net;
using Microsoft.AspNetCore.Http;
using WaGrains.LocalCluster.Proxy;

namespace WaGrains.Faults.Tests;

public sealed class ReverseProxyTests : IDisposable
{
    private static readonly Uri First = new("http://127.0.0.1:1");
    private static readonly Uri Second = new("http://127.0.0.1:2");

    private readonly Backend[] _backends = [new(Second), new(First)];
    private readonly ScriptedSilos _silos = new();
    private readonly ReverseProxy _proxy;

    public ReverseProxyTests()
    {
        foreach (var backend in _backends)
        {
            backend.Found(Readiness.Ready);
        }

        // The turn begins with the second of the list.
        _proxy = new ReverseProxy(_backends, new HttpMessageInvoker(_silos));
    }

    public void Dispose()
    {
        foreach (var backend in _backends)
        {
            backend.Dispose();
        }

        _silos.Dispose();
    }

    [Fact]
    public async Task Request_that_no_silo_has_taken_goes_to_the_next_one()
    {
        _silos.At(First, () => throw new HttpRequestException(HttpRequestError.ConnectionError));
        _silos.At(Second, () => Answer(HttpStatusCode.Created));
        var context = Request("POST", "/v1/messages");

        await _proxy.Forward(context);

        Assert.Equal((201, 2), (context.Response.StatusCode, _silos.Asked));
    }

    [Theory]
    [InlineData("POST", "/v1/messages", null, 502)]
    [InlineData("POST", "/v1/messages", "once", 200)]
    [InlineData("POST", "/webhooks/whatsapp/demo", null, 200)]
    [InlineData("GET", "/v1/messages", null, 200)]
    public async Task Answer_that_broke_off_is_asked_for_again_only_where_twice_does_no_harm(
        string method, string path, string? key, int status)
    {
        _silos.At(First, () => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        _silos.At(Second, () => Answer(HttpStatusCode.OK));
        var context = Request(method, path);
        if (key is not null)
        {
            context.Request.Headers["Idempotency-Key"] = key;
        }

        await _proxy.Forward(context);

        Assert.Equal(status, context.Response.StatusCode);
    }

    [Fact]
    public async Task Silo_that_falls_silent_gives_back_what_it_held()
    {
        var held = new TaskCompletionSource<HttpResponseMessage>();
        _silos.At(First, () => held.Task);
        _silos.At(Second, () => Answer(HttpStatusCode.OK));
        var context = Request("POST", "/webhooks/whatsapp/demo");

        var forwarded = _proxy.Forward(context);
        _backends[1].Found(Readiness.Silent);
        await forwarded;

        Assert.Equal((200, 2), (context.Response.StatusCode, _silos.Asked));
    }

    [Fact]
    public async Task Refusal_of_a_silo_is_passed_on_as_it_is()
    {
        _silos.At(First, () => Answer(HttpStatusCode.ServiceUnavailable));
        var context = Request("POST", "/webhooks/whatsapp/demo");

        await _proxy.Forward(context);

        Assert.Equal((503, 1), (context.Response.StatusCode, _silos.Asked));
    }

    [Fact]
    public async Task Without_a_ready_silo_the_caller_is_told_when_to_try_again()
    {
        foreach (var backend in _backends)
        {
            backend.Found(Readiness.NotReady);
        }

        var context = Request("GET", "/v1/messages");

        await _proxy.Forward(context);

        Assert.Equal(
            (503, "1", 0), (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString(), _silos.Asked));
    }

    private static DefaultHttpContext Request(string method, string path)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = path;
        return context;
    }

    private static Task<HttpResponseMessage> Answer(HttpStatusCode status) =>
        Task.FromResult(new HttpResponseMessage(status) { Content = new ByteArrayContent([]) });

    /// <summary>Silos that answer as the test says.</summary>
    private sealed class ScriptedSilos : HttpMessageHandler
    {
        private readonly Dictionary<int, Func<Task<HttpResponseMessage>>> _answers = [];

        public int Asked { get; private set; }

        public void At(Uri silo, Func<Task<HttpResponseMessage>> answer) => _answers[silo.Port] = answer;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return _answers[request.RequestUri!.Port]().WaitAsync(cancellationToken);
        }
    }
}
