using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using static WaGrains.Domain.Errors.ErrorReach;

namespace WaGrains.Domain.Errors;

/// <summary>The rows of <see cref="ErrorTable"/>, by ascending code: one code, or one range of codes, each.</summary>
internal static class ErrorRows
{
    private const string Codes = "Meta, Error codes, read 2026-09-11";
    private const string Throughput = "Meta, Throughput, updated 2025-11-21";
    private const string Budgets = "Meta, About the platform: rate limits, updated 2025-12-05";
    private const string PerUser = "Meta, Per-user limits, updated 2026-04-29";
    private const string Pausing = "Meta, Pausing, updated 2025-10-22";
    private const string Limits = "Meta, Messaging limits, updated 2026-05-08";
    private const string Portfolio = "Meta, Portfolio pacing, updated 2025-12-08";
    private const string Users = "Meta, Business-scoped user IDs, updated 2026-05-07";
    private const string Numbers = "Meta, Registration, updated 2026-03-31";

    private const string Token = "Meta refuses the access token. The number sends nothing until it gets a fresh one.";
    private const string Rights =
        "A permission is missing. The number sends nothing until it gets a fresh token or is resumed.";
    private const string Register =
        "Meta does not count the number as registered. It sends nothing until it is repaired and resumed.";

    // A stop that a webhook lifts ends by itself after this all the same, for a webhook may be lost: the next message
    // finds out.
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromHours(3);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly RetryRule Minute = RetryRule.Every(TimeSpan.FromSeconds(60));

