using System.Runtime.InteropServices;
using WaGrains.LocalCluster;
using WaGrains.LocalCluster.Faults;
using WaGrains.LocalCluster.Sends;

const int Good = 0, Violated = 1, WrongUsage = 2, NoRig = 3, StoppedByHand = 130;
RigOptions options;
try
{
    options = RigOptions.Read(args);
    if (options.Only is { } only && FaultRounds.Kinds.All(kind => kind.Name != only))
    {
        throw new FormatException($"--only takes {string.Join(", ", FaultRounds.Kinds.Select(kind => kind.Name))}.");
    }
}
catch (FormatException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return WrongUsage;
}

if (options is { Only: "cut", OwnNetwork: false })
{
    Console.WriteLine("cut: skipped, this machine gives the run no network of its own (unshare --net)");
    return Good;
}

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
try
{
    await using var rig = await Rig.Start(options, stopping.Token);
    if (options.IsJudged)
    {
        return await (options.Send is null
            ? new FaultRounds(rig, options, Console.Out).Execute(stopping.Token)
            : new SendRuns(rig, options, Console.Out).Execute(stopping.Token)) ? Good : Violated;
    }

    Console.WriteLine(
        $"{options.Silos} silos serve behind {rig.ProxyUrl} (owner's key in {rig.KeyFile}, the operator's beside it)");
    Console.WriteLine($"silos by themselves: {string.Join(", ", rig.Seats)}; customers and Meta: {rig.SandboxUrl}");
    Console.WriteLine($"logs: {options.Folder}; to end it: Ctrl-C, or deploy/local-cluster stop");
    await Task.Delay(Timeout.InfiniteTimeSpan, stopping.Token);
    return Good;
}
catch (RigException broken)
{
    await Console.Error.WriteLineAsync($"{broken.Message} Logs: {options.Folder}");
    return NoRig;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return options.IsJudged ? StoppedByHand : Good;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
