using System.Text.Json;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Reading;
using WaGrains.Host.Messages;

namespace WaGrains.Host.Sends;

/// <summary>One message to many recipients.</summary>
/// <param name="Name">What people call it, at most 100 characters.</param>
/// <param name="NumberIds">The numbers that share the work, 1 to 200; each recipient is written to by one of
/// them.</param>
/// <param name="Content">What to send, in the Cloud API's shape; <c>{{name}}</c> stands for a recipient's own
/// word.</param>
/// <param name="Lane">What waits first: reply, utility, campaign; campaign unless given.</param>
/// <param name="Deadline">What has not left by then does not leave any more; a day from now unless given, at most 30
/// days.</param>
/// <param name="Recipients">1 to 1,000,000, each once: a phone number with country code or a business-scoped user id,
/// alone or with variables.</param>
internal sealed record BulkRequest(
    string? Name = null,
    IReadOnlyList<PhoneNumberId>? NumberIds = null,
    JsonElement? Content = null,
    Lane? Lane = null,
    DateTimeOffset? Deadline = null,
    IReadOnlyList<BulkRecipientRequest>? Recipients = null);

/// <summary>A recipient.</summary>
/// <param name="To">A phone number with country code, or a business-scoped user id.</param>
/// <param name="Variables">A word for each <c>{{name}}</c> of the content, at most 1,000 characters each.</param>
internal sealed record BulkRecipientRequest(
    string? To = null, IReadOnlyDictionary<string, string>? Variables = null);

/// <summary>A bulk send.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">running, paused, closing (it ends early), ended.</param>
/// <param name="Ends">Why it ends or ended early: cancelled, deadline_passed; null where it did not.</param>
/// <param name="NumberIds">Its numbers.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="Deadline">When it ends at the latest.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="EndedAt">When nothing of it was left to do.</param>
/// <param name="Total">How many recipients it has.</param>
internal record BulkResource(
    BulkSendId Id,
    string Name,
    BulkPhase Status,
    string? Ends,
    IReadOnlyList<PhoneNumberId> NumberIds,
    Lane Lane,
    DateTimeOffset Deadline,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    int Total)
{
    public static BulkResource Of(BulkSendState state) => new(
        state.Id, state.Name, state.Phase, state.Ends, state.Numbers, state.Lane, state.Deadline, state.CreatedAt,
        state.EndedAt, state.Total);
}

/// <summary>A bulk send and how far it has come.</summary>
/// <param name="Send">The send.</param>
/// <param name="Pending">Recipients whose turn has not come.</param>
/// <param name="Refused">Recipients that were refused, by reason.</param>
/// <param name="Dropped">Recipients whose turn will not come, by reason.</param>
/// <param name="Messages">Messages by their status: queued, accepted, sent, delivered, read, failed, ...</param>
/// <param name="CountedAt">When all this was counted: at most two seconds ago, or twenty times as long as counting
/// takes, whichever is longer.</param>
internal sealed record BulkProgress(
    BulkResource Send,
    int Pending,
    IReadOnlyDictionary<string, int> Refused,
    IReadOnlyDictionary<string, int> Dropped,
    IReadOnlyDictionary<string, int> Messages,
    DateTimeOffset CountedAt)
{
    public static BulkProgress Of(BulkSendState state, SendCount count) => Of(state, count.Tally, count.At);

    private static BulkProgress Of(BulkSendState state, BulkTally tally, DateTimeOffset at) => new(
        BulkResource.Of(state),
        tally.Outcomes.Where(pair => pair.Key.Outcome == BulkOutcome.Pending).Sum(pair => pair.Value),
        ByCode(tally, BulkOutcome.Refused),
        ByCode(tally, BulkOutcome.Dropped),
        new SortedDictionary<string, int>(
            tally.Statuses.ToDictionary(pair => MessageWords.Of(pair.Key), pair => pair.Value),
            StringComparer.Ordinal),
        at);

    private static SortedDictionary<string, int> ByCode(BulkTally tally, BulkOutcome outcome) => new(
        tally.Outcomes.Where(pair => pair.Key.Outcome == outcome)
            .ToDictionary(pair => pair.Key.Code ?? "", pair => pair.Value),
        StringComparer.Ordinal);
}

/// <summary>A recipient and what became of it.</summary>
/// <param name="Position">Its place in the list, from 0.</param>
/// <param name="To">Whom.</param>
/// <param name="Outcome">pending, taken (its message says how far it came), refused, dropped.</param>
/// <param name="Code">Why it was refused or dropped.</param>
/// <param name="Message">Its message; null where there is none.</param>
internal sealed record BulkRecipientResource(
    int Position, string To, BulkOutcome Outcome, string? Code, MessageResource? Message)
{
    public static BulkRecipientResource Of(BulkResult result) => new(
        result.Recipient.Position,
        result.Recipient.To,
        result.Outcome,
        result.Code,
        result.Message is null ? null : MessageResource.Of(result.Message));
}
