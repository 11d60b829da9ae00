using WaGrains.Domain.Agents;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Intake;
using WaGrains.Engine.Owners;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Silos;

/// <summary>Carries hints as the product does, over a network that holds up, reorders, doubles and loses
/// them.</summary>
internal sealed class SimNetwork(SimWorld world, SimLife life) : IHintCarrier
{
    private readonly Dice _dice = Dice.For(world.Plan.Seed, 100 + (int)life.Generation);

    public void Carry(Tell hint)
    {
        if (Swallows(hint))
        {
            return;
        }

        if (world.IsStormy && _dice.Happens(world.Plan.HintLost))
        {
            world.HintsLost += world.Plan.Sabotage == Sabotage.LoseHintsSilently ? 0 : 1;
            world.Trace.Line($"lost {hint.To} {hint.Message.GetType().Name}");
            return;
        }

        Try(hint, 1, Delay());
        if (world.IsStormy && _dice.Happens(world.Plan.HintDoubled))
        {
            Try(hint, 1, Delay() * 3);
        }
    }

    /// <summary>What a silo tells its own owners: repeated like any hint, but no wire can lose it.</summary>
    public void CarryOwn(Tell hint) => Try(hint, 1, TimeSpan.Zero);

    private bool Swallows(Tell hint) => world.Plan.Sabotage switch
    {
        Sabotage.LoseReleases => hint.Message is ConversationReleased,
        Sabotage.LoseQueueing => hint.Message is EnqueueSends or AdoptRows,
        _ => false,
    };

    private TimeSpan Delay() => _dice.Seconds(0, world.IsStormy ? world.Plan.HintDelay : 0.01);

    private void Try(Tell hint, int attempt, TimeSpan wait) =>
        life.After(wait, () => life.Guard(Deliver(hint, attempt)));

    private async Task Deliver(Tell hint, int attempt)
    {
        try
        {
            await life.Owners.Ask(hint.To, hint.Message, CancellationToken.None);
        }
        catch (OwnerUnavailableException)
        {
            Again(hint, attempt);
        }
        catch (OwnerFailedException failed)
        {
            await life.Staging.StageRows(hint.To, DeadLetters.Of(hint.To, hint.Message, failed, life.Clock.Now), []);
        }
    }

    private void Again(Tell hint, int attempt)
    {
        if (attempt == Limits.HintTriesMax)
        {
            world.HintsLost++;
            hint = hint with { Message = Wake.Message };
        }

        var wait = Limits.HintBackoffFirst * Math.Pow(2, Math.Min(attempt, Limits.HintTriesMax) - 1);
        Try(hint, attempt + 1, wait < Limits.HintBackoffLongest ? wait : Limits.HintBackoffLongest);
    }
}
