using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using WaGrains.CloudApi.Sending;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Tests.Sending;

public sealed class GraphSenderTests
{
    private const string Accepted = """{"contacts":[{"wa_id":"49"}],"messages":[{"id":"wamid.A"}]}""";

    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task Accepted_send_gives_the_wamid_and_the_right_request()
    {
        await using var graph = new LoopbackGraph(LoopbackGraph.Answer(200, Accepted));
        using var connection = Connect(graph.Address);
        var outcome = await new GraphSender(connection).Send(Request(), CancellationToken.None);
        Assert.Equal(SendOutcome.Accepted("wamid.A", "49"), outcome);
        var request = Assert.Single(graph.Requests);
        Assert.StartsWith("POST /v25.0/730000000000011/messages HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Bearer token-1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("\"biz_opaque_callback_data\":\"cb-1\"}", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_answer_is_judged_by_the_table()
    {
        await using var graph = new LoopbackGraph(
            LoopbackGraph.Answer(429, """{"error":{"code":130429,"message":"m","error_data":{"details":"d"}}}"""));
        using var connection = Connect(graph.Address);
        var outcome = await new GraphSender(connection).Send(Request(), CancellationToken.None);
        Assert.Equal(SendOutcome.Refused(new SendError(130429, "throughput_reached", "d")), outcome);
    }

    [Fact]
    public async Task Garbage_after_success_is_in_doubt()
    {
        await using var graph = new LoopbackGraph(LoopbackGraph.Answer(200, "<html>welcome</html>"));
        using var connection = Connect(graph.Address);
        var outcome = await new GraphSender(connection).Send(Request(), CancellationToken.None);
        Assert.Equal(SendOutcome.InDoubt("answer_unreadable"), outcome);
    }

    public static TheoryData<string, Func<Socket, Task<bool>>> Breaks => new()
    {
        { "closed", LoopbackGraph.Close },
        { "reset", LoopbackGraph.Reset },
        { "no http", LoopbackGraph.Raw("SSH-2.0-x\r\n\r\n") },
        { "cut in the headers", LoopbackGraph.Raw("HTTP/1.1 200 OK\r\nContent-Le") },
        { "cut in the body", LoopbackGraph.Raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"messages\"") },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Connection_lost_after_the_request_is_in_doubt_and_not_repeated(
        string how,
        Func<Socket, Task<bool>> step)
    {
        await using var graph = new LoopbackGraph(step, LoopbackGraph.Answer(200, Accepted));
        using var connection = Connect(graph.Address);
        var outcome = await new GraphSender(connection).Send(Request(), CancellationToken.None);
        Assert.True(outcome == SendOutcome.InDoubt("connection_lost"), $"{how}: {outcome}");
        Assert.Single(graph.Requests);
    }

    [Fact]
    public async Task Reused_connection_that_breaks_is_in_doubt_and_not_repeated()
    {
        await using var graph = new LoopbackGraph(
            LoopbackGraph.Answer(200, Accepted), LoopbackGraph.Close, LoopbackGraph.Answer(200, Accepted));
        using var connection = Connect(graph.Address);
        var sender = new GraphSender(connection);
        await sender.Send(Request(), CancellationToken.None);
        var outcome = await sender.Send(Request(), CancellationToken.None);
        Assert.Equal(SendOutcome.InDoubt("connection_lost"), outcome);
        Assert.Equal(2, graph.Requests.Count);
    }

    [Fact]
    public async Task Refused_connection_is_certainly_not_sent()
    {
        using var connection = Connect(ClosedPort());
        var outcome = await new GraphSender(connection).Send(Request(), CancellationToken.None);
        Assert.Equal(SendOutcome.NotSent("no_connection"), outcome);
    }

    [Fact]
    public async Task Time_out_after_the_request_is_in_doubt()
    {
        await using var graph = new LoopbackGraph(LoopbackGraph.Silence);
        using var connection = Connect(graph.Address);
        var sending = new GraphSender(connection).Send(Request(), CancellationToken.None);
        await graph.Arrival();
        clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(SendOutcome.InDoubt("answer_timeout"), await sending);
    }

    [Fact]
    public async Task Caller_who_leaves_after_the_request_leaves_a_doubt()
    {
        await using var graph = new LoopbackGraph(LoopbackGraph.Silence);
        using var connection = Connect(graph.Address);
        using var caller = new CancellationTokenSource();
        var sending = new GraphSender(connection).Send(Request(), caller.Token);
        await graph.Arrival();
        await caller.CancelAsync();
        Assert.Equal(SendOutcome.InDoubt("answer_timeout"), await sending);
    }

    [Fact]
    public async Task Caller_who_left_before_sends_nothing()
    {
        await using var graph = new LoopbackGraph(LoopbackGraph.Answer(200, Accepted));
        using var connection = Connect(graph.Address);
        var outcome = await new GraphSender(connection).Send(Request(), new CancellationToken(canceled: true));
        Assert.Equal(SendOutcome.NotSent("no_connection"), outcome);
        Assert.Empty(graph.Requests);
    }

    [Fact]
    public async Task Expired_fence_sends_nothing()
    {
        await using var graph = new LoopbackGraph(LoopbackGraph.Answer(200, Accepted));
        using var connection = Connect(graph.Address);
        var request = Request();
        clock.Advance(TimeSpan.FromSeconds(1) + TimeSpan.FromTicks(1));
        var outcome = await new GraphSender(connection).Send(request, CancellationToken.None);
        Assert.Equal(SendOutcome.NotSent("fence_expired"), outcome);
        Assert.Empty(graph.Requests);
    }

    [Fact]
    public async Task Body_waits_for_its_turn_and_the_fence_is_looked_at_after_it()
    {
        await using var graph = new LoopbackGraph(LoopbackGraph.Answer(200, Accepted));
        using var connection = Connect(graph.Address);
        List<string> order = [];
        var request = Request() with { Turn = Wait(TimeSpan.FromSeconds(0.4)), Leaving = () => order.Add("left") };
        Assert.Equal(
            SendOutcomeKind.Accepted, (await new GraphSender(connection).Send(request, CancellationToken.None)).Kind);
        Assert.Equal(["turn", "left"], order);

        var late = Request() with { Turn = Wait(TimeSpan.FromSeconds(0.6)) };
        Assert.Equal(
            SendOutcome.NotSent("fence_expired"),
            await new GraphSender(connection).Send(late, CancellationToken.None));
        Assert.Single(graph.Requests);

        Func<CancellationToken, Task> Wait(TimeSpan time) => _ =>
        {
            order.Add("turn");
            clock.Advance(time);
            return Task.CompletedTask;
        };
    }

    [Fact]
    public async Task Nobody_is_told_of_a_departure_between_the_look_at_the_fence_and_the_socket()
    {
        using var arrived = new ManualResetEvent(false);
        await using var graph = new LoopbackGraph(socket =>
        {
            arrived.Set();
            return LoopbackGraph.Answer(200, Accepted)(socket);
        });
        using var connection = Connect(graph.Address);
        var hadLeft = false;
        var request = Request() with { Leaving = () => hadLeft = arrived.WaitOne(TimeSpan.FromSeconds(10)) };

        await new GraphSender(connection).Send(request, CancellationToken.None);

        Assert.True(hadLeft);
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        await using var graph = new LoopbackGraph(
            LoopbackGraph.Answer(307, string.Empty, "Location: /elsewhere\r\n"), LoopbackGraph.Answer(200, Accepted));
        using var connection = Connect(graph.Address);
        var outcome = await new GraphSender(connection).Send(Request(), CancellationToken.None);
        Assert.Equal((SendOutcomeKind.Refused, "http_307"), (outcome.Kind, outcome.Error!.Reason));
        Assert.Single(graph.Requests);
    }

    [Fact]
    public void Request_does_not_tell_its_token_or_text() =>
        Assert.Equal("GraphSendRequest", Request().ToString());

    [Fact]
    public async Task Own_number_is_read()
    {
        await using var graph = new LoopbackGraph(LoopbackGraph.Answer(
            200,
            """
            {"id":"73","display_phone_number":"+49 30 1","verified_name":"Shop","status":"CONNECTED",
            "quality_rating":"GREEN","throughput":{"level":"HIGH"},"platform_type":"CLOUD_API","is_on_biz_app":true,
            "whatsapp_business_manager_messaging_limit":"TIER_2K"}
            """));
        using var connection = Connect(graph.Address);
        var reading = await new GraphNumberReader(connection).Read("73", "token-1", CancellationToken.None);
        Assert.Null(reading.Failure);
        Assert.Equal(
            new GraphNumber("73", "+49 30 1", "Shop", "CONNECTED", "GREEN", "HIGH", "TIER_2K", true), reading.Number);
        Assert.StartsWith("GET /v25.0/73?fields=id,", graph.Requests[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"error":{"code":190}}""", SendOutcomeKind.Refused)]
    [InlineData(400, """{"error":{"code":100,"error_subcode":33}}""", SendOutcomeKind.Refused)]
    [InlineData(200, """{"id":"74","display_phone_number":"+49"}""", SendOutcomeKind.Refused)]
    [InlineData(200, """{"id":"73","mime_type":"image/png"}""", SendOutcomeKind.Refused)]
    [InlineData(404, "<html>", SendOutcomeKind.Refused)]
    [InlineData(429, "{}", SendOutcomeKind.NotSent)]
    [InlineData(500, "{}", SendOutcomeKind.NotSent)]
    [InlineData(502, "<html>", SendOutcomeKind.NotSent)]
    public async Task Other_answers_prove_nothing(int httpStatus, string body, SendOutcomeKind kind)
    {
        await using var graph = new LoopbackGraph(LoopbackGraph.Answer(httpStatus, body));
        using var connection = Connect(graph.Address);
        var reading = await new GraphNumberReader(connection).Read("73", "token-1", CancellationToken.None);
        Assert.Null(reading.Number);
        Assert.Equal(kind, reading.Failure!.Kind);
    }

    [Fact]
    public async Task Unreachable_graph_proves_nothing()
    {
        using var connection = Connect(ClosedPort());
        var reading = await new GraphNumberReader(connection).Read("73", "token-1", CancellationToken.None);
        Assert.Equal(new GraphNumberReading(null, SendOutcome.NotSent("no_answer")), reading);
    }

    [Fact]
    public void Options_tell_all_their_mistakes()
    {
        var options = new CloudApiOptions
        {
            GraphBaseUrl = new Uri("https://graph.example.test/v25.0"),
            ApiVersion = "25",
            SendTimeout = TimeSpan.Zero,
            ConnectionsMax = 0,
        };
        Assert.Equal(4, options.Mistakes().Count);
        Assert.Throws<ArgumentException>(() => new GraphConnection(options, clock));
        Assert.Empty(new CloudApiOptions().Mistakes());
    }

    private GraphConnection Connect(Uri address) => new(new CloudApiOptions { GraphBaseUrl = address }, clock);

    private GraphSendRequest Request() => new(
        "730000000000011",
        "token-1",
        new Recipient("4915112345678", null),
        new TextContent("hi", false),
        null,
        "cb-1",
        clock.GetTimestamp());

    private static Uri ClosedPort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new Uri($"http://127.0.0.1:{port}");
    }
}
