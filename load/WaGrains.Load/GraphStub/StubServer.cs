using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WaGrains.Load.Exchanges;

namespace WaGrains.Load.GraphStub;

/// <summary>
/// The part of Meta's Graph API a host needs to send: accepts messages, then has their three statuses posted back. It
/// has no limits of its own. One server serves all runs of the process, one after another and, for different tenants,
/// at once.
/// </summary>
internal sealed class StubServer : IAsyncDisposable
{
    private const int BodyBytesMax = 65_536;
    private static readonly byte[] ReceiptAnswer = """{"success":true}"""u8.ToArray();
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (Ledger Ledger, Connections Connections)> _runs =
        new(StringComparer.Ordinal);

    private long _requests;

    private StubServer(WebApplication app)
    {
        _app = app;
        ((IApplicationBuilder)app).Run(Handle);
    }

    /// <summary>Requests of any kind so far; stands still when the host has nothing more to send.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<StubServer> Start(Uri url, CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls(url.GetLeftPart(UriPartial.Authority)).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        var server = new StubServer(builder.Build());
        await server._app.StartAsync(stop);
        return server;
    }

    /// <summary>From now on sends of this run's numbers belong to it.</summary>
    public void Attach(Ledger ledger, Connections connections) =>
        _runs[ledger.Population.NumberPrefix] = (ledger, connections);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task Handle(HttpContext http)
    {
        Interlocked.Increment(ref _requests);
        var path = http.Request.Path.Value ?? "";
        if (!path.StartsWith("/v", StringComparison.Ordinal))
        {
            await Refuse(http, 404, 100, "Unknown path components");
        }
        else if (!http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal))
        {
            await Refuse(http, 401, 190, "Invalid OAuth access token");
        }
        else if (HttpMethods.IsGet(http.Request.Method))
        {
            await Answer(http, 200, NumberOf(path));
        }
        else if (!path.EndsWith("/messages", StringComparison.Ordinal))
        {
            await Answer(http, 200, ReceiptAnswer);
        }
        else
        {
            await Accept(http, path);
        }
    }

    private async Task Accept(HttpContext http, string path)
    {
        var request = await ReadBody(http);
        if (request.IsReadReceipt)
        {
            await Answer(http, 200, ReceiptAnswer);
            return;
        }

        if (!request.IsValid || request.To is not { Length: > 0 } recipient)
        {
            await Refuse(http, 400, 100, "Invalid parameter");
            return;
        }

        if (RunOf(path) is not ({ } ledger, { } connections))
        {
            await Refuse(http, 503, 2, "Service temporarily unavailable");
            return;
        }

        var isReply = ledger.TryReply(request.Id, out var exchange, out var outbound);
        await Answer(http, 200, Accepted(recipient, MessageIds.Of(ledger.Run, outbound)));
        if (isReply)
        {
            PostStatuses(connections, exchange, outbound, request.Callback);
        }
    }

    // /v23.0/{phone_number_id}/messages: the id begins with its tenant's prefix.
    private (Ledger? Ledger, Connections? Connections) RunOf(string path)
    {
        var number = path.AsSpan()[..path.LastIndexOf('/')];
        number = number[(number.LastIndexOf('/') + 1)..];
        return number.Length > Population.PrefixLength
            && _runs.GetAlternateLookup<ReadOnlySpan<char>>()
                .TryGetValue(number[..Population.PrefixLength], out var run)
            ? run
            : default;
    }

    // All three at once, like Meta, which neither waits for one to be answered nor keeps their order.
    private static void PostStatuses(Connections connections, int exchange, int outbound, byte[]? callback)
    {
        var now = Stopwatch.GetTimestamp();
        connections.Enqueue(new Work(WorkKind.Status, exchange, now, StatusKind.Sent, outbound, callback));
        connections.Enqueue(new Work(WorkKind.Status, exchange, now, StatusKind.Delivered, outbound, callback));
        connections.Enqueue(new Work(WorkKind.Status, exchange, now, StatusKind.Read, outbound, callback));
    }

    private static async ValueTask<SendRequest> ReadBody(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        var read = await reader.ReadAsync(http.RequestAborted);
        while (!read.IsCompleted)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync(http.RequestAborted);
        }

        var request = SendRequest.Read(read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray());
        reader.AdvanceTo(read.Buffer.End);
        return request;
    }

    private static byte[] Accepted(string recipient, ulong id) => Encoding.ASCII.GetBytes(
        $$"""{"messaging_product":"whatsapp","contacts":[{"input":"{{recipient}}","""
        + $$"""
        "wa_id":"{{recipient.TrimStart('+')}}"}],
        """
        + $$"""
        "messages":[{"id":"{{MessageIds.OutboundPrefix}}{{id:X16}}{{MessageIds.Suffix}}","message_status":"accepted"}]}
        """);

    // A host proves that a number belongs to a tenant by reading it with the tenant's token.
    private static byte[] NumberOf(string path)
    {
        var id = path[(path.LastIndexOf('/') + 1)..];
        return Encoding.UTF8.GetBytes(
            $$"""{"id":"{{id}}","display_phone_number":"551130{{id[Math.Max(0, id.Length - 6)..]}}","""
            + """
            "verified_name":"Load","quality_rating":"GREEN","throughput":{"level":"HIGH"},"platform_type":"CLOUD_API"}
            """);
    }

    private static Task Refuse(HttpContext http, int status, int code, string message) =>
        Answer(http, status, Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""
            {"error":{"message":"{{{message}}}","type":"OAuthException","code":{{{code}}},"fbtrace_id":"load"}}
            """)));

    private static async Task Answer(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=UTF-8";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }
}
