using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Silos;

/// <summary>A silo by its stable name: it dies and is born again over the same store.</summary>
internal sealed class SimSilo(SimWorld world, SimCluster cluster, int index)
{
    private SimLife? _life;

    public int Index => index;

    public string Name { get; } = $"silo-{index}";

    public Dice Dice { get; } = Dice.For(world.Plan.Seed, 10 + index);

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
    }

    /// <summary>Its life has ended; another begins in a while, and the others notice.</summary>
    public void Died(SimLife life)
    {
        cluster.Left(life);
        world.After(Dice.Seconds(0.5, 8), () =>
        {
            if (_life == life)
            {
                Begin();
            }
        });
    }

    /// <summary>Declared dead by the others while it lives on: its fence closes, its owners are placed
    /// elsewhere.</summary>
    public void Outvote()
    {
        if (Member is { } life)
        {
            world.Trace.Line($"outvoted {Name}");
            world.Store.DeclareDead(Name);
            life.IsMember = false;
            Died(life);
        }
    }
}
