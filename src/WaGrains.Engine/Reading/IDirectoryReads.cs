using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;

namespace WaGrains.Engine.Reading;

/// <summary>Look-ups at the rim, before anything is routed. Cached by their callers.</summary>
public interface IDirectoryReads
{
    /// <summary>The rows of these identities, and all other rows of the contacts they lead to; sorted by
    /// identity.</summary>
    ValueTask<IReadOnlyList<KnownIdentity>> Identities(
        TenantId tenant, IReadOnlyCollection<Identity> identities, CancellationToken cancel);

    /// <summary>A number's own row, without what waits in its queue; null if the tenant has none such.</summary>
    ValueTask<PhoneNumberState?> NumberState(TenantId tenant, PhoneNumberId id, CancellationToken cancel);

    /// <summary>The number with this id of Meta's, whichever tenant it belongs to.</summary>
    ValueTask<PhoneNumberState?> NumberByMetaId(string phoneNumberId, CancellationToken cancel);

    /// <summary>The key with this hash, unless revoked.</summary>
    ValueTask<ApiKeyAdded?> ApiKey(string hash, CancellationToken cancel);

    /// <summary>What was answered under this key, unless it is older than <paramref name="notBefore"/>.</summary>
    ValueTask<IdempotencyKept?> Idempotency(
        TenantId tenant, string key, DateTimeOffset notBefore, CancellationToken cancel);

    /// <summary>All tenants, by id.</summary>
    ValueTask<IReadOnlyList<TenantState>> Tenants(CancellationToken cancel);

    /// <summary>
    /// Tenants written after a revision, by id: how a silo notices what another has configured. Some may come again
    /// that were there before; none is ever missed.
    /// </summary>
    /// <param name="revision">What the call before returned; 0 for all.</param>
    ValueTask<TenantChanges> TenantsSince(long revision, CancellationToken cancel);
}

/// <summary>Tenants that have changed.</summary>
/// <param name="Revision">Up to here; to be asked from next. It counts commits of the store in a way of its
/// own.</param>
/// <param name="Tenants">As they stand now.</param>
public sealed record TenantChanges(long Revision, IReadOnlyList<TenantState> Tenants);
