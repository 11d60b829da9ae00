using WaGrains.Domain.Ids;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>One row that changes of a batch may follow one another on.</summary>
internal readonly record struct Cell(CellKind Kind, TenantId Tenant, UInt128 Id, long N, string? Name)
{
    public static Cell Message(TenantId tenant, MessageId id) => new(CellKind.Message, tenant, id.Value, 0, null);

    public static Cell Queue(TenantId tenant, PhoneNumberId number, MessageId id) =>
        new(CellKind.Queue, tenant, id.Value, unchecked((long)number.Value), null);

    public static Cell Attempt(TenantId tenant, MessageId id, int n) =>
        new(CellKind.Attempt, tenant, id.Value, n, null);

    public static Cell Contact(TenantId tenant, ContactId id) => new(CellKind.Contact, tenant, id.Value, 0, null);

    public static Cell Identity(TenantId tenant, Domain.Contacts.Identity identity) =>
        new(CellKind.Identity, tenant, 0, (long)identity.Kind, identity.Value);

    public static Cell Offer(TenantId tenant, AgentId agent, ConversationId conversation) =>
        new(CellKind.Offer, tenant, conversation.Value, unchecked((long)agent.Value), null);

    public static Cell Idempotency(TenantId tenant, string key) => new(CellKind.Idempotency, tenant, 0, 0, key);

    public static Cell Alert(TenantId tenant, MessageId id) => new(CellKind.Alert, tenant, id.Value, 0, null);

    public static Cell Raw(TenantId tenant, MessageId id) => new(CellKind.Raw, tenant, id.Value, 0, null);

    public static Cell Key(string hash) => new(CellKind.Key, default, 0, 0, hash);

    public static Cell Recipient(TenantId tenant, BulkSendId send, int position) =>
        new(CellKind.Recipient, tenant, send.Value, position, null);

    public static Cell Reservation(TenantId tenant, PortfolioId portfolio, MessageId id) =>
        new(CellKind.Reservation, tenant, id.Value, unchecked((long)portfolio.Value), null);

    /// <summary>All recipients of a bulk send: changes of ranges touch any of them.</summary>
    public static Cell Recipients(TenantId tenant, BulkSendId send) =>
        new(CellKind.Recipients, tenant, send.Value, 0, null);

    /// <summary>All contacts of a tenant: what a merge reaches is known to the database alone.</summary>
    public static Cell Contacts(TenantId tenant) => new(CellKind.Contacts, tenant, 0, 0, null);
}

/// <summary>The tables in which a batch may change one row more than once.</summary>
internal enum CellKind
{
    Message,
    Queue,
    Attempt,
    Contact,
    Identity,
    Offer,
    Idempotency,
    Alert,
    Raw,
    Key,
    Contacts,
    Recipient,
    Recipients,
    Reservation,
}
