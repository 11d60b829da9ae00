namespace WaGrains.Grains.Reports;

/// <summary>How long the silo's last commit took. Written by whoever watches commits, read from any thread.</summary>
public sealed class CommitPulse
{
    private long _lastTicks;

    /// <summary>The last commit's duration; zero where there was none.</summary>
    public TimeSpan Last => TimeSpan.FromTicks(Volatile.Read(ref _lastTicks));

    /// <summary>A commit took so long.</summary>
    public void Beat(TimeSpan took) => Volatile.Write(ref _lastTicks, took.Ticks);
}
