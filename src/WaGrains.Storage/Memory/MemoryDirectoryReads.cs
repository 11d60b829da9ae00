using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Serialization;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>Look-ups at the rim.</summary>
internal sealed class MemoryDirectoryReads(MemoryTables tables)
{
    /// <summary>The contact that this one became, or itself.</summary>
    public static ContactId Survivor(MemoryTables tables, TenantId tenant, ContactId contact)
    {
        for (var i = 0; i < StoreLimits.MergeChainMax; i++)
        {
            if (tables.Contacts.Find((tenant, contact.Value))?.Into is not { } into)
            {
                break;
            }

            contact = into;
        }

        return contact;
    }

    /// <summary>The identities of a contact, in order.</summary>
    public static IReadOnlyList<Identity> Of(MemoryTables tables, TenantId tenant, ContactId contact) =>
    [
        .. tables.IdentitiesOf
            .Between((tenant, contact.Value, 0, ""), (tenant, contact.Value, (IdentityKind)int.MaxValue, ""))
            .Select(key => new Identity(key.Kind, key.Value)),
    ];

    public IReadOnlyList<KnownIdentity> Identities(TenantId tenant, IReadOnlyCollection<Identity> identities)
    {
        HashSet<ContactId> contacts = [];
        foreach (var identity in identities)
        {
            if (tables.Identities.TryGet((tenant, identity.Kind, identity.Value), out var contact))
            {
                contacts.Add(contact);
            }
        }

        var known = contacts.SelectMany(contact => Of(tables, tenant, contact)
            .Select(identity => new KnownIdentity(identity, contact)));
        return KnownIdentities.Sorted(known);
    }

    public PhoneNumberState? NumberState(TenantId tenant, PhoneNumberId id) =>
        tables.Numbers.Find((tenant, id.Value))?.Read<PhoneNumberState>();

    public PhoneNumberState? NumberByMetaId(string phoneNumberId) =>
        tables.NumbersByMetaId.TryGet(phoneNumberId, out var key)
            ? tables.Numbers.Find(key)?.Read<PhoneNumberState>()
            : null;

    public ApiKeyAdded? ApiKey(string hash) =>
        tables.ApiKeys.Find(hash) is { Revoked: false } cell ? cell.Row : null;

    public TenantChanges Since(long revision)
    {
        var changed = tables.TenantRevisions.Keys.Where(tenant => tables.TenantRevisions.Find(tenant) > revision);
        return new TenantChanges(
            tables.TenantRevisions.All.Append(revision).Max(),
            [.. changed.Select(tenant => tables.Tenants.Find(tenant)!.Read<TenantState>())]);
    }

    public IReadOnlyList<ApiKeyAdded> ApiKeys(TenantId tenant) =>
    [
        .. tables.ApiKeys.All
            .Where(cell => !cell.Revoked && cell.Row.Tenant == tenant)
            .Select(cell => cell.Row)
            .OrderBy(row => row.At)
            .ThenBy(row => row.Hash, StringComparer.Ordinal),
    ];

    public IdempotencyKept? Idempotency(TenantId tenant, string key, DateTimeOffset notBefore)
    {
        if (tables.Idempotency.Find((tenant, key)) is not { } cell || cell.At < Moment.Micros(notBefore))
        {
            return null;
        }

        var answer = StoredJson.Read<Reply>(cell.Answer);
        return new IdempotencyKept(tenant, key, cell.BodyHash, answer, Moment.At(cell.At));
    }
}
