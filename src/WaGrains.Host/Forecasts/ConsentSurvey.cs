using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Forecasts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Tenants;
using WaGrains.Engine.Commits;
using WaGrains.Host.Sends;

namespace WaGrains.Host.Forecasts;

/// <summary>Asks what is known of recipients: who has opted out, has had enough, or has no open window.</summary>
internal sealed class ConsentSurvey(IStore store, TimeProvider clock)
{
    private const int PieceMax = 500;

    /// <summary>How many of these would be refused, by code. A recipient counts once, by the first of the numbers whose
    /// conversation would refuse; which number it will get is decided when it is sent.</summary>
    public async Task<SortedDictionary<string, int>> Refused(
        TenantId tenant, SendHead head, IReadOnlyList<Recipient> sample, TenantRules rules, CancellationToken cancel)
    {
        var refused = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var piece in sample.Chunk(PieceMax))
        {
            var conversations = await Conversations(tenant, head, piece, cancel);
            foreach (var talks in conversations)
            {
                var code = talks
                    .Select(talk => Reluctance.Of(
                        talk, head.Content!, head.Lane, head.Deadline, rules, clock.GetUtcNow()))
                    .FirstOrDefault(code => code is not null);
                if (code is not null)
                {
                    refused[code] = refused.GetValueOrDefault(code) + 1;
                }
            }
        }

        return refused;
    }

    /// <summary>For each recipient its conversations with the numbers; a fresh one where it has none.</summary>
    private async Task<IEnumerable<IEnumerable<ConversationState>>> Conversations(
        TenantId tenant, SendHead head, Recipient[] piece, CancellationToken cancel)
    {
        var named = piece.Select(each => IdentityResolution.IdentitiesOf(PersonNames.Of(each))[0]).ToList();
        var known = (await store.Reads.Identities(tenant, named, cancel))
            .DistinctBy(row => row.Identity)
            .ToDictionary(row => row.Identity, row => row.Contact);
        var talks = await store.Reads.ConversationsOf(tenant, [.. known.Values.Distinct()], head.Numbers, cancel);
        var byContact = talks.ToLookup(talk => talk.Id.Contact);
        var stranger = ConversationState.Fresh(tenant, new ConversationId(head.Numbers[0], default));
        return named.Select(identity =>
            known.TryGetValue(identity, out var contact) && byContact[contact].Any()
                ? byContact[contact]
                : (IEnumerable<ConversationState>)[stranger]);
    }
}