    internal static readonly ErrorPolicy[] All =
    [
        Stop(0, "authentication_failed", Number, PaceLift.NewToken, Codes).Alarm(Token),
        Again(1, "unknown_api_error", RetryRule.Backoff.AtMost(1), Codes),
        Again(2, "service_overloaded", RetryRule.Backoff, Codes),
        Stop(3, "capability_missing", Number, PaceLift.NewToken, Codes).Alarm(Rights),
        Slow(4, "app_rate_limit", Budgets),
        Stop(10, "permission_missing", Number, PaceLift.NewToken, Codes).Alarm(Rights),
        Stop(33, "number_deleted", Number, PaceLift.Operator, Codes)
            .Alarm("Meta does not know the number any more. It sends nothing until it is resumed."),
        Fail(100, "parameter_invalid", Codes),
        Stop(190, "token_invalid", Number, PaceLift.NewToken, Codes).Alarm(Token),
        Stop(200, "permission_missing", Number, PaceLift.NewToken, Codes).To(299).Alarm(Rights),
        Stop(368, "policy_restriction", Account, PaceLift.Operator, Codes).Risk()
            .Alarm("Meta restricts the account for its policy. None of its numbers sends until the stop is lifted."),
        Slow(80007, "account_rate_limit", Budgets),
        Slow(80008, "account_rate_limit", Budgets),
        Fail(130403, "recipient_blocked_by_business", Codes),
        Slow(130429, "throughput_reached", Throughput),
        Park(130472, "experiment_holdout", Day, PaceLift.Time, Codes),
        Fail(130497, "country_restricted", Codes)
            .Warn("Meta lets the account send nothing to this country. Leave it out of what you send."),
        Again(131000, "unknown_error", RetryRule.PowersOfFour.AtMost(3), Codes),
        Stop(131005, "access_denied", Number, PaceLift.NewToken, Codes).Alarm(Rights),
        Fail(131008, "parameter_missing", Codes),
        Fail(131009, "parameter_value_invalid", Codes),
        Again(131016, "service_unavailable", RetryRule.Backoff, Codes),
        Fail(131021, "recipient_is_sender", Codes),
        Fail(131026, "recipient_unreachable", Codes),
        Fail(131030, "recipient_not_allow_listed", Codes),
        Stop(131031, "account_locked", Account, PaceLift.Operator, Codes).Risk()
            .Alarm("Meta has locked the account. None of its numbers sends until the stop is lifted."),
        Stop(131037, "display_name_not_approved", Number, PaceLift.Operator, Codes)
            .Alarm("The number's display name is not approved. It sends nothing until it is repaired and resumed."),
        Stop(131042, "payment_problem", Account, PaceLift.Operator, Codes)
            .Alarm("Meta cannot charge the account. None of its numbers sends until the stop is lifted."),
        Fail(131044, "calling_payment_problem", Codes),
        Stop(131045, "number_not_registered", Number, PaceLift.Operator, Codes).Alarm(Register),
        Fail(131047, "service_window_closed", Codes),
        Stop(131048, "spam_restriction", Number, PaceLift.Operator, Codes).Risk()
            .Alarm("Meta restricts the number as a source of spam. It sends nothing until it is resumed."),
        Park(131049, "marketing_limit_of_recipient", Day, PaceLift.Time, PerUser),
        Park(131050, "recipient_stopped_marketing", null, PaceLift.Contact, Codes),
        Fail(131051, "type_unsupported", Codes),
        Fail(131052, "inbound_media_unavailable", Codes),
        Fail(131053, "media_upload_failed", Codes),
        Fail(131055, "method_not_allowed", Codes),
        Again(131056, "pair_rate_limit", RetryRule.PowersOfFour, Throughput) with { Stops = ErrorReach.Recipient },
        Again(131057, "maintenance", Minute, Throughput) with { Stops = Number, For = Minute.First },
        Fail(131060, "message_unavailable", Codes),
        Fail(131062, "user_id_not_supported", Users),
        Stop(131063, "marketing_disabled", AccountMarketing, PaceLift.Operator, Codes).AndFail()
            .Warn("Marketing is switched off for the account on this API. It fails until the stop is lifted."),
        Stop(131064, "template_misclassification_limit", AccountMarketing, PaceLift.Time, Limits).During(Day)
            .Warn("Meta limits the account for templates of a wrong category. Its marketing waits a day."),
        Fail(132000, "template_parameter_count", Codes),
        Stop(132001, "template_missing", Template, PaceLift.Meta, Codes).AndFail().During(Hour)
            .Warn("The template does not exist in this language, or is not approved. Its messages fail for an hour."),
        Fail(132005, "template_text_too_long", Codes),
        Stop(132007, "template_policy_violation", Template, PaceLift.Meta, Codes).AndFail().During(Hour)
            .Warn("The template breaks Meta's content policy. Its messages fail for an hour."),
        Fail(132008, "template_parameter_invalid", Codes),
        Fail(132012, "template_parameter_format", Codes),
        Stop(132015, "template_paused", Template, PaceLift.Meta, Pausing).During(FirstPause)
            .Warn("Meta has paused the template for its quality. Its messages wait, three hours at most."),
        Stop(132016, "template_disabled", Template, PaceLift.Meta, Pausing).AndFail()
            .Alarm("Meta has disabled the template for its quality. Its messages fail until Meta reinstates it."),
        Fail(132018, "template_parameter_invalid", Codes),
        Stop(132068, "flow_blocked", Template, PaceLift.Meta, Codes).AndFail().During(Hour)
            .Warn("The flow of the template is blocked. Its messages fail for an hour."),
        Stop(132069, "flow_throttled", Template, PaceLift.Time, Codes).During(Hour)
            .Warn("Meta throttles the flow of the template. Its messages wait an hour."),
        Stop(133000, "deregistration_incomplete", Number, PaceLift.Operator, Numbers).Alarm(Register),
        Again(133004, "server_unavailable", RetryRule.Backoff, Codes),
        Fail(133005, "pin_wrong", Numbers),
        Stop(133006, "number_not_verified", Number, PaceLift.Operator, Numbers).Alarm(Register),
        Fail(133008, "pin_guessed_too_often", Numbers),
        Fail(133009, "pin_guessed_too_fast", Numbers),
        Stop(133010, "number_not_registered", Number, PaceLift.Operator, Numbers).Alarm(Register),
        Stop(133015, "number_recently_deleted", Number, PaceLift.Time, Numbers).During(TimeSpan.FromMinutes(5))
            .Warn("Meta has deleted the number a moment ago. It waits five minutes."),
        Fail(133016, "registration_limit", Numbers)
            .Warn("The number was registered too often. Meta registers it again after 72 hours."),
        Fail(134011, "payment_terms_pending", Codes)
            .Warn("The terms of payments are not accepted. Messages that ask for payment fail until they are."),
        Fail(134100, "marketing_templates_only", Codes),
        Again(134101, "template_syncing", RetryRule.Every(TimeSpan.FromMinutes(2)).AtMost(6), Codes),
        Again(134102, "template_unavailable", RetryRule.Backoff.AtMost(6), Codes),
        Fail(135000, "generic_refusal", Portfolio)
            .Warn("Meta refuses without a reason; it drops a portfolio's messages so. Look at the account's quality."),
        Fail(137000, "identity_changed", Codes),
        Fail(138000, "calling_refused", Codes).To(138999),
        Fail(139000, "flow_refused", Codes).To(139004),
        Fail(139100, "block_list_refused", Codes).To(139103),
        Fail(147001, "username_refused", Codes).To(147005),
        Fail(200005, "insights_refused", Codes).To(200007),
        Fail(2388000, "template_or_number_operation", Codes).To(2388999),
        Fail(2494100, "number_in_maintenance", Codes),
        Fail(2593107, "sync_refused", Codes).To(2593108),
    ];

