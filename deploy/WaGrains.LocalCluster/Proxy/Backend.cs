namespace WaGrains.LocalCluster.Proxy;

/// <summary>One silo as the proxy sees it.</summary>
internal sealed class Backend(Uri url) : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource _lost = new();

    /// <summary>Where it serves.</summary>
    public Uri Url => url;

    /// <summary>Whether it gets new requests.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Cancelled when the silo stops answering, so that nobody waits for what it had been given.</summary>
    public CancellationToken Lost
    {
        get
        {
            lock (_gate)
            {
                return _lost.Token;
            }
        }
    }

    /// <summary>What a look at its readiness found.</summary>
    public void Found(Readiness readiness)
    {
        lock (_gate)
        {
            IsReady = readiness == Readiness.Ready;
            if (readiness == Readiness.Silent && !_lost.IsCancellationRequested)
            {
                _lost.Cancel();
            }
            else if (readiness != Readiness.Silent && _lost.IsCancellationRequested)
            {
                _lost.Dispose();
                _lost = new CancellationTokenSource();
            }
        }
    }

    public void Dispose() => _lost.Dispose();
}

/// <summary>What a silo says about itself.</summary>
internal enum Readiness
{
    /// <summary>It wants traffic.</summary>
    Ready,

    /// <summary>It answers, and wants none: starting, stopping, without its database.</summary>
    NotReady,

    /// <summary>It does not answer.</summary>
    Silent,
}
