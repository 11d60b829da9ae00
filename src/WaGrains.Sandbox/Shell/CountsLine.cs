using System.Globalization;

namespace WaGrains.Sandbox.Shell;

/// <summary>One line of counts every few seconds, for somebody who watches the sandbox alone.</summary>
internal static class CountsLine
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public static async Task Print(WebApplication app, TextWriter output, CancellationToken stopping)
    {
        using var ticks = new PeriodicTimer(Every, TimeProvider.System);
        try
        {
            while (await ticks.WaitForNextTickAsync(stopping))
            {
                await output.WriteLineAsync(Describe(SandboxServer.Report(app)));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The process stops; the last line has been written.
        }
    }

    private static string Describe(SandboxReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"written {report.InboundMessages.Written} unanswered {report.InboundMessages.Unanswered} "
        + $"accepted {report.MessagesAccepted} rejected {report.MessagesRejectedByCode.Values.Sum()} "
        + $"webhooks {report.Webhooks.Acknowledged}/{report.Webhooks.Created} "
        + $"pending {report.Webhooks.Pending} rules broken {report.RulesBroken}");
}
