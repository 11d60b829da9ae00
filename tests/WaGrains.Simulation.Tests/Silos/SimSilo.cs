using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Silos;

/// <summary>A silo by its stable name: it dies and is born again over the same store.</summary>
internal sealed class SimSilo(SimWorld world, SimCluster cluster, int index)
{
    private SimLife? _life;

    public int Index => index;

    public string Name { get; } = $"silo-{index}";

    public Dice Dice { get; } = Dice.For(world.Plan.Seed, 10 + index);

    public SiloClock Clock { get; } = new(
        world.Clock, Dice.For(world.Plan.Seed, 30 + index).Seconds(-world.Plan.ClockOff, world.Plan.ClockOff));

    /// <summary>Its present life, if the cluster counts it among its members.</summary>
    public SimLife? Member => _life is { IsMember: true } life ? life : null;

    /// <summary>Comes to life, unless it lives and is a member.</summary>
    public void Begin()
    {
        if (Member is not null)
        {
            return;
        }

        _life?.Die("replaced");
        _life = new SimLife(world, this, world.Store.Open(Name));
        world.Trace.Line($"born {Name} {_life.Generation}");
        _life.Begin();
        cluster.Joined();
    }

    /// <summary>Its life has ended; another begins in a while after <paramref name="wait"/>, and the others
    /// notice.</summary>
    public void Died(SimLife life, TimeSpan wait)
    {
        cluster.Left(life);
        world.After(wait + Dice.Seconds(0.5, 8), () =>
        {
            if (_life == life)
            {
                Begin();
            }
        });
    }

    /// <summary>Declared dead by the others while it lives on: its fence closes, its owners are placed elsewhere. Its
    /// next life begins <paramref name="wait"/> later at the earliest.</summary>
    public void Outvote(TimeSpan wait)
    {
        if (Member is { } life)
        {
            world.Trace.Line($"outvoted {Name}");
            world.Store.DeclareDead(Name);
            life.Outvote();
            world.Each(checker => checker.VotedOut(life.Generation));
            Died(life, wait);
        }
    }

    /// <summary>Its machine stops for a while; the others may have lost patience by the time it wakes.</summary>
    public void Pause(TimeSpan time, TimeSpan? outvotedAfter)
    {
        if (Member is not { } life || life.IsPaused)
        {
            return;
        }

        life.Pause(time);
        if (outvotedAfter is { } patience && patience < time)
        {
            world.After(patience, () =>
            {
                if (Member == life)
                {
                    Outvote(time - patience);
                }
            });
        }
    }
}
