using System.Threading.Channels;
using WaGrains.Sandbox.Webhooks;

namespace WaGrains.Sandbox.Shell;

/// <summary>
/// Steps the core whenever something is due and posts its webhooks, as many at a time as the policy allows.
/// </summary>
internal sealed class SandboxLoop(
    SharedSandbox sandbox, WebhookPoster poster, SandboxOptions options, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan VerifyAgainFirst = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan VerifyAgainLongest = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _gather = TimeSpan.FromMilliseconds(options.Webhooks.GatherMs);

    // The core never has more in flight than this, so writing never waits.
    private readonly Channel<WebhookCall> _calls = Channel.CreateBounded<WebhookCall>(options.Webhooks.InFlightMax);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Verify(stoppingToken);
            var posters = Enumerable.Range(0, options.Webhooks.InFlightMax).Select(_ => PostCalls(stoppingToken));
            await Task.WhenAll(posters.Append(StepCore(stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; unanswered webhooks die with the process, as the sandbox keeps nothing.
        }
    }

    private async Task Verify(CancellationToken stopping)
    {
        for (var wait = VerifyAgainFirst; !await poster.Verify(stopping);)
        {
            await Task.Delay(wait, clock, stopping);
            wait = wait * 2 < VerifyAgainLongest ? wait * 2 : VerifyAgainLongest;
        }
    }

    private async Task StepCore(CancellationToken stopping)
    {
        await using var alarm = clock.CreateTimer(
            _ => sandbox.Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                var (calls, wait) = sandbox.TakeDue(options.Webhooks.InFlightMax);
                foreach (var call in calls)
                {
                    await _calls.Writer.WriteAsync(call, stopping);
                }

                alarm.Change(Bounded(wait), Timeout.InfiniteTimeSpan);
                await sandbox.Bell.ReadAsync(stopping);
                if (_gather > TimeSpan.Zero)
                {
                    await Task.Delay(_gather, clock, stopping);
                }
            }
        }
        finally
        {
            // Without this the posters would wait for ever and hide why the core is no longer stepped.
            _calls.Writer.TryComplete();
        }
    }

    private async Task PostCalls(CancellationToken stopping)
    {
        await foreach (var call in _calls.Reader.ReadAllAsync(stopping))
        {
            var status = await poster.Post(call, stopping);
            sandbox.Use((core, now) =>
            {
                core.Answered(now, call.Id, status);
                return status;
            });
        }
    }

    /// <summary>Timers take whole milliseconds and at most some weeks; waking early only costs another look.</summary>
    private static TimeSpan Bounded(TimeSpan? wait) =>
        wait is not { } time ? Timeout.InfiniteTimeSpan
        : time > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1)
        : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));
}
