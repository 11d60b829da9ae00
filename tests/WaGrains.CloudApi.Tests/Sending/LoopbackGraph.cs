using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WaGrains.CloudApi.Tests.Sending;

/// <summary>A scripted server on the real wire: request number n meets step number n.</summary>
internal sealed class LoopbackGraph : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Func<Socket, Task<bool>>> steps;
    private readonly ConcurrentQueue<string> requests = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly Task serving;

    public LoopbackGraph(params Func<Socket, Task<bool>>[] steps)
    {
        this.steps = new ConcurrentQueue<Func<Socket, Task<bool>>>(steps);
        listener.Start();
        serving = Serve();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>Answers and keeps the connection.</summary>
    public static Func<Socket, Task<bool>> Answer(int httpStatus, string body, string headers = "") => async socket =>
    {
        var length = Encoding.UTF8.GetByteCount(body);
        await Send(socket, $"HTTP/1.1 {httpStatus} X\r\nContent-Length: {length}\r\n{headers}\r\n{body}");
        return true;
    };

    /// <summary>Sends exactly this text, then closes.</summary>
    public static Func<Socket, Task<bool>> Raw(string answer) => async socket =>
    {
        await Send(socket, answer);
        return false;
    };

    /// <summary>Closes without a word.</summary>
    public static Task<bool> Close(Socket socket) => Task.FromResult(false);

    /// <summary>Resets the connection.</summary>
    public static Task<bool> Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        return Task.FromResult(false);
    }

    /// <summary>Never answers; the connection stays open.</summary>
    public static Task<bool> Silence(Socket socket) => Task.FromResult(true);

    public Task Arrival() => arrived.WaitAsync(stop.Token);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Stop();
        arrived.Dispose();
        stop.Dispose();
    }

    /// <summary>One connection after the other is enough: each test sends one request at a time.</summary>
    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptSocketAsync(stop.Token);
                while (await Request(socket) is { } request)
                {
                    requests.Enqueue(request);
                    var goesOn = steps.TryDequeue(out var step) && await step(socket);
                    arrived.Release();
                    if (!goesOn)
                    {
                        break;
                    }
                }
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task<string?> Request(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (!IsWhole(text.ToString()))
        {
            var length = await socket.ReceiveAsync(buffer, stop.Token);
            if (length == 0)
            {
                return null;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, length));
        }

        return text.ToString();
    }

    private static bool IsWhole(string text)
    {
        const string Length = "Content-Length: ";
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var at = text.IndexOf(Length, StringComparison.Ordinal);
        if (end < 0 || at < 0)
        {
            return end >= 0;
        }

        var line = text[(at + Length.Length)..text.IndexOf('\r', at)];
        return Encoding.UTF8.GetByteCount(text[(end + 4)..])
            >= int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task Send(Socket socket, string text) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(text));
}
