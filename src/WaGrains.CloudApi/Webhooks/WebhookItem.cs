using WaGrains.Domain.Contacts;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>One thing Meta tells: a closed set.</summary>
/// <param name="WabaId">The WhatsApp Business account it is about; empty if Meta left it out.</param>
/// <param name="PhoneNumberId">Meta's id of our number; null for events of the whole account.</param>
public abstract record WebhookItem(string WabaId, string? PhoneNumberId)
{
    /// <summary>Calls the one function that fits the kind.</summary>
    public TResult Match<TResult>(
        Func<InboundItem, TResult> inbound,
        Func<StatusItem, TResult> status,
        Func<EchoItem, TResult> echo,
        Func<IdentityItem, TResult> identity,
        Func<PreferenceItem, TResult> preference,
        Func<QualityItem, TResult> quality,
        Func<TemplateItem, TResult> template,
        Func<AccountItem, TResult> account,
        Func<ValueErrorItem, TResult> valueError,
        Func<RawItem, TResult> raw) => this switch
        {
            InboundItem item => inbound(item),
            StatusItem item => status(item),
            EchoItem item => echo(item),
            IdentityItem item => identity(item),
            PreferenceItem item => preference(item),
            QualityItem item => quality(item),
            TemplateItem item => template(item),
            AccountItem item => account(item),
            ValueErrorItem item => valueError(item),
            RawItem item => raw(item),
            _ => throw new InvalidOperationException("Webhook items are a closed set."),
        };

    /// <summary>The kind alone, so that no log line can carry a customer's words or number by accident.</summary>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>A customer wrote.</summary>
/// <param name="Person">Who wrote, as far as told: at least a phone or a user id.</param>
/// <param name="Message">What was written.</param>
/// <param name="GroupId">The group it was written to, or null for a chat of two.</param>
/// <param name="HasReferral">Whether an ad or post led here, which may open a free entry point.</param>
/// <param name="TimeWasClamped">Whether Meta's time was out of all range.</param>
public sealed record InboundItem(
    string WabaId,
    string? PhoneNumberId,
    PersonNames Person,
    InboundMessage Message,
    string? GroupId,
    bool HasReferral,
    bool TimeWasClamped) : WebhookItem(WabaId, PhoneNumberId);

/// <summary>What became of a message of ours.</summary>
/// <param name="Person">Whom it went to, as far as told; every part may be missing.</param>
/// <param name="Update">The status.</param>
/// <param name="GroupId">The group it went to, or null.</param>
/// <param name="Payload">The status object as Meta wrote it.</param>
public sealed record StatusItem(
    string WabaId,
    string? PhoneNumberId,
    PersonNames Person,
    StatusUpdate Update,
    string? GroupId,
    ReadOnlyMemory<byte> Payload) : WebhookItem(WabaId, PhoneNumberId);

/// <summary>
/// Somebody answered from the WhatsApp Business app of a coexistent number: ours, but not sent by us.
/// </summary>
/// <param name="Person">The customer it went to.</param>
/// <param name="Message">What was written.</param>
public sealed record EchoItem(string WabaId, string? PhoneNumberId, PersonNames Person, InboundMessage Message)
    : WebhookItem(WabaId, PhoneNumberId);

/// <summary>One person's phone or user id has changed: both names are the same contact.</summary>
/// <param name="Previous">The names before.</param>
/// <param name="Current">The names from now on; parts that did not change may be missing.</param>
/// <param name="At">When.</param>
/// <param name="Message">The system message that told it, for the archive; null when it came as an event of its
/// own.</param>
public sealed record IdentityItem(
    string WabaId,
    string? PhoneNumberId,
    PersonNames Previous,
    PersonNames Current,
    DateTimeOffset At,
    InboundMessage? Message) : WebhookItem(WabaId, PhoneNumberId);

/// <summary>A customer has used WhatsApp's own switch for offers.</summary>
/// <param name="Person">Who.</param>
/// <param name="Choice">What was chosen.</param>
/// <param name="Category">What it is about; Meta knows marketing_messages so far.</param>
/// <param name="At">When.</param>
/// <param name="Payload">The object as Meta wrote it.</param>
public sealed record PreferenceItem(
    string WabaId,
    string? PhoneNumberId,
    PersonNames Person,
    PreferenceChoice Choice,
    string? Category,
    DateTimeOffset At,
    ReadOnlyMemory<byte> Payload) : WebhookItem(WabaId, PhoneNumberId);

/// <summary>The choices of <see cref="PreferenceItem"/>.</summary>
public enum PreferenceChoice
{
    /// <summary>No more offers.</summary>
    Stop,

