using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Owners;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Silos;

/// <summary>Finds owners from one silo: its own at once, others' over a wire that takes time and breaks when a silo
/// dies.</summary>
internal sealed class SimOwners(SimWorld world, SimLife here) : IOwners
{
    private const int MovesMax = 4;

    public async Task<Reply> Ask(OwnerKey owner, OwnerMessage message, CancellationToken cancel)
    {
        var at = owner;
        for (var move = 0; move < MovesMax; move++)
        {
            var reply = await AskThere(at, message);
            world.Each(checker => checker.Replied(at, message, reply));
            if (reply is not Moved moved)
            {
                return reply;
            }

            at = moved.To;
        }

        throw new OwnerFailedException($"{owner.Kind} goes by too many names");
    }

    private Task<Reply> AskThere(OwnerKey owner, OwnerMessage message)
    {
        // One that was outvoted does not know it: it goes on asking whoever it has in memory.
        var home = !here.IsMember && here.Seats.Any(seat => seat.Owner == owner)
            ? here
            : world.Cluster.Home(owner) ?? throw new OwnerUnavailableException("there is no silo");
        world.Trace.Add(message.GetType().Name, owner.Id, home.Silo.Index);
        world.Trace.Line($"ask {home.Silo.Name} {owner} {Brief(message)}");
        return home == here ? home.SeatOf(owner).Ask(message) : Call(home, owner, message);
    }

    private Task<Reply> Call(SimLife home, OwnerKey owner, OwnerMessage message)
    {
        var answer = new TaskCompletionSource<Reply>();
        home.OnDeath(() => here.After(
            TimeSpan.FromSeconds(0.5),
            () => answer.TrySetException(new OwnerUnavailableException("its silo is gone"))));
        home.After(Latency(), () => world.Guard(Run(home, owner, message, answer)));
        return answer.Task;
    }

    private async Task Run(SimLife home, OwnerKey owner, OwnerMessage message, TaskCompletionSource<Reply> answer)
    {
        try
        {
            var reply = await home.SeatOf(owner).Ask(message);
            here.After(Latency(), () => answer.TrySetResult(reply));
        }
        catch (Exception failure) when (failure is OwnerUnavailableException or OwnerFailedException)
        {
            here.After(Latency(), () => answer.TrySetException(failure));
        }
    }

    /// <summary>The name of a message, with its ids where they decide.</summary>
    private string Brief(OwnerMessage message) =>
        world.Trace.Keeps && message is AgentMessage or TeamMessage or AcceptOffer
        ? $"{message}"
        : message.GetType().Name;

    private TimeSpan Latency() => here.Silo.Dice.Seconds(0.0001, 0.001);
}
