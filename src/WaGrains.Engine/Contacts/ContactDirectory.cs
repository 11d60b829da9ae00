using System.Collections.Concurrent;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Turns;

namespace WaGrains.Engine.Contacts;

/// <summary>
/// Who it is, settled at the rim before anything is routed: identities are unique rows, read or inserted, remembered
/// per silo for <see cref="Limits.IdentityRememberedFor"/>. Two silos, or two webhooks, that decide at once meet at the
/// unique key; one of them reads again.
/// </summary>
public sealed class ContactDirectory(IReads reads, Staging staging, Func<ContactId> freshId)
{
    private const int TriesMax = 6;

    private readonly ConcurrentDictionary<(TenantId Tenant, Identity Identity), Remembered> _cache = new();
    private readonly ConcurrentQueue<(TenantId Tenant, Identity Identity)> _cached = new();

    /// <summary>The contact of these names, created or merged as they require; null if they name nobody
    /// usable.</summary>
    /// <exception cref="OwnerUnavailableException">The rows could not be written now.</exception>
    public async Task<ContactId?> Resolve(
        TenantId tenant, PersonNames names, DateTimeOffset now, CancellationToken cancel)
    {
        var identities = IdentityResolution.IdentitiesOf(names);
        if (identities.Count == 0)
        {
            return null;
        }

        return Cached(tenant, identities, now) ?? await Settle(
            tenant,
            identities,
            known => IdentityResolution.Resolve(identities, known, freshId()),
            names,
            now,
            cancel);
    }

    /// <summary>A person's name has changed from one to another (number or user id).</summary>
    /// <returns>The contact, or null where the change names nobody.</returns>
    public async Task<ContactId?> Replace(
        TenantId tenant, PersonNames previous, PersonNames current, DateTimeOffset now, CancellationToken cancel)
    {
        var before = IdentityResolution.IdentitiesOf(previous);
        var after = IdentityResolution.IdentitiesOf(current);
        foreach (var old in before)
        {
            foreach (var begun in after.Where(identity => identity.Kind == old.Kind && identity != old))
            {
                IReadOnlyList<Identity> others = [.. before.Where(i => i != old), .. after.Where(i => i != begun)];
                Forget(tenant, [old, begun, .. others]);
                return await Settle(
                    tenant,
                    [old, begun, .. others],
                    known => IdentityResolution.Replace(old, begun, others, known, freshId()),
                    current,
                    now,
                    cancel);
            }
        }

        return after.Count > 0
            ? await Resolve(tenant, current, now, cancel)
            : await Resolve(tenant, previous, now, cancel);
    }

    private async Task<ContactId?> Settle(
        TenantId tenant,
        IReadOnlyList<Identity> identities,
        Func<IReadOnlyList<KnownIdentity>, IdentityDecision> decide,
        PersonNames names,
        DateTimeOffset now,
        CancellationToken cancel)
    {
        for (var attempt = 0; attempt < TriesMax; attempt++)
        {
            var known = await reads.Identities(tenant, identities, cancel);
            var decision = decide(known);
            if (decision.ChangesAnything && !await Commit(tenant, decision, known, names, now, cancel))
            {
                continue;
            }

            if (decision.Absorbs is null && decision.Releases.Count == 0)
            {
                Remember(tenant, identities, new Remembered(decision.Contact, now));
            }

            return decision.Contact;
        }

        throw new OwnerUnavailableException("the contact could not be settled");
    }

    private async Task<bool> Commit(
        TenantId tenant,
        IdentityDecision decision,
        IReadOnlyList<KnownIdentity> known,
        PersonNames names,
        DateTimeOffset now,
        CancellationToken cancel)
    {
        var outcome = await staging.StageRows(
            OwnerKey.ContactsOf(tenant), ContactRows.Of(tenant, decision, known, names, now), []);
        if (outcome.Fate == TurnFate.Committed)
        {
            if (decision.Absorbs is { } absorbed)
            {
                Forget(absorbed);
                await Move(tenant, absorbed, decision.Contact, cancel);
            }

            return true;
        }

        return outcome.Because is RefusedBecause.Conflict or RefusedBecause.Follows
            ? false
            : throw new OwnerUnavailableException("the contact could not be written");
    }

    /// <summary>Sends the absorbed contact's conversations to the survivor's; what is not done now, recovery
    /// does.</summary>
    private async Task Move(TenantId tenant, ContactId from, ContactId into, CancellationToken cancel)
    {
        var merges = await reads.OpenMerges(Limits.RecoveryOwnersMax, cancel);
        foreach (var merge in merges.Where(merge => merge.Tenant == tenant && merge.From == from))
        {
            await staging.StageRows(OwnerKey.ContactsOf(tenant), [], MergeHints.Of(merge with { Into = into }));
        }
    }

    private ContactId? Cached(TenantId tenant, IReadOnlyList<Identity> identities, DateTimeOffset now)
    {
        ContactId? found = null;
        foreach (var identity in identities)
        {
            if (!_cache.TryGetValue((tenant, identity), out var known)
                || !known.HoldsAt(now)
                || (found is { } other && other != known.Contact))
            {
                return null;
            }

            found = known.Contact;
        }

        return found;
    }

    private void Remember(TenantId tenant, IEnumerable<Identity> identities, Remembered contact)
    {
        foreach (var identity in identities)
        {
            if (_cache.TryAdd((tenant, identity), contact))
            {
                _cached.Enqueue((tenant, identity));
            }
            else
            {
                _cache[(tenant, identity)] = contact;
            }
        }

        while (_cache.Count > Limits.IdentityCacheMax && _cached.TryDequeue(out var oldest))
        {
            _cache.TryRemove(oldest, out _);
        }
    }

    private void Forget(TenantId tenant, IEnumerable<Identity> identities)
    {
        foreach (var identity in identities)
        {
            _cache.TryRemove((tenant, identity), out _);
        }
    }

    private void Forget(ContactId contact)
    {
        foreach (var (key, value) in _cache)
        {
            if (value.Contact == contact)
            {
                _cache.TryRemove(key, out _);
            }
        }
    }

    /// <param name="Contact">Whom the rows named.</param>
    /// <param name="ReadAt">When, by this silo's clock; after a clock was set back the rows are asked again.</param>
    private readonly record struct Remembered(ContactId Contact, DateTimeOffset ReadAt)
    {
        public bool HoldsAt(DateTimeOffset now) =>
            now >= ReadAt && now - ReadAt <= Limits.IdentityRememberedFor;
    }
}
