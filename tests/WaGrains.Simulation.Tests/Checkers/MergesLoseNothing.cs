using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>Once all is quiet every conversation of an absorbed contact is an alias, and its survivor knows it: the
/// history can be reached.</summary>
internal sealed class MergesLoseNothing(SimWorld world) : Checker(world)
{
    public override void Drained(MemorySnapshot rows)
    {
        var states = rows.Conversations.ToDictionary(state => state.Owner);
        var absorbed = Ledger.Merges.Select(merge => (merge.Tenant, merge.From)).ToHashSet();
        foreach (var state in rows.Conversations)
        {
            if (absorbed.Contains((state.Tenant, state.Id.Contact)))
            {
                Expect(state.Phase == ConversationPhase.Alias, $"{state.Owner}", "an alias, its contact is merged",
                    $"{state.Phase}");
            }

            if (state.AliasOf is { } into)
            {
                var survivor = states.GetValueOrDefault(OwnerKey.Of(state.Tenant, into));
                Expect(
                    survivor is not null && survivor.Aliases.Contains(state.Id), $"{state.Owner}",
                    $"{into} to know its alias", survivor is null ? "no row" : "it does not");
                Expect(state.Parcel is null, $"{state.Owner}", "a parcel that was taken over", "one left behind");
            }
        }

        var open = World.Store.Reads.OpenMerges(100, CancellationToken.None).Now();
        Expect(open.Count == 0, "contacts", "no unfinished merge", $"{open.Count}");
        foreach (var contact in Ledger.Messages.Values.Select(row => (row.Tenant, row.Conversation)).Distinct())
        {
            Expect(
                states.ContainsKey(OwnerKey.Of(contact.Tenant, contact.Conversation)),
                $"{contact.Tenant} {contact.Conversation}",
                "a conversation for its messages", "none");
        }
    }
}
