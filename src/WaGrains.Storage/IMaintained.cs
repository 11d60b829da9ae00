namespace WaGrains.Storage;

/// <summary>A store that removes by itself what need not be kept any more, when it is told to.</summary>
public interface IMaintained
{
    /// <summary>How far this machine's clock was ahead of the store's when it was last looked at; behind is
    /// negative.</summary>
    TimeSpan ClockAhead { get; }

    /// <summary>Puts the store in order; to be called about once an hour, while it serves.</summary>
    /// <exception cref="Engine.Commits.StoreUnavailableException">It cannot be reached, or something was in use: the
    /// next call goes on.</exception>
    Task Maintain(CancellationToken cancel);

    /// <summary>The data have come back from a backup: places in the feed that were given out lead nowhere from now on,
    /// for what they led to may be forgotten.</summary>
    /// <exception cref="Engine.Commits.StoreUnavailableException">It cannot be reached.</exception>
    Task Restored(CancellationToken cancel);
}
