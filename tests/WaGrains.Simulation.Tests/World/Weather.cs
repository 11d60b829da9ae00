using WaGrains.Simulation.Tests.Silos;

namespace WaGrains.Simulation.Tests.World;

/// <summary>What goes wrong by itself: deaths, outvoted silos, spells without the store, owners that leave memory or
/// come to life twice.</summary>
internal sealed class Weather
{
    private readonly SimWorld _world;
    private readonly Dice _dice;

    private Weather(SimWorld world)
    {
        _world = world;
        _dice = Dice.For(world.Plan.Seed, 4);
    }

    public static void Begin(SimWorld world)
    {
        var weather = new Weather(world);
        weather.Every(world.Plan.CrashSeconds, weather.Crash);
        weather.Every(world.Plan.OutageSeconds, weather.LoseStore);
        weather.Every(world.Plan.ZombieSeconds, () => weather._dice.Pick(world.Cluster.Silos).Outvote(TimeSpan.Zero));
        weather.Every(world.Plan.PauseSeconds, weather.Pause);
        weather.Every(world.Plan.TwinSeconds, weather.MakeTwin);
        weather.Every(world.Plan.EvictSeconds, weather.Evict);
        weather.Every(world.Plan.Refusal > 0 ? 5 / world.Plan.Refusal : 0, weather.Refuse);
    }

    private void Every(double meanSeconds, Action happen)
    {
        if (meanSeconds <= 0)
        {
            return;
        }

        _world.After(_dice.Exponential(meanSeconds), () =>
        {
            if (_world.IsStormy)
            {
                happen();
                Every(meanSeconds, happen);
            }
        });
    }

    private void Crash()
    {
        if (_dice.Pick(_world.Cluster.Silos).Member is { } life)
        {
            life.Committer.DieAt((DeathPoint)_dice.Below(4));
        }
    }

    private void LoseStore()
    {
        _world.Store.IsAway = true;
        _world.Trace.Line($"store away");
        _world.After(_dice.Seconds(0.1, _world.Plan.OutageLongest), () => _world.Store.IsAway = false);
    }

    /// <summary>A dead or hung silo is voted out in 2 to 4 s, unless it answers its probes just in time (design
    /// 3).</summary>
    private void Pause() => _dice.Pick(_world.Cluster.Silos).Pause(
        _dice.Seconds(1, 25), _dice.Happens(0.8) ? _dice.Seconds(2, 4) : null);

    private void MakeTwin()
    {
        if (_world.Cluster.Anyone() is not { Seats.Count: > 0, IsPaused: false } life)
        {
            return;
        }

        var seat = _dice.Pick([.. life.Seats]);
        if (_world.Plan.Silos > 1)
        {
            _world.Cluster.Displace(seat.Owner, life);
        }
        else
        {
            life.Evict(seat);
        }
    }

    private void Evict()
    {
        if (_world.Cluster.Anyone() is { Seats.Count: > 0, IsPaused: false } life
            && _dice.Pick([.. life.Seats]) is { IsIdle: true } seat)
        {
            life.Evict(seat);
        }
    }

    private void Refuse()
    {
        var sandbox = _dice.Pick(_world.Tenants).Sandbox;
        switch (_dice.Below(6))
        {
            case 0:
                sandbox.RefuseNext(1 + _dice.Below(3), 130429);
                break;
            case 1:
                sandbox.RefuseUntil(_world.Clock.Now + _dice.Seconds(1, 10), 130429);
                break;
            case 2:
                sandbox.RefuseNext(1, 131056);
                break;
            case 3:
                sandbox.RefuseNext(1, 131026);
                break;
            case 4:
                sandbox.FailNext(1, 131026);
                break;
            default:
                sandbox.RefuseNext(1, 131000);
                break;
        }
    }
}
