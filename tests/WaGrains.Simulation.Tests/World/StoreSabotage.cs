using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.World;

/// <summary>Breaks what goes into the store, or what comes out, where the plan says so.</summary>
internal sealed class StoreSabotage(SimWorld world)
{
    private readonly Sabotage _sabotage = world.Plan.Sabotage;
    private int _forgotten;

    public CommitBatch Change(CommitBatch batch, Ledger ledger)
    {
        if (_sabotage is not (Sabotage.LoseAttemptEnds or Sabotage.SkipOrdinals or Sabotage.ForgetAliases
            or Sabotage.ForgetKeys or Sabotage.StoreAnotherState or Sabotage.DropVersionCheck
            or Sabotage.ForgetBefore or Sabotage.LoseReservations))
        {
            return batch;
        }

        Dictionary<OwnerKey, long> versions = [];
        return batch with
        {
            Turns =
            [
                .. batch.Turns.Select(turn => turn with
                {
                    Changes = [.. turn.Changes.Where(Keeps).Select(change => Broken(change, versions, ledger))],
                }),
            ],
        };
    }

    public MemorySnapshot Show(MemorySnapshot rows) =>
        _sabotage != Sabotage.StatusFallsBack || world.Clock.Elapsed < 300
        ? rows
        : rows with
        {
            Messages =
            [
                .. rows.Messages.Select(message => message.Row.Status == MessageStatus.Delivered
                    ? message with { Row = message.Row with { Status = MessageStatus.Sent } }
                    : message),
            ],
        };

    private bool Keeps(Change change) => change switch
    {
        AttemptEnded => _sabotage != Sabotage.LoseAttemptEnds,
        BudgetReserved => _sabotage != Sabotage.LoseReservations,
        _ => true,
    };

    private Change Broken(Change change, Dictionary<OwnerKey, long> versions, Ledger ledger) => change switch
    {
        QueueRowAdded { Row.Ordinal: > 1 } added when _sabotage == Sabotage.SkipOrdinals =>
            new QueueRowAdded(added.Row with { Ordinal = added.Row.Ordinal + 1 }),
        ConversationWritten written when _sabotage == Sabotage.ForgetAliases =>
            written with { State = written.State with { Aliases = [] } },
        ConversationWritten { State.Version: > 1 } written when _sabotage == Sabotage.StoreAnotherState =>
            written with { State = written.State with { ProfileName = "Nobody" } },
        ConversationWritten written when _sabotage == Sabotage.ForgetBefore => written with { Before = null },
        IdempotencyKept kept when _sabotage == Sabotage.ForgetKeys =>
            kept with { At = kept.At.AddDays(8 * ++_forgotten) },
        StateWritten written when _sabotage == Sabotage.DropVersionCheck => Forced(written, versions, ledger),
        _ => change,
    };

    private static StateWritten Forced(StateWritten written, Dictionary<OwnerKey, long> versions, Ledger ledger)
    {
        var stands = versions.TryGetValue(written.Owner, out var inBatch)
            ? inBatch
            : ledger.Versions.GetValueOrDefault(written.Owner);
        versions[written.Owner] = stands + 1;
        return written switch
        {
            ConversationWritten w => w with { State = w.State with { Version = stands + 1 } },
            PhoneNumberWritten w => w with { State = w.State with { Version = stands + 1 } },
            TeamWritten w => new TeamWritten(w.State with { Version = stands + 1 }),
            AgentWritten w => w with { State = w.State with { Version = stands + 1 } },
            TenantWritten w => new TenantWritten(w.State with { Version = stands + 1 }),
            _ => written,
        };
    }
}
