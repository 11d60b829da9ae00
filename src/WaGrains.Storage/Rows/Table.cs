namespace WaGrains.Storage.Rows;

/// <summary>The names of the tables: the same in every store, in counts and in refusals.</summary>
internal static class Table
{
    public const string Agent = "agent";
    public const string Alert = "alert";
    public const string ApiKey = "api_key";
    public const string Attempt = "attempt";
    public const string BudgetReservation = "budget_reservation";
    public const string BulkRecipient = "bulk_recipient";
    public const string BulkSend = "bulk_send";
    public const string Contact = "contact";
    public const string Conversation = "conversation";
    public const string DeadLetter = "dead_letter";
    public const string DueTimer = "due_timer";
    public const string Feed = "feed";
    public const string Idempotency = "idempotency";
    public const string Identity = "identity";
    public const string Message = "message";
    public const string Offer = "offer";
    public const string PaceChange = "pace_change";
    public const string PhoneNumber = "phone_number";
    public const string Portfolio = "portfolio";
    public const string RawWebhook = "raw_webhook";
    public const string SendQueue = "send_queue";
    public const string Team = "team";
    public const string Tenant = "tenant";

    public static readonly IReadOnlyList<string> All =
    [
        Agent, Alert, ApiKey, Attempt, BudgetReservation, BulkRecipient, BulkSend, Contact, Conversation, DeadLetter,
        DueTimer, Feed, Idempotency, Identity, Message, Offer, PaceChange, PhoneNumber, Portfolio, RawWebhook,
        SendQueue, Team, Tenant,
    ];
}
