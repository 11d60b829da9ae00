using System.Runtime.InteropServices;
using WaGrains.Sandbox.Shell;

var configuration = new ConfigurationBuilder()
    .AddJsonFile(Path.GetFullPath("sandbox.json"), optional: true)
    .AddEnvironmentVariables()
    .AddCommandLine(args)
    .Build();
var options = SandboxConfiguration.Read(configuration);
if (options.Problems() is { Count: > 0 } problems)
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, problems));
    return 1;
}

await using var app = SandboxServer.Build(options, [options.Url, .. options.AlsoOn]);
using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
await app.StartAsync(stopping.Token);
Console.WriteLine($"sandbox on {options.Url}, calling back {options.CallbackUrl}");
await CountsLine.Print(app, Console.Out, stopping.Token);
await app.StopAsync(CancellationToken.None);
return 0;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