    /// <summary>Offers are welcome again.</summary>
    Resume,

    /// <summary>A sign-up, or a word newer than we are: neither takes nor gives consent.</summary>
    Other,
}

/// <summary>Throughput, messaging limit or standing of a number or its portfolio has changed.</summary>
/// <param name="Field">Meta's field, such as phone_number_quality_update or business_capability_update.</param>
/// <param name="Event">Meta's word, such as THROUGHPUT_UPGRADE; null for capability updates.</param>
/// <param name="DisplayPhoneNumber">The number's digits, formatted as Meta likes; null when the whole portfolio is
/// meant.</param>
/// <param name="MessagingLimit">The new limit: a TIER_ word or a number as text, -1 meaning none; null if
/// untold.</param>
/// <param name="At">When, if told.</param>
/// <param name="Payload">The value object as Meta wrote it.</param>
public sealed record QualityItem(
    string WabaId,
    string Field,
    string? Event,
    string? DisplayPhoneNumber,
    string? MessagingLimit,
    DateTimeOffset? At,
    ReadOnlyMemory<byte> Payload) : WebhookItem(WabaId, null);

/// <summary>A template's standing has changed: status, quality, category or components.</summary>
/// <param name="Field">Meta's field, such as message_template_status_update.</param>
/// <param name="TemplateId">Meta's id of the template.</param>
/// <param name="Name">Its name.</param>
/// <param name="Language">Its language, always with an underscore: en_US.</param>
/// <param name="Previous">Quality or category before; null for a status.</param>
/// <param name="Current">The status event, or quality or category from now on; null for components and announcements
/// of a change to come.</param>
/// <param name="Reason">Why, in Meta's word, if told.</param>
/// <param name="At">When, if told.</param>
/// <param name="Payload">The value object as Meta wrote it.</param>
public sealed record TemplateItem(
    string WabaId,
    string Field,
    string? TemplateId,
    string? Name,
    string? Language,
    string? Previous,
    string? Current,
    string? Reason,
    DateTimeOffset? At,
    ReadOnlyMemory<byte> Payload) : WebhookItem(WabaId, null);

/// <summary>Any other event of the account that Meta documents.</summary>
/// <param name="Field">Meta's field, such as account_update or security.</param>
/// <param name="Event">Its <c>event</c>, <c>decision</c> or <c>status</c>; null if it has none.</param>
/// <param name="Values">Every scalar in it by path (<c>restriction_info[0].restriction_type</c>), the first
/// 100.</param>
/// <param name="At">When, if told.</param>
/// <param name="Payload">The value object as Meta wrote it.</param>
public sealed record AccountItem(
    string WabaId,
    string? PhoneNumberId,
    string Field,
    string? Event,
    IReadOnlyDictionary<string, string> Values,
    DateTimeOffset? At,
    ReadOnlyMemory<byte> Payload) : WebhookItem(WabaId, PhoneNumberId);

/// <summary>Meta reports an error of its own side, or of our set-up, that belongs to no message.</summary>
/// <param name="Error">The error, named by the error table.</param>
/// <param name="Payload">The error object as Meta wrote it.</param>
public sealed record ValueErrorItem(
    string WabaId,
    string? PhoneNumberId,
    SendError Error,
    ReadOnlyMemory<byte> Payload) : WebhookItem(WabaId, PhoneNumberId);

/// <summary>What we do not understand, kept as it came.</summary>
/// <param name="Field">Meta's field; empty if it could not be read.</param>
/// <param name="Reason">Stable snake_case: why it is raw.</param>
/// <param name="Payload">The bytes.</param>
public sealed record RawItem(
    string WabaId,
    string? PhoneNumberId,
    string Field,
    string Reason,
    ReadOnlyMemory<byte> Payload) : WebhookItem(WabaId, PhoneNumberId);
