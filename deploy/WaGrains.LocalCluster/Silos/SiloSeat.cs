using System.Globalization;
using WaGrains.LocalCluster.Processes;

namespace WaGrains.LocalCluster.Silos;

/// <summary>The place of one silo: its name and ports are fixed, the process in it comes and goes.</summary>
/// <param name="index">From 0.</param>
/// <param name="setting">What all silos share.</param>
internal sealed class SiloSeat(int index, SiloSetting setting) : IAsyncDisposable
{
    // Long enough that a silo that ends at once does not fill the log.
    private static readonly TimeSpan BeforeRestart = TimeSpan.FromSeconds(1);

    // A user of its own per silo lets a routing rule tell the traffic of one silo from another's.
    private const int FirstUser = 64_100;

    private const int FirstGraphAddress = 11;

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Child? _child;
    private Task _keeping = Task.CompletedTask;
    private TaskCompletionSource _mayStart = Opened();
    private TaskCompletionSource<int> _ended = New();

    /// <summary>Its stable name in the cluster.</summary>
    public string Name { get; } = $"silo-{index + 1}";

    /// <summary>Where it serves HTTP.</summary>
    public Uri Url { get; } = new($"http://127.0.0.1:{5080 + setting.PortOffset + (index * 100)}");

    /// <summary>Where the other silos reach it.</summary>
    public int SiloPort { get; } = 11_111 + setting.PortOffset + index;

    /// <summary>Where it reaches the sandbox: at an address that no other silo has, which tells its calls from
    /// theirs.</summary>
    public Uri GraphUrl { get; } = new($"http://127.0.0.{FirstGraphAddress + index}:{setting.Graph.Port}");

    /// <summary>The id of the process in the seat; null while it is empty.</summary>
    public int? Pid
    {
        get
        {
            lock (_gate)
            {
                return _child?.Pid;
            }
        }
    }

    /// <summary>The user its process runs as, where users are told apart.</summary>
    public int UserId { get; } = FirstUser + index;

    /// <summary>Completes with the exit code of the process that is in the seat now.</summary>
    public Task<int> Ended
    {
        get
        {
            lock (_gate)
            {
                return _ended.Task;
            }
        }
    }

    /// <summary>Starts the silo, and again whenever it ends, until the seat is given up.</summary>
    public void Occupy() => _keeping = Keep(_stop.Token);

    /// <summary>From now on a silo that ends is not started again until <see cref="LetRestart"/>.</summary>
    public void HoldRestart()
    {
        lock (_gate)
        {
            if (_mayStart.Task.IsCompleted)
            {
                _mayStart = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Ends <see cref="HoldRestart"/>.</summary>
    public void LetRestart()
    {
        lock (_gate)
        {
            _mayStart.TrySetResult();
        }
    }

    /// <summary>Signals the process in the seat.</summary>
    public void Send(Signal signal)
    {
        lock (_gate)
        {
            _child?.Send(signal);
        }
    }

    /// <summary>Stops the silo in good order and leaves the seat empty.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        _stop.Dispose();
    }

    private async Task Keep(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await StartPermitted().WaitAsync(stopping);
                await using var child = Child.Start(setting.Plan(this, index));
                Sit(child);
                var code = await child.Ended.WaitAsync(stopping);
                Leave(code);
                setting.Tell($"{Name} has ended with {code} and is started again");
                await Task.Delay(BeforeRestart, TimeProvider.System, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The seat is given up; leaving the block above has ended the process.
        }
    }

    private Task StartPermitted()
    {
        lock (_gate)
        {
            return _mayStart.Task;
        }
    }

    private void Sit(Child child)
    {
        lock (_gate)
        {
            _child = child;
            _ended = _ended.Task.IsCompleted ? New() : _ended;
        }
    }

    private void Leave(int code)
    {
        lock (_gate)
        {
            _child = null;
            _ended.TrySetResult(code);
        }
    }

    private static TaskCompletionSource<int> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        opened.SetResult();
        return opened;
    }

    /// <inheritdoc/>
    public override string ToString() => Name + " on " + Url.Port.ToString(CultureInfo.InvariantCulture);
}
