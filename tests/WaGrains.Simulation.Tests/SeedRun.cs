using System.Collections.Concurrent;
using System.Globalization;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests;

/// <summary>Runs worlds, each on a thread of its own with room for deep inline continuations, two at a time.</summary>
internal static class SeedRun
{
    private const int StackBytes = 16 * 1024 * 1024;
    private const int Lanes = 2;
    private const int TraceLines = 400_000;

    /// <summary>Runs one world.</summary>
    public static SimWorld One(SimPlan plan)
    {
        SimWorld? world = null;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    world = new SimWorld(plan);
                    world.Run();
                }
                catch (Exception error)
                {
                    failure = error;
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        return failure is null ? world! : throw new InvalidOperationException($"seed {plan.Seed} threw", failure);
    }

    /// <summary>Runs these plans; returns a report of each that failed, in the order of their seeds.</summary>
    public static IReadOnlyList<string> Many(IEnumerable<SimPlan> plans)
    {
        var waiting = new ConcurrentQueue<SimPlan>(plans);
        var failed = new ConcurrentDictionary<ulong, string>();
        var lanes = Enumerable.Range(0, Lanes).Select(_ => new Thread(() =>
        {
            while (waiting.TryDequeue(out var plan))
            {
                if (Failure(plan) is { } report)
                {
                    failed[plan.Seed] = report;
                }
            }
        })).ToList();
        lanes.ForEach(lane => lane.Start());
        lanes.ForEach(lane => lane.Join());
        return [.. failed.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
    }

    /// <summary>What a failing plan says: the command that replays it first and last, the findings between.</summary>
    public static string? Failure(SimPlan plan)
    {
        try
        {
            var world = One(plan);
            return world.Findings.Count == 0 ? null : Describe(world);
        }
        catch (InvalidOperationException error)
        {
            return $"{Command(plan)}\n{error}\n{Command(plan)}";
        }
    }

    private static string Describe(SimWorld world)
    {
        var command = Command(world.Plan);
        if (Environment.GetEnvironmentVariable("WAGRAINS_SIM_TRACE") is { Length: > 0 } file)
        {
            File.WriteAllLines(file, One(world.Plan with { TraceLines = TraceLines }).Trace.Last);
        }

        return $"{command}\n{string.Join('\n', world.Findings)}\n{world.Plan}\n{command}";
    }

    private static string Command(SimPlan plan)
    {
        var (seeds, test) = plan.Silos > 1
            ? ("WAGRAINS_CLUSTER_SEEDS", "Cluster_seeds")
            : ("WAGRAINS_SEEDS", "Fresh_seeds");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"WAGRAINS_SEED={plan.Seed} {seeds}=1 dotnet test tests/WaGrains.Simulation.Tests --filter {test}");
    }
}
