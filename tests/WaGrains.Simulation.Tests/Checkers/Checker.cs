using System.Runtime.CompilerServices;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>One property of the whole. It listens to what happens and says where the property does not hold.</summary>
internal abstract class Checker(SimWorld world)
{
    protected SimWorld World => world;

    protected Ledger Ledger => world.Store.Ledger;

    /// <summary>These turns have just become durable; the books hold them already.</summary>
    public virtual void Committed(IReadOnlyList<TurnRows> turns)
    {
    }

    /// <summary>A batch of this incarnation has just become durable.</summary>
    public virtual void Durable(Fence fence)
    {
    }

    /// <summary>The others have declared this incarnation dead; whatever it commits from now on must fail.</summary>
    public virtual void VotedOut(long generation)
    {
    }

    /// <summary>An effect leaves an owner.</summary>
    public virtual void Released(OwnerKey from, Effect effect)
    {
    }

    /// <summary>A caller is told an answer.</summary>
    public virtual void Replied(OwnerKey owner, OwnerMessage message, Reply reply)
    {
    }

    /// <summary>A call reaches Meta.</summary>
    public virtual void Posted(GraphPost post)
    {
    }

    /// <summary>A webhook reaches the app of a tenant.</summary>
    public virtual void Delivered(TenantId tenant, ReadOnlyMemory<byte> body)
    {
    }

    /// <summary>A webhook is answered 200.</summary>
    public virtual void Acknowledged(Acknowledgement webhook)
    {
    }

    /// <summary>From time to time: all rows as the store shows them.</summary>
    public virtual void Looked(MemorySnapshot rows)
    {
    }

    /// <summary>Once, when faults have ended and everything has had its time.</summary>
    public virtual void Drained(MemorySnapshot rows)
    {
    }

    protected void Expect(
        bool holds,
        [InterpolatedStringHandlerArgument(nameof(holds))] Remark about,
        [InterpolatedStringHandlerArgument(nameof(holds))] Remark expected,
        [InterpolatedStringHandlerArgument(nameof(holds))] Remark got)
    {
        if (!holds)
        {
            world.Report(
                new Finding(GetType().Name, world.Clock.Elapsed, about.Take(), expected.Take(), got.Take()));
        }
    }
}
