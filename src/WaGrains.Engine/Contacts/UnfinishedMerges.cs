using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Turns;

namespace WaGrains.Engine.Contacts;

/// <summary>
/// Takes up merges of contacts that somebody has begun: sends every conversation of an absorbed contact to its
/// survivor's, and closes the merge once nothing of it can appear any more
/// (<see cref="Limits.MergeStaysOpenFor"/>). Not for concurrent use.
/// </summary>
internal sealed class UnfinishedMerges(IRecoveryReads reads, Staging staging)
{
    private Dictionary<(TenantId Tenant, ContactId From), DateTimeOffset> _emptySince = [];

    /// <summary>Takes up what lies in this silo's range.</summary>
    /// <param name="mine">Whether an owner lies in this silo's range.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">The silo stops.</param>
    public async Task TakeUp(Func<OwnerKey, bool> mine, DateTimeOffset now, CancellationToken cancel)
    {
        Dictionary<(TenantId Tenant, ContactId From), DateTimeOffset> emptySince = [];
        var open = await reads.OpenMerges(Limits.RecoveryOwnersMax, cancel);
        // Where no more can be seen at once, those that wait only for stragglers must not hide the others.
        var isFull = open.Count == Limits.RecoveryOwnersMax;
        foreach (var merge in open)
        {
            var directory = OwnerKey.ContactsOf(merge.Tenant);
            if (!mine(directory))
            {
                continue;
            }

            if (merge.Conversations.Count > 0)
            {
                await staging.StageRows(directory, [], MergeHints.Of(merge));
                continue;
            }

            var since = _emptySince.GetValueOrDefault((merge.Tenant, merge.From), now);
            if (isFull || now - since >= Limits.MergeStaysOpenFor)
            {
                await staging.StageRows(directory, [new ContactMergeDone(merge.Tenant, merge.From)], []);
            }
            else
            {
                emptySince[(merge.Tenant, merge.From)] = since;
            }
        }

        _emptySince = emptySince;
    }
}