    /// <summary>What has no code of its own, by its word.</summary>
    internal static readonly ErrorPolicy[] Codeless =
    [
        Slow(0, ErrorTable.Throttled, "any HTTP 429")
            .Warn("Meta throttles with a code that is not listed. The number slows down."),
        Again(0, ErrorTable.Temporary, RetryRule.PowersOfFour.AtMost(3), "is_transient of a code not listed"),
        Stop(0, ErrorTable.Unauthorized, Number, PaceLift.NewToken, "HTTP 401 without a code").Alarm(Token),
        Fail(0, ErrorTable.Uncoded, "a failed status without a code"),
    ];

    /// <summary>Anything else.</summary>
    internal static readonly ErrorPolicy Unlisted = Fail(0, ErrorTable.Unknown, "no page")
        .Warn("Meta refuses with a code that is not listed; the message shows it.");

    private static ErrorPolicy Fail(int code, string reason, string source) =>
        new(code, reason, source) { Stops = Message };

    private static ErrorPolicy Again(int code, string reason, RetryRule rule, string source) =>
        new(code, reason, source) { Message = MessageFate.Retried, Retry = rule, Lift = PaceLift.Time };

    private static ErrorPolicy Slow(int code, string reason, string source) =>
        Again(code, reason, RetryRule.PowersOfFour, source) with { Slows = true, Lift = PaceLift.AcceptedMessages };

    private static ErrorPolicy Park(int code, string reason, TimeSpan? term, PaceLift lift, string source) =>
        new(code, reason, source) { Stops = RecipientMarketing, For = term, Lift = lift };

    private static ErrorPolicy Stop(int code, string reason, ErrorReach reach, PaceLift lift, string source) =>
        new(code, reason, source) { Stops = reach, Lift = lift, Message = MessageFate.Waits };

    private static ErrorPolicy To(this ErrorPolicy row, int last) => row with { UpTo = last };

    private static ErrorPolicy During(this ErrorPolicy row, TimeSpan term) => row with { For = term };

    private static ErrorPolicy AndFail(this ErrorPolicy row) => row with { Message = MessageFate.Fails };

    private static ErrorPolicy Risk(this ErrorPolicy row) => row with { IsRisk = true };

    private static ErrorPolicy Warn(this ErrorPolicy row, string text) =>
        row with { Alert = new ErrorAlert(AlertSeverity.Warning, text) };

    private static ErrorPolicy Alarm(this ErrorPolicy row, string text) =>
        row with { Alert = new ErrorAlert(AlertSeverity.Critical, text) };
}
