using WaGrains.Domain.Contacts;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>What the items of one change share.</summary>
internal readonly record struct ChangeScope(
    string WabaId,
    string? PhoneNumberId,
    string Field,
    IReadOnlyList<PersonNames> Contacts)
{
    public RawItem Raw(string reason, ReadOnlyMemory<byte> payload) =>
        new(WabaId, PhoneNumberId, Field, reason, payload);

    /// <summary>
    /// All that is told of a person: the item's own words first, completed from the contact of the same phone or user
    /// id. Where the item names
    /// nobody, a single contact beside it is meant.
    /// </summary>
    public PersonNames Person(string? phone, string? userId)
    {
        var nobody = phone is null && userId is null;
        foreach (var contact in Contacts)
        {
            var samePhone = phone is not null && contact.Phone == phone;
            var sameUser = userId is not null && contact.UserId == userId;
            if (samePhone || sameUser || (nobody && Contacts.Count == 1))
            {
                return contact with { Phone = phone ?? contact.Phone, UserId = userId ?? contact.UserId };
            }
        }

        return new PersonNames(phone, userId, null, null);
    }
}
