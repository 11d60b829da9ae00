using WaGrains.Domain.Agents;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>Every row of a turn belongs to the turn's tenant, and every call goes out by a number of its
/// tenant.</summary>
internal sealed class TenantsStayApart(SimWorld world) : Checker(world)
{
    private readonly HashSet<(TenantId, string)> _delivered = [];

    public override void Committed(IReadOnlyList<TurnRows> turns)
    {
        foreach (var turn in turns)
        {
            foreach (var change in turn.Changes)
            {
                var tenant = TenantOf(change);
                Expect(tenant == turn.Owner.Tenant, $"{turn.Owner}", $"a {change.GetType().Name} of its tenant",
                    $"{tenant}");
                if (change is MessageAdded { Row: { Direction: Direction.Inbound, Wamid: { } wamid } })
                {
                    Expect(_delivered.Contains((tenant, wamid)), $"{turn.Owner} {wamid}", "a message of its own app",
                        "another's");
                }
            }
        }
    }

    public override void Released(OwnerKey from, Effect effect)
    {
        if (effect is Tell hint)
        {
            Expect(hint.To.Tenant == from.Tenant, $"{from}", "hints to its own tenant", $"{hint.To}");
        }
    }

    public override void Posted(GraphPost post)
    {
        var tenant = World.Tenants.Single(each => each.Id == post.Send.Number.Tenant);
        Expect(
            tenant.Numbers.Any(number => number.MetaId == post.Send.PhoneNumberId), $"{post.Send.Number}",
            "a number of its tenant", post.Send.PhoneNumberId);
    }

    public override void Delivered(TenantId tenant, ReadOnlyMemory<byte> body)
    {
        foreach (var wamid in Wamids.In(body))
        {
            _delivered.Add((tenant, wamid));
        }
    }

    private static TenantId TenantOf(Change change) => change switch
    {
        StateWritten written => written.Owner.Tenant,
        MessageAdded added => added.Row.Tenant,
        StatusRaised raised => raised.Tenant,
        QueueRowAdded added => added.Row.Tenant,
        AttemptStarted started => started.Tenant,
        AttemptEnded ended => ended.Tenant,
        QueueRowReturned returned => returned.Tenant,
        QueueRowRemoved removed => removed.Tenant,
        SendWithdrawn withdrawn => withdrawn.Tenant,
        Domain.Contacts.ContactAdded added => added.Tenant,
        Domain.Contacts.IdentityAdded added => added.Tenant,
        Domain.Contacts.IdentityMoved moved => moved.Tenant,
        Domain.Contacts.IdentityReleased released => released.Tenant,
        Domain.Contacts.ContactMerged merged => merged.Tenant,
        Domain.Contacts.ContactMergeDone done => done.Tenant,
        OfferOpened opened => opened.Tenant,
        OfferClosed closed => closed.Tenant,
        TimerSet timer => timer.Owner.Tenant,
        TimerCleared timer => timer.Owner.Tenant,
        AlertRaised alert => alert.Tenant,
        PaceChanged pace => pace.Tenant,
        RawKept raw => raw.Tenant,
        DeadLettered dead => dead.Owner.Tenant,
        IdempotencyKept kept => kept.Tenant,
        Domain.Portfolios.BudgetReserved reserved => reserved.Row.Tenant,
        Domain.Portfolios.BudgetReleased released => released.Tenant,
        Domain.Tenants.ApiKeyAdded key => key.Tenant,
        Domain.Tenants.ApiKeyRevoked key => key.Tenant,
        _ => throw new NotSupportedException(change.GetType().Name),
    };
}
