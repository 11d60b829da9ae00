using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WaGrains.Host.Tests.Silo;

/// <summary>Answers everybody who connects with one error of PostgreSQL's, on the real wire (protocol 3.0,
/// "ErrorResponse", https://www.postgresql.org/docs/15/protocol-message-formats.html, read 2026-11-22).</summary>
internal sealed class RefusingServer : IAsyncDisposable
{
    private const int Preface = 8;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RefusingServer(string code)
    {
        _listener.Start();
        _running = Run(Encoding.ASCII.GetBytes($"SFATAL\0VFATAL\0C{code}\0Mrefused\0\0"));
    }

    public string Connection =>
        $"Host=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port};Username=u;Password=p;Database=d";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task Run(byte[] error)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await Refuse(client.GetStream(), error);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Refuse(NetworkStream stream, byte[] error)
    {
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length, _stop.Token);
            var rest = new byte[BinaryPrimitives.ReadInt32BigEndian(length) - length.Length];
            await stream.ReadExactlyAsync(rest, _stop.Token);
            if (rest.Length + length.Length > Preface)
            {
                break;
            }

            // It asks for encryption first.
            await stream.WriteAsync("N"u8.ToArray(), _stop.Token);
        }

        var answer = new byte[1 + length.Length + error.Length];
        answer[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(answer.AsSpan(1), length.Length + error.Length);
        error.CopyTo(answer, 1 + length.Length);
        await stream.WriteAsync(answer, _stop.Token);
    }
}
