using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Timers;

namespace WaGrains.Engine.Effects;

/// <summary>Carries hints to other owners, with repeats.</summary>
public interface IHintCarrier
{
    /// <summary>Takes a hint; drops and counts it when there is no room.</summary>
    void Carry(Tell hint);
}

/// <summary>Starts calls to Meta and brings their outcomes back to the number.</summary>
public interface IGraphCalls
{
    /// <summary>Takes an attempt that is committed as started. Its call leaves once
    /// <see cref="SendToGraph.NotBefore"/> has come.</summary>
    /// <param name="send">The attempt.</param>
    /// <param name="commitStartedAt">Monotonic time stamp from before its commit was sent (MUST S2).</param>
    void Start(SendToGraph send, long commitStartedAt);
}

/// <summary>Shows what happens to whoever is watching.</summary>
public interface IOnlookers
{
    /// <summary>Shows one event; must be cheap when nobody watches.</summary>
    void Show(Seen seen);
}

/// <summary>Those outside an owner's silo whom its effects reach.</summary>
/// <param name="Hints">Towards other owners.</param>
/// <param name="Graph">Towards Meta.</param>
/// <param name="Onlookers">Towards whoever watches.</param>
public sealed record EffectTargets(IHintCarrier Hints, IGraphCalls Graph, IOnlookers Onlookers);

/// <summary>Which effect goes where: the wiring of the engine on one page.</summary>
public sealed class EffectRoutes(EffectTargets targets, TimerWheel wheel, SiloView view, TimeProvider clock)
    : IEffectSink
{
    private readonly Departures _departures = new(catchesUp: null);

    /// <summary>Asked, from the committing thread, to read a number's queue rows again.</summary>
    public Action<OwnerKey> ReadQueue { get; set; } = static _ => { };

    /// <summary>Asked, from the committing thread, to carry out what a bulk send has to do.</summary>
    public Action<OwnerKey> CarryOut { get; set; } = static _ => { };

    /// <inheritdoc/>
    public void Release(OwnerKey from, Effect effect, long commitStartedAt)
    {
        switch (effect)
        {
            case Tell hint:
                targets.Hints.Carry(hint);
                break;
            case SendToGraph send:
                targets.Graph.Start(Planned(send, clock.GetUtcNow()), commitStartedAt);
                break;
            case WakeAt wake:
                // What is further ahead is found in its table in time.
                if (wake.Name.Length == 0 || wake.At - clock.GetUtcNow() <= Limits.TimerHorizon)
                {
                    wheel.Set(wake.Owner, wake.Name, wake.At);
                }

                break;
            case ReadQueueAgain again:
                ReadQueue(again.Number);
                break;
            case CarryOut carry:
                CarryOut(carry.Send);
                break;
            case Seen seen:
                targets.Onlookers.Show(seen);
                break;
            case ConfigurationChanged changed:
                view.Put(changed.State);
                break;
            case RowsClaimed claimed:
                view.Put(claimed);
                break;
            case DepthChanged depth:
                view.Put(depth);
                break;
            default:
                throw new InvalidOperationException($"no route for {effect.GetType().Name}");
        }
    }

    /// <summary>A call whose slot was taken ahead waits for it, or for its turn behind those that are late.</summary>
    private SendToGraph Planned(SendToGraph send, DateTimeOffset now)
    {
        if (send.PerMinute is not { } perMinute)
        {
            return send;
        }

        var at = _departures.Next(send.Number, perMinute, send.Slot, now);
        return at > now ? send with { NotBefore = at } : send;
    }
}
