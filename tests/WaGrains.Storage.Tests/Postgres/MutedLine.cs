using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace WaGrains.Storage.Tests.Postgres;

/// <summary>
/// A line to the server that can be told to swallow answers: what is asked arrives, what is answered does not, and then
/// the line is dead.
/// </summary>
public sealed class MutedLine : IAsyncDisposable
{
    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _port;
    private readonly Task _serving;
    private volatile bool _mute;

    public MutedLine(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        _port = builder.Port;
        _door.Start();
        builder.Port = ((IPEndPoint)_door.LocalEndpoint).Port;
        Connection = builder.ToString();
        _serving = Serve();
    }

    /// <summary>How to reach the server over this line.</summary>
    public string Connection { get; }

    /// <summary>The next answer is swallowed.</summary>
    public void Mute() => _mute = true;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _door.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task Serve()
    {
        List<Task> lines = [];
        try
        {
            while (true)
            {
                lines.Add(Carry(await _door.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task Carry(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _port, _end.Token);
            await await Task.WhenAny(
                Copy(near.GetStream(), far.GetStream(), answers: false),
                Copy(far.GetStream(), near.GetStream(), answers: true));
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException or SocketException)
        {
            // One side has gone; so does the other.
        }
    }

    private async Task Copy(NetworkStream from, NetworkStream into, bool answers)
    {
        var buffer = new byte[8192];
        while (await from.ReadAsync(buffer, _end.Token) is > 0 and var read)
        {
            if (answers && _mute)
            {
                _mute = false;
                return;
            }

            await into.WriteAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }
}
