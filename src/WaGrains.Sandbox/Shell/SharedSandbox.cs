using System.Threading.Channels;

namespace WaGrains.Sandbox.Shell;

/// <summary>One core behind one lock, and the bell that wakes its loop when something has become due sooner.</summary>
internal sealed class SharedSandbox(SandboxCore core, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _sleepsUntil = DateTimeOffset.MaxValue;

    // One pending ring is as good as many: dropping the others loses nothing.
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChannelReader<bool> Bell => _bell.Reader;

    public T Use<T>(Func<SandboxCore, DateTimeOffset, T> act)
    {
        lock (_gate)
        {
            var result = act(core, clock.GetUtcNow());
            if (core.NextDue < _sleepsUntil)
            {
                Ring();
            }

            return result;
        }
    }

    public void Ring() => _bell.Writer.TryWrite(true);

    /// <summary>What is to be posted now, and how long until the next look; null = until the bell rings.</summary>
    public (IReadOnlyList<Webhooks.WebhookCall> Calls, TimeSpan? Wait) TakeDue(int most)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var calls = core.TakeDue(now, most);
            var due = core.NextDue;
            _sleepsUntil = due ?? DateTimeOffset.MaxValue;
            return (calls, due is { } at ? (at > now ? at - now : TimeSpan.Zero) : null);
        }
    }
}
