namespace WaGrains.Storage.Postgres.Writing;

/// <summary>
/// The order of the statements in one wave: that in which changes of one row usually follow one another, so that most
/// batches are one wave.
/// </summary>
internal enum Step
{
    Tenant,
    Retention,
    Number,
    NewNumber,
    Team,
    Agent,
    BulkSend,
    Conversation,
    Message,
    Status,
    Queue,
    Attempt,
    AttemptEnd,
    Return,
    Removal,
    Withdrawal,
    Recipient,
    RecipientEnd,
    RecipientDrop,
    RecipientRemoval,
    Contact,
    Release,
    Merge,
    Move,
    Identity,
    MergeEnd,
    Offer,
    OfferEnd,
    Timer,
    TimerEnd,
    Alert,
    Pace,
    Raw,
    DeadLetter,
    Idempotency,
    Key,
    Revocation,
    Feed,
}
