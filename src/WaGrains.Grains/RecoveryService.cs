using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Services;
using WaGrains.Domain.Ids;
using WaGrains.Engine;
using WaGrains.Engine.Recovery;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;

namespace WaGrains.Grains;

/// <summary>Recovery of what lives on this silo.</summary>
public interface IRecoveryService : IGrainService;

/// <summary>
/// Wakes the owners of pending rows that live on this silo: at once all those that did not live here before, whenever
/// silos come and go; those nobody has claimed, every two seconds. It looks where an owner lives and not at the ring,
/// because only there is it known what has been claimed.
/// </summary>
public sealed partial class RecoveryService(
    GrainId id, Silo silo, ILoggerFactory logs, Recovery recovery, RecoveryPlace place)
    : GrainService(id, silo, logs), IRecoveryService
{
    /// <summary>For so long after silos have come or gone owners are still on their way home, and their rows are
    /// claimed where they come from.</summary>
    private static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(15);

    private readonly ILogger _log = logs.CreateLogger<RecoveryService>();
    private readonly TimeProvider _clock = place.Active.Clock;
    private Places _woken = Places.None;
    private long _movedAt;
    private DateTimeOffset _timersReadAt;

    /// <inheritdoc/>
    protected override async Task StartInBackground()
    {
        var stopping = StoppedCancellationTokenSource.Token;
        try
        {
            await place.Active.Reached.WaitAsync(stopping);
            _timersReadAt = _clock.GetUtcNow();
            while (!stopping.IsCancellationRequested)
            {
                var changed = place.Map.Changed;
                await Round(place.Map.Fresh(), stopping);
                await Task.WhenAny(changed, Task.Delay(Limits.UnclaimedAfter, _clock, stopping));
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task Round(Places places, CancellationToken stopping)
    {
        var now = _clock.GetUtcNow();
        try
        {
            if (!ReferenceEquals(places, _woken))
            {
                var before = _woken;
                await recovery.WakeAll(
                    owner => IsHere(places, owner) && !IsHere(before, owner), now, stopping);
                if (before.Silos.Any(silo => !places.Silos.Contains(silo)))
                {
                    recovery.Remind(place.Here.All.Select(here => here.Key));
                }

                var isAlone = before == Places.None && places.Silos.Count == 1;
                _movedAt = isAlone ? _movedAt : _clock.GetTimestamp();
                _woken = places;
            }
            else if (_movedAt == 0 || _clock.GetElapsedTime(_movedAt) > SettlesWithin)
            {
                await recovery.Sweep(owner => IsHere(places, owner), now, stopping);
            }

            if (now - _timersReadAt > Limits.TimerHorizon / 2)
            {
                await recovery.ReadTimers(owner => IsHere(places, owner), now, stopping);
                _timersReadAt = now;
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The store is away, or a silo: the next round finds the same rows.
            RoundFailed(failure.GetType().Name);
            _woken = Places.None;
        }
    }

    private bool IsHere(Places places, OwnerKey owner) => place.Map.IsHere(places, owner);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning,
        Message = "Recovery round failed ({Failure}); the next one takes it up")]
    private partial void RoundFailed(string failure);
}

/// <summary>Where and when recovery works.</summary>
/// <param name="Active">Tells when it may begin.</param>
/// <param name="Map">Who is to live here.</param>
/// <param name="Here">Who lives here now.</param>
public sealed record RecoveryPlace(SiloActive Active, ClusterMap Map, LocalGrains Here);
