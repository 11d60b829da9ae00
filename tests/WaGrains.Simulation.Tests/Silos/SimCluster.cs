using WaGrains.Domain.Ids;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Silos;

/// <summary>Which silos live, and where each owner does: the directory and placement that Orleans gives the
/// product.</summary>
internal sealed class SimCluster
{
    private readonly SimWorld _world;
    private readonly SimSilo[] _silos;
    private readonly Dictionary<OwnerKey, SimLife> _directory = [];
    private readonly Dice _dice;

    public SimCluster(SimWorld world)
    {
        _world = world;
        _dice = Dice.For(world.Plan.Seed, 2);
        _silos = [.. Enumerable.Range(0, world.Plan.Silos).Select(i => new SimSilo(world, this, i))];
    }

    public IReadOnlyList<SimSilo> Silos => _silos;

    /// <summary>Members of the cluster; one that was declared dead and lives on is none.</summary>
    public IReadOnlyList<SimLife> Members => [.. _silos.Select(silo => silo.Member).OfType<SimLife>()];

    public long Unclaimed { get; set; }

    public void Start()
    {
        foreach (var silo in _silos)
        {
            silo.Begin();
        }
    }

    /// <summary>Faults are over: whoever is dead comes back.</summary>
    public void Calm()
    {
        foreach (var silo in _silos)
        {
            silo.Begin();
        }
    }

    /// <summary>Where an owner lives; it is placed where it does not live yet. Null while there is no silo.</summary>
    public SimLife? Home(OwnerKey owner)
    {
        if (_directory.TryGetValue(owner, out var life) && life.IsMember)
        {
            return life;
        }

        return Ring(owner) is { } placed ? _directory[owner] = placed : null;
    }

    /// <summary>Which member an owner is placed on: a number and its conversations share one (design 3).</summary>
    public SimLife? Ring(OwnerKey owner)
    {
        var place = owner.Kind == OwnerKind.Conversation ? OwnerKey.Of(owner.Tenant, owner.Conversation.Number) : owner;
        SimLife? best = null;
        var lowest = ulong.MaxValue;
        foreach (var silo in _silos)
        {
            if (silo.Member is not { } member)
            {
                continue;
            }

            var rank = Mix((ulong)place.Id, (ulong)place.Kind, place.Tenant.Value[^1], (ulong)silo.Index);
            (best, lowest) = best is null || rank < lowest ? (member, rank) : (best, lowest);
        }

        return best;
    }

    /// <summary>An owner leaves the silo it lived on: its next message brings it to life where it is placed.</summary>
    public void Vacate(OwnerKey owner, SimLife from)
    {
        if (_directory.GetValueOrDefault(owner) == from)
        {
            _directory.Remove(owner);
        }
    }

    /// <summary>A member has come: what is placed on it now goes there.</summary>
    public void Joined()
    {
        foreach (var member in Members)
        {
            member.MoveOut();
        }
    }

    /// <summary>The directory errs: the next call brings the owner to life a second time, on another silo.</summary>
    public void Displace(OwnerKey owner, SimLife from)
    {
        if (Members.FirstOrDefault(member => member != from) is { } other)
        {
            _directory[owner] = other;
            _world.After(_dice.Seconds(5, 30), () => Reunite(owner, other));
        }
    }

    /// <summary>The directory has noticed: the second life of the owner ends, the first goes on with what it
    /// remembers.</summary>
    private void Reunite(OwnerKey owner, SimLife second)
    {
        if (_directory.GetValueOrDefault(owner) == second && Ring(owner) != second)
        {
            _directory.Remove(owner);
            second.Leave(owner);
        }
    }

    public SimLife? Anyone() => Members is { Count: > 0 } members ? _dice.Pick(members) : null;

    /// <summary>A member has gone: its range falls to the others, who wake what it owed.</summary>
    public void Left(SimLife gone)
    {
        foreach (var owner in _directory.Where(entry => entry.Value == gone).Select(entry => entry.Key).ToList())
        {
            _directory.Remove(owner);
        }

        foreach (var member in Members)
        {
            member.WakeAll();
            member.Remind();
        }
    }

    private static ulong Mix(params ReadOnlySpan<ulong> values)
    {
        var hash = 14695981039346656037;
        foreach (var value in values)
        {
            hash = (hash ^ value) * 1099511628211;
            hash ^= hash >> 29;
        }

        return hash;
    }
}
