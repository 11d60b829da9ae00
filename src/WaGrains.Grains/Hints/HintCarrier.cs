using WaGrains.Domain.Turns;
using WaGrains.Engine;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;

namespace WaGrains.Grains.Hints;

/// <summary>
/// Carries hints with repeats: an acknowledged call, tried again with back-off until the receiver has committed. One
/// that cannot be delivered for about a minute becomes a mere <see cref="Wake"/>, which goes on being tried: the rows
/// still say what must happen (MUST T3), but whoever remembers otherwise must look at them.
/// </summary>
public sealed class HintCarrier(Func<IOwners> owners, TimeProvider clock, IHintWatch watch)
    : IHintCarrier, IAsyncDisposable
{
    /// <summary>Longer than any receiver takes to notice that nobody waits for it.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _inFlight = new(Limits.HintsInFlightMax);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private int _disposed;

    /// <summary>Hints under way or waiting to be repeated.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <inheritdoc/>
    public void Carry(Tell hint)
    {
        if (Interlocked.Increment(ref _underWay) > Limits.HintsMax || _stop.IsCancellationRequested)
        {
            Ended();
            watch.Dropped(hint);
            return;
        }

        // Not on the committer's thread; the task handles every exception itself, and the counter above is its owner.
        ThreadPool.UnsafeQueueUserWorkItem(
            static state => state.Self.Start(state.Hint), (Self: this, Hint: hint), preferLocal: false);
    }

    /// <summary>Stops repeating and waits until nothing is under way. A container that knows this under two names may
    /// call it twice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stop.CancelAsync();
        if (UnderWay > 0)
        {
            try
            {
                await _idle.Task.WaitAsync(EndsWithin, clock);
            }
            catch (TimeoutException)
            {
                // A receiver that hangs still holds what would be disposed of.
                return;
            }
        }

        _inFlight.Dispose();
        _stop.Dispose();
    }

    private async void Start(Tell hint)
    {
        try
        {
            var wait = Limits.HintBackoffFirst;
            for (var attempt = 1; ; attempt++)
            {
                await _inFlight.WaitAsync(_stop.Token);
                try
                {
                    await owners().Ask(hint.To, hint.Message, _stop.Token);
                    return;
                }
                catch (OwnerUnavailableException)
                {
                    // Tried again below, when its turn among those under way is given up.
                }
                finally
                {
                    _inFlight.Release();
                }

                if (attempt == Limits.HintTriesMax)
                {
                    watch.Dropped(hint);
                    hint = hint with { Message = Wake.Message };
                }

                await Task.Delay(wait, clock, _stop.Token);
                wait = wait * 2 < Limits.HintBackoffLongest ? wait * 2 : Limits.HintBackoffLongest;
            }
        }
        catch (OwnerFailedException failed)
        {
            // A bug in the receiver: it has already been tried twice, so it is set aside and not tried for ever.
            watch.SetAside(hint, failed);
        }
        catch (OperationCanceledException)
        {
            watch.Dropped(hint);
        }
        finally
        {
            Ended();
        }
    }

    /// <summary>One less under way: called for each that was counted, also for one that was not let in.</summary>
    private void Ended()
    {
        if (Interlocked.Decrement(ref _underWay) == 0 && _stop.IsCancellationRequested)
        {
            _idle.TrySetResult();
        }
    }
}

/// <summary>Watches hints that do not arrive.</summary>
public interface IHintWatch
{
    /// <summary>A hint was given up: its receiver is told to look at its rows instead, or there was no room for it and
    /// recovery finds them.</summary>
    void Dropped(Tell hint);

    /// <summary>A receiver threw each time: keep the input as a dead letter.</summary>
    void SetAside(Tell hint, OwnerFailedException failed);
}
