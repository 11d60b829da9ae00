using System.Net;
using System.Net.Sockets;

namespace WaGrains.Host.Silo;

/// <summary>
/// Ports of 127.0.0.1 to listen on, for what cannot ask the system for one at the moment it listens. They lie below
/// those the system gives to outgoing connections (from 32768 on Linux, 49152 elsewhere), so that no connection takes
/// one between its choice and its use; processes that choose at the same time begin at different places.
/// </summary>
public static class FreePorts
{
    private const int First = 20_000;
    private const int Count = 12_000;

    // Neighbours in time are neighbours in process number: each begins its own stretch.
    private const int Stretch = 32;

    private static uint _drawn = (uint)(Environment.ProcessId * Stretch);

    /// <summary>A port nobody listens on, other than those this process was given before.</summary>
    /// <exception cref="InvalidOperationException">All are taken.</exception>
    public static int Next()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + (int)(Interlocked.Increment(ref _drawn) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"All ports from {First} to {First + Count - 1} are taken.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
