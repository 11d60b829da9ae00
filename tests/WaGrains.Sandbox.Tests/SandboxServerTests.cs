using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using WaGrains.Sandbox.Shell;
using WaGrains.Sandbox.Webhooks;

namespace WaGrains.Sandbox.Tests;

/// <summary>The shell on real loopback ports; every wait is for an event, bounded by one time-out.</summary>
public sealed class SandboxServerTests : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _bound = new(TimeSpan.FromSeconds(30));
    private readonly Channel<(byte[] Body, string Signature)> _posts = Channel.CreateUnbounded<(byte[], string)>();
    private readonly Channel<string> _handshakes = Channel.CreateUnbounded<string>();
    private readonly HttpClient _http = new();
    private WebApplication _business = null!;
    private WebApplication _sandbox = null!;
    private int _refusals;

    public async Task InitializeAsync()
    {
        _business = Business();
        await _business.StartAsync(_bound.Token);
        var options = Bench.Quiet();
        options.CallbackUrl = $"{AddressOf(_business)}/hook";
        _sandbox = SandboxServer.Build(options, ["http://127.0.0.1:0"]);
        await _sandbox.StartAsync(_bound.Token);
        _http.BaseAddress = new Uri(AddressOf(_sandbox));
    }

    public async Task DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await _business.DisposeAsync();
    }

    public void Dispose()
    {
        _http.Dispose();
        _bound.Dispose();
    }

    [Theory]
    [InlineData("/v25.0/730000000000011/messages", true)]
    [InlineData("/v13.0/730000000000011/messages/", true)]
    [InlineData("/730000000000011/messages", true)]
    [InlineData("/730000000000011/messages?access_token=demo-access-token", false)]
    public async Task Sends_are_accepted_on_every_path_and_come_back_as_signed_statuses(string path, bool withHeader)
    {
        using var answer = await Send(path, withHeader, Bench.TextBody("olá", "c-1"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("demo-verify-token", await _handshakes.Reader.ReadAsync(_bound.Token));
        var (body, signature) = await _posts.Reader.ReadAsync(_bound.Token);
        Assert.Equal(new WebhookSignature("demo-app-secret").Of(body), signature);
        Assert.Contains("\"biz_opaque_callback_data\":\"c-1\"", Encoding.UTF8.GetString(body));
    }

    [Fact]
    public async Task A_refused_webhook_comes_again_with_the_same_bytes()
    {
        _refusals = 1;
        await Order("/sandbox/faults", """{"webhook":{"object":"x"}}""");
        var first = await _posts.Reader.ReadAsync(_bound.Token);
        var second = await _posts.Reader.ReadAsync(_bound.Token);
        Assert.Equal(first.Signature, second.Signature);
    }

    [Fact]
    public async Task Reads_errors_orders_and_the_report_are_served()
    {
        var read = await Json("/v25.0/730000000000011?fields=throughput%7Blevel%7D");
        Assert.Equal("STANDARD", read.GetProperty("throughput").GetProperty("level").GetString());
        Assert.Equal(190, Code(await Json("/v25.0/730000000000011", "other")));
        Assert.Equal(100, Code(await Json("/nowhere/at/all")));
        await Order("/sandbox/faults", """{"refuse_next":{"count":1,"code":131016},"throttle_seconds":0}""");
        using var refused = await Send("/v25.0/730000000000011/messages", true, Bench.TextBody("hi", "c-1"));
        Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
        await Order("/sandbox/customers", """{"writing":false}""");
        await Order("/sandbox/customers", """{"writing":true,"messages_per_minute":5}""");
        var report = await Json("/sandbox/report");
        Assert.Equal(1, report.GetProperty("messages_rejected_by_code").GetProperty("131016").GetInt64());
    }

    [Theory]
    [InlineData("/sandbox/faults", """{"lose_answers":1,"throughput":{"phone_number_id":"5","per_second":1}}""")]
    [InlineData(
        "/sandbox/faults", """{"lose_answers":1,"throughput":{"phone_number_id":"730000000000011","per_second":0}}""")]
    [InlineData("/sandbox/faults", """{"lose_answers":1,"shoe":1}""")]
    [InlineData("/sandbox/faults", """{"lose_answers":1,"refuse_next":{"count":-1,"code":2}}""")]
    [InlineData("/sandbox/faults", """{"lose_answers":1,"throttle_seconds":1e300}""")]
    [InlineData("/sandbox/faults", """{"lose_answers":1,"quality":{"phone_number_id":"5","rating":"RED"}}""")]
    [InlineData("/sandbox/faults", """{"lose_answers":1,"never_answered":1.5}""")]
    [InlineData("/sandbox/faults", "5")]
    [InlineData("/sandbox/customers", """{"writing":true,"messages_per_minute":-1}""")]
    [InlineData("/sandbox/customers", """{"writing":true}""")]
    public async Task A_wrong_order_is_refused_whole(string path, string order)
    {
        using var answer = await _http.PostAsync(path, new StringContent(order), _bound.Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var sent = await Send("/v25.0/730000000000011/messages", true, Bench.TextBody("hi", "c-1"));
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
    }

    [Fact]
    public async Task A_lost_answer_breaks_the_connection_after_acceptance()
    {
        await Order("/sandbox/faults", """{"lose_answers":1}""");
        await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => Send("/v25.0/730000000000011/messages", true, Bench.TextBody("hi", "c-1")));
        Assert.Equal(1, SandboxServer.Report(_sandbox).MessagesAccepted);
    }

    [Fact]
    public async Task Sends_are_counted_at_the_address_they_came_in_at_refused_ones_too()
    {
        using var taken = await Send("/v25.0/730000000000011/messages", true, Bench.TextBody("hi", "c-1"));
        using var refused = await Send("/v25.0/730000000000011/messages", false, Bench.TextBody("hi", "c-1"));

        var counts = await Json("/sandbox/callers");

        Assert.Equal(2, counts.GetProperty(_http.BaseAddress!.Authority).GetInt64());
    }

    [Fact]
    public async Task Last_send_of_each_number_tells_where_it_came_in()
    {
        using var taken = await Send("/v25.0/730000000000011/messages", true, Bench.TextBody("hi", "c-1"));
        using var nobody = await Send("/v25.0/5/messages", true, Bench.TextBody("hi", "c-1"));

        var places = await Json("/sandbox/callers/numbers");

        var place = Assert.Single(places.EnumerateObject());
        Assert.Equal(("730000000000011", _http.BaseAddress!.Authority), (place.Name, place.Value.GetString()));
    }

    [Fact]
    public async Task Templates_are_counted_by_recipient()
    {
        const string template = """
            {"messaging_product":"whatsapp","to":"4915110000001","type":"template",
             "template":{"name":"hello_world","language":{"code":"en_US"}},"biz_opaque_callback_data":"c-1"}
            """;
        using var first = await Send("/v25.0/730000000000011/messages", true, template);
        using var second = await Send("/v25.0/730000000000012/messages", true, template);
        using var text = await Send("/v25.0/730000000000011/messages", true, Bench.TextBody("hi", "c-2"));

        var counts = await Json("/sandbox/recipients");

        var count = Assert.Single(counts.EnumerateObject());
        Assert.Equal(("4915110000001", 2), (count.Name, count.Value.GetInt32()));
        Assert.Equal(1, (await Json("/sandbox/report")).GetProperty("template_recipients").GetInt32());
    }

    private WebApplication Business()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            if (HttpMethods.IsGet(context.Request.Method))
            {
                await _handshakes.Writer.WriteAsync(context.Request.Query["hub.verify_token"].ToString());
                await context.Response.WriteAsync(context.Request.Query["hub.challenge"].ToString());
                return;
            }

            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            context.Response.StatusCode = Interlocked.Decrement(ref _refusals) >= 0 ? 503 : 200;
            var signature = context.Request.Headers["X-Hub-Signature-256"].ToString();
            await _posts.Writer.WriteAsync((body.ToArray(), signature));
        });
        return app;
    }

    private static int Code(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetInt32();

    private static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    private async Task<HttpResponseMessage> Send(string path, bool withHeader, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        if (withHeader)
        {
            request.Headers.Add("Authorization", $"Bearer {Bench.Token}");
        }

        return await _http.SendAsync(request, _bound.Token);
    }

    private async Task Order(string path, string body)
    {
        using var answer = await _http.PostAsync(path, new StringContent(body), _bound.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<JsonElement> Json(string path, string token = Bench.Token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Authorization", $"Bearer {token}");
        using var answer = await _http.SendAsync(request, _bound.Token);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsByteArrayAsync(_bound.Token));
    }
}
