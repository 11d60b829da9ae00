using System.Net.Sockets;
using Orleans.Runtime;
using WaGrains.Engine.Commits;

namespace WaGrains.Host.Silo;

/// <summary>Runs the host until it ends, and says how it ended.</summary>
internal static class Run
{
    /// <summary>Starts, serves, stops; gives the process's exit code.</summary>
    /// <param name="app">The host.</param>
    /// <param name="tell">Told in one sentence why it could not start.</param>
    public static async Task<int> RunUntilItEnds(this WebApplication app, Func<string, Task> tell)
    {
        var ending = app.Services.GetRequiredService<Ending>();
        var starting = app.StartAsync();
        if (await Task.WhenAny(starting, ending.Now) == ending.Now)
        {
            return ExitCode.FenceLost;
        }

        try
        {
            await starting;
        }
        catch (Exception failure) when (Reason(failure) is not null)
        {
            var (code, words) = Reason(failure)!.Value;
            await tell(words);
            return code;
        }

        var stopped = app.WaitForShutdownAsync();
        return await Task.WhenAny(stopped, ending.Now) == stopped ? ExitCode.Good : ExitCode.FenceLost;
    }

    private static (int Code, string Words)? Reason(Exception failure)
    {
        for (Exception? at = failure; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse
                    or SocketError.AddressNotAvailable or SocketError.AccessDenied }:
                case Microsoft.AspNetCore.Connections.AddressInUseException:
                    return (
                        ExitCode.BadConfiguration, "An address or port of this silo is taken, or not of this machine.");
                case StoreUnavailableException:
                    return (ExitCode.Unreachable, at.Message);
                case OrleansConfigurationException:
                    return (ExitCode.BadConfiguration, $"The silo cannot be set up: {at.Message}");
                case Orleans.Runtime.MembershipService.OrleansClusterConnectivityCheckFailedException:
                    return (ExitCode.Unreachable, "The other silos of the cluster cannot be reached.");
            }
        }

        return null;
    }
}
