using WaGrains.Domain.Agents;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>All tables, and the orders in which they are read beside their keys.</summary>
internal sealed class MemoryTables(MemoryJournal journal)
{
    public MemoryTable<TenantId, StateCell> Tenants { get; } = new(journal);

    public MemoryTable<TenantId, long> TenantRevisions { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Id), StateCell> Numbers { get; } = new(journal);

    public MemoryTable<string, (TenantId Tenant, ulong Id)> NumbersByMetaId { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Id), StateCell> Teams { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Id), StateCell> Agents { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, UInt128 Id), ConversationCell> Conversations { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, long At, UInt128 Id), bool> ByActivity { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Team, long Since, UInt128 Id), bool> Waiting { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Agent, UInt128 Id), bool> Held { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, UInt128 Id), bool> Restless { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Contact, UInt128 Id), bool> ByContact { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, UInt128 Id), MessageCell> Messages { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, UInt128 Of, UInt128 Id), bool> MessagesOf { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Number, UInt128 Id), QueueRow> Queue { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, UInt128 Message, int N), AttemptRow> Attempts { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Of, long At, UInt128 Id, int N), bool> AttemptsOf { get; } =
        new(journal);

    public MemoryTable<(TenantId Tenant, ulong Agent, UInt128 Id), OfferOpened> Offers { get; } = new(journal);

    public MemoryTable<(OwnerKind Kind, TenantId Tenant, UInt128 Id, string Name), TimerSet> Timers { get; } =
        new(journal);

    public MemoryTable<(long At, OwnerKind Kind, TenantId Of, UInt128 Id, string Name), bool> TimersByTime { get; } =
        new(journal);

    public MemoryTable<(TenantId Tenant, IdentityKind Kind, string Value), ContactId> Identities { get; } =
        new(journal);

    public MemoryTable<(TenantId Tenant, ulong Of, IdentityKind Kind, string Value), bool> IdentitiesOf { get; } =
        new(journal);

    public MemoryTable<(TenantId Tenant, ulong Id), ContactCell> Contacts { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, UInt128 Id), AlertRaised> Alerts { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Number, long Entry), PaceChanged> PaceChanges { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, UInt128 Id), RawKept> RawWebhooks { get; } = new(journal);

    public MemoryTable<long, DeadLettered> DeadLetters { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, string Key), IdempotencyCell> Idempotency { get; } = new(journal);

    public MemoryTable<string, ApiKeyCell> ApiKeys { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Id), StateCell> BulkSends { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Send, int Position), RecipientCell> Recipients { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Id), StateCell> Portfolios { get; } = new(journal);

    public MemoryTable<(TenantId Tenant, ulong Portfolio, UInt128 Message), BudgetReservation> Budget { get; } =
        new(journal);

    public MemoryFeed Feed { get; } = new();

    public IReadOnlyDictionary<string, long> Counts() => new SortedDictionary<string, long>(StringComparer.Ordinal)
    {
        [Table.Agent] = Agents.Count,
        [Table.Alert] = Alerts.Count,
        [Table.ApiKey] = ApiKeys.Count,
        [Table.Attempt] = Attempts.Count,
        [Table.BudgetReservation] = Budget.Count,
        [Table.BulkRecipient] = Recipients.Count,
        [Table.BulkSend] = BulkSends.Count,
        [Table.Contact] = Contacts.Count,
        [Table.Conversation] = Conversations.Count,
        [Table.DeadLetter] = DeadLetters.Count,
        [Table.DueTimer] = Timers.Count,
        [Table.Feed] = Feed.Count,
        [Table.Idempotency] = Idempotency.Count,
        [Table.Identity] = Identities.Count,
        [Table.Message] = Messages.Count,
        [Table.Offer] = Offers.Count,
        [Table.PaceChange] = PaceChanges.Count,
        [Table.PhoneNumber] = Numbers.Count,
        [Table.Portfolio] = Portfolios.Count,
        [Table.RawWebhook] = RawWebhooks.Count,
        [Table.SendQueue] = Queue.Count,
        [Table.Team] = Teams.Count,
        [Table.Tenant] = Tenants.Count,
    };
}
