using System.Runtime;
using System.Runtime.InteropServices;
using WaGrains.Load.Options;
using WaGrains.Load.Runs;
using WaGrains.Load.SetUp;
using WaGrains.LocalCluster;

const int Usual = 0, Unsound = 1, WrongUsage = 2, NoSetUp = 3, StoppedByHand = 130;
if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(Usage.Text);
    return Usual;
}

LoadOptions options;
try
{
    options = OptionsReader.Read(args);
}
catch (FormatException mistake)
{
    Console.Error.WriteLine($"{mistake.Message}\n\n{Usage.Text}");
    return WrongUsage;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    // The first Ctrl-C ends the arrivals and still reports; the second ends the process.
    key.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
// Ended from outside it still ends what it has started.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});
GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;

try
{
    var isSound = await Modes.Execute(options, stop.Token);
    return stop.IsCancellationRequested ? StoppedByHand : isSound ? Usual : Unsound;
}
catch (Exception refused) when (refused is SetUpException or RigException or IOException)
{
    Console.Error.WriteLine(refused.Message);
    return NoSetUp;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return StoppedByHand;
}
