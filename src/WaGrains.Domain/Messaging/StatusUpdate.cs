namespace WaGrains.Domain.Messaging;

/// <summary>What Meta tells of a message we sent.</summary>
/// <param name="Wamid">Meta's id of our message.</param>
/// <param name="Status">Sent, Delivered, Read, Played or Failed.</param>
/// <param name="At">Meta's timestamp, normalised to seconds.</param>
/// <param name="CallbackData">What we sent as <c>biz_opaque_callback_data</c>, if Meta echoes it.</param>
/// <param name="Error">Why it failed, when it failed.</param>
/// <param name="PricingCategory">Meta's billing category, stored and not interpreted here; null if absent.</param>
/// <param name="PricingType">Meta's billing type (regular, free_customer_service, ...); null if absent.</param>
public sealed record StatusUpdate(
    string Wamid,
    MessageStatus Status,
    DateTimeOffset At,
    string? CallbackData,
    SendError? Error,
    string? PricingCategory,
    string? PricingType);

/// <summary>An error as Meta or our own rules gave it, for people and for the archive.</summary>
/// <param name="Code">Meta's error code, or 0 for one of our own refusals.</param>
/// <param name="Reason">A stable snake_case word: what went wrong.</param>
/// <param name="Details">Meta's own words, if any; never a customer's.</param>
public sealed record SendError(int Code, string Reason, string? Details);
