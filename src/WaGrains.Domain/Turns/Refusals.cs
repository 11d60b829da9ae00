namespace WaGrains.Domain.Turns;

/// <summary>Every reason for which an owner may refuse. The API maps each code to one status; none is ever
/// renamed.</summary>
public static class Refusals
{
    /// <summary>Nothing is known under this id in this tenant.</summary>
    public static readonly Refusal NotFound = new("not_found", "There is nothing under this id.");

    /// <summary>The contact has not written within 24 hours: only an approved template may be sent.</summary>
    public static readonly Refusal WindowClosed =
        new("service_window_closed",
            "More than 24 hours have passed since the contact last wrote; send a template instead.");

    /// <summary>Another agent holds the conversation.</summary>
    public static readonly Refusal NotHolder = new("not_the_holder", "The conversation is held by another agent.");

    /// <summary>The contact has opted out.</summary>
    public static readonly Refusal OptedOut = new("contact_opted_out", "The contact has asked not to be written to.");

    /// <summary>The contact has had as much marketing as the tenant allows.</summary>
    public static readonly Refusal FrequencyCapped =
        new("frequency_capped", "The contact has had as much marketing as the configuration allows.");

    /// <summary>Meta takes no marketing for this contact until after the message's deadline.</summary>
    public static readonly Refusal RecipientParked = new(
        "recipient_parked", "Meta takes no marketing for this contact at present; the deadline comes too soon.");

    /// <summary>The number cannot send at all at present.</summary>
    public static readonly Refusal NumberStopped =
        new("number_stopped", "The number may not send at present; see its pace.");

    /// <summary>A closed conversation takes no such command.</summary>
    public static readonly Refusal Closed = new("conversation_closed", "The conversation is closed; reopen it first.");

    /// <summary>The conversation is not closed.</summary>
    public static readonly Refusal NotClosed = new("conversation_not_closed", "The conversation is not closed.");

    /// <summary>The message is on its way already, or may be.</summary>
    public static readonly Refusal Leaving =
        new("message_leaving", "The message has begun to leave and cannot be withdrawn.");

    /// <summary>The agent's capacity is used up.</summary>
    public static readonly Refusal AtCapacity =
        new("agent_at_capacity", "The agent holds as many conversations as it may.");

    /// <summary>The write was based on a version that is no longer the newest.</summary>
    public static readonly Refusal StaleVersion =
        new("stale_version", "The configuration has changed since it was read.");

    /// <summary>The bulk send has ended, or is ending.</summary>
    public static readonly Refusal SendEnded = new("send_ended", "The send has ended and takes no such command.");

    /// <summary>The id or name is taken.</summary>
    public static readonly Refusal AlreadyExists = new("already_exists", "This already exists.");

    /// <summary>The number's send queue is full.</summary>
    /// <param name="retryAfter">When room is likely.</param>
    public static Refusal QueueFull(TimeSpan retryAfter) =>
        new("send_queue_full", "The number's send queue is full.", retryAfter);

    /// <summary>A rule forbids this text.</summary>
    /// <param name="rule">The rule's id; the text itself is not repeated.</param>
    public static Refusal Forbidden(string rule) =>
        new("forbidden_words", $"The text breaks the rule '{rule}'; it was not sent and an alert was raised.");

    /// <summary>The command cannot mean anything sensible.</summary>
    public static Refusal Invalid(string detail) => new("invalid_command", detail);
}
