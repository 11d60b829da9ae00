using WaGrains.Engine.Owners;
using WaGrains.Engine.Recovery;
using WaGrains.Engine.Timers;
using WaGrains.Engine.Turns;
using WaGrains.Grains.Hints;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;

namespace WaGrains.Host.Telemetry;

/// <summary>Levels that are read when somebody asks for metrics.</summary>
internal sealed class Gauges(
    EngineMeters meters, Staging staging, SiloView view, HintCarrier hints, GaugeSources sources)
{
    /// <summary>Publishes the levels; once, at start.</summary>
    public void Publish()
    {
        var meter = meters.Meter;
        meter.CreateObservableGauge(
            "wagrains.turns.staged", () => staging.Waiting, "{turn}", "Turns staged and not yet taken into a commit.");
        meter.CreateObservableGauge(
            "wagrains.hints.under_way", () => hints.UnderWay, "{hint}", "Hints under way or waiting to be repeated.");
        meter.CreateObservableGauge(
            "wagrains.queue.depth", () => view.DepthTotal, "{message}", "Messages waiting in all numbers' queues.");
        meter.CreateObservableGauge(
            "wagrains.queue.oldest",
            () => view.OldestQueued is { } oldest ? (sources.Clock.GetUtcNow() - oldest).TotalSeconds : 0,
            "s",
            "Age of the oldest message waiting in any queue.");
        meter.CreateObservableGauge(
            "wagrains.queue.stuck_numbers", () => view.Stuck(sources.Clock.GetUtcNow()).Count, "{number}",
            "Numbers whose messages could leave and do not: should be 0.");
        meter.CreateObservableGauge(
            "wagrains.timers", () => sources.Wheel.Count, "{timer}", "Owners waiting in the timer wheel.");
        meter.CreateObservableCounter("wagrains.recovery.woken", () => sources.Recovery.Woken, "{owner}",
            "Owners woken because a silo came or went.");
        meter.CreateObservableCounter(
            "wagrains.recovery.unclaimed", () => sources.Recovery.Unclaimed, "{owner}",
            "Owners the safety net had to wake: should stay 0.");
        meter.CreateObservableCounter(
            "wagrains.moved", () => sources.Mover.Moved, "{owner}", "Owners brought to the silo they belong to.");
        meter.CreateObservableGauge(
            "wagrains.pools.without_silos", () => sources.Map.Current.DeadPools.Count, "{pool}",
            "Pools with tenants and no live silo: should be 0.");
        meter.CreateObservableGauge(
            "wagrains.silos", () => sources.Map.Current.Silos.Count, "{silo}", "Silos that may be given grains.");
    }
}

/// <summary>Where the rarer levels come from.</summary>
internal sealed record GaugeSources(
    TimerWheel Wheel, Recovery Recovery, Mover Mover, ClusterMap Map, TimeProvider Clock);
