using WaGrains.Domain.Messaging;
using static WaGrains.Domain.Messaging.SendOutcomeKind;

namespace WaGrains.CloudApi.Sending;

/// <summary>
/// What each of Meta's error codes means for us: one table for answers to a send and for the errors of failed statuses.
/// Source: Meta's error
/// codes page, as fetched 2026-09-11. Logic hangs on the code alone; Meta's texts, subcodes and HTTP statuses change
/// without notice.
/// </summary>
public static class GraphErrors
{
    private const int TooManyRequests = 429;

    private static readonly RetryRule NextDay = RetryRule.Every(TimeSpan.FromHours(24));

    private static readonly GraphErrorRule[] Rows =
    [
        new(0, AuthenticationLost, "authentication_failed", RetryRule.Never, Alert: true),
        new(1, Transient, "unknown_api_error", RetryRule.Backoff.AtMost(1), Alert: false),
        new(2, Transient, "service_overloaded", RetryRule.Backoff, Alert: false),
        new(3, AuthenticationLost, "capability_missing", RetryRule.Never, Alert: true),
        new(4, ThrottledNumber, "app_rate_limit", RetryRule.PowersOfFour, Alert: false),
        new(10, AuthenticationLost, "permission_missing", RetryRule.Never, Alert: true),
        new(33, HoldNumber, "number_deleted", RetryRule.Never, Alert: true),
        new(100, Rejected, "parameter_invalid", RetryRule.Never, Alert: false),
        new(190, AuthenticationLost, "token_invalid", RetryRule.Never, Alert: true),
        new(200, AuthenticationLost, "permission_missing", RetryRule.Never, Alert: true) { UpTo = 299 },
        new(368, StopNumber, "policy_restriction", RetryRule.Never, Alert: true),
        new(80007, ThrottledNumber, "account_rate_limit", RetryRule.PowersOfFour, Alert: false),
        new(80008, ThrottledNumber, "account_rate_limit", RetryRule.PowersOfFour, Alert: false),
        new(130403, Rejected, "recipient_blocked_by_business", RetryRule.Never, Alert: false),
        new(130429, ThrottledNumber, "throughput_reached", RetryRule.PowersOfFour, Alert: false),
        new(130472, ParkRecipient, "experiment_holdout", NextDay, Alert: false),
        new(130497, Rejected, "country_restricted", RetryRule.Never, Alert: true),
        new(131000, Transient, "unknown_error", RetryRule.Backoff.AtMost(3), Alert: false),
        new(131005, AuthenticationLost, "access_denied", RetryRule.Never, Alert: true),
        new(131008, Rejected, "parameter_missing", RetryRule.Never, Alert: false),
        new(131009, Rejected, "parameter_value_invalid", RetryRule.Never, Alert: false),
        new(131016, Transient, "service_unavailable", RetryRule.Backoff, Alert: false),
        new(131021, Rejected, "recipient_is_sender", RetryRule.Never, Alert: false),
        new(131026, Rejected, "recipient_unreachable", RetryRule.Never, Alert: false),
        new(131030, Rejected, "recipient_not_allow_listed", RetryRule.Never, Alert: false),
        new(131031, StopNumber, "account_locked", RetryRule.Never, Alert: true),
        new(131037, HoldNumber, "display_name_not_approved", RetryRule.Never, Alert: true),
        new(131042, HoldNumber, "payment_problem", RetryRule.Never, Alert: true),
        new(131044, HoldNumber, "payment_problem", RetryRule.Never, Alert: true),
        new(131045, HoldNumber, "number_not_registered", RetryRule.Never, Alert: true),
        new(131047, Rejected, "service_window_closed", RetryRule.Never, Alert: false),
        new(131048, StopNumber, "spam_restriction", RetryRule.Never, Alert: true),
        new(131049, ParkRecipient, "marketing_limit_of_recipient", NextDay, Alert: false),
        new(131050, SuppressRecipient, "recipient_stopped_marketing", RetryRule.Never, Alert: false),
        new(131051, Rejected, "type_unsupported", RetryRule.Never, Alert: false),
        new(131052, Rejected, "inbound_media_unavailable", RetryRule.Never, Alert: false),
        new(131053, Rejected, "media_upload_failed", RetryRule.Never, Alert: false),
        new(131055, Rejected, "method_not_allowed", RetryRule.Never, Alert: false),
        new(131056, ThrottledPair, "pair_rate_limit", RetryRule.PowersOfFour, Alert: false),
        new(131057, Transient, "maintenance", RetryRule.Every(TimeSpan.FromSeconds(60)), Alert: false),
        new(131060, Rejected, "message_unavailable", RetryRule.Never, Alert: false),
        new(131062, Rejected, "user_id_not_supported", RetryRule.Never, Alert: false),
        new(131063, StopCampaigns, "marketing_disabled", RetryRule.Never, Alert: true),
        new(131064, StopCampaigns, "template_misclassification_limit", RetryRule.Never, Alert: true),
        new(132000, Rejected, "template_parameter_count", RetryRule.Never, Alert: false),
        new(132001, StopTemplate, "template_missing", RetryRule.Never, Alert: true),
        new(132005, Rejected, "template_text_too_long", RetryRule.Never, Alert: false),
        new(132007, StopTemplate, "template_policy_violation", RetryRule.Never, Alert: true),
        new(132008, Rejected, "template_parameter_invalid", RetryRule.Never, Alert: false),
        new(132012, Rejected, "template_parameter_format", RetryRule.Never, Alert: false),
        new(132015, StopTemplate, "template_paused", RetryRule.Never, Alert: true),
        new(132016, StopTemplate, "template_disabled", RetryRule.Never, Alert: true),
        new(132018, Rejected, "template_parameter_invalid", RetryRule.Never, Alert: false),
        new(132068, StopTemplate, "flow_blocked", RetryRule.Never, Alert: true),
        new(132069, StopTemplate, "flow_throttled", RetryRule.Never, Alert: true),
        new(133000, HoldNumber, "deregistration_incomplete", RetryRule.Never, Alert: true),
        new(133004, Transient, "server_unavailable", RetryRule.Backoff, Alert: false),
        new(133005, Rejected, "pin_wrong", RetryRule.Never, Alert: false),
        new(133006, HoldNumber, "number_not_verified", RetryRule.Never, Alert: true),
        new(133008, Rejected, "pin_guessed_too_often", RetryRule.Never, Alert: false),
        new(133009, Rejected, "pin_guessed_too_fast", RetryRule.Never, Alert: false),
        new(133010, HoldNumber, "number_not_registered", RetryRule.Never, Alert: true),
        new(133015, HoldNumber, "number_recently_deleted", RetryRule.Never, Alert: true),
        new(133016, Rejected, "registration_limit", RetryRule.Never, Alert: true),
        new(134011, HoldNumber, "payment_terms_pending", RetryRule.Never, Alert: true),
        new(134100, Rejected, "marketing_templates_only", RetryRule.Never, Alert: false),
        new(134101, Transient, "template_syncing", RetryRule.Every(TimeSpan.FromMinutes(2)).AtMost(6), Alert: false),
        new(134102, Transient, "template_unavailable", RetryRule.Backoff.AtMost(6), Alert: false),
        new(135000, Rejected, "generic_refusal", RetryRule.Never, Alert: true),
        new(137000, Rejected, "identity_changed", RetryRule.Never, Alert: false),
        new(138000, Rejected, "calling_refused", RetryRule.Never, Alert: false) { UpTo = 138999 },
        new(139000, Rejected, "flow_refused", RetryRule.Never, Alert: false) { UpTo = 139004 },
        new(139100, Rejected, "block_list_refused", RetryRule.Never, Alert: false) { UpTo = 139103 },
        new(147001, Rejected, "username_refused", RetryRule.Never, Alert: false) { UpTo = 147005 },
        new(200005, Rejected, "insights_refused", RetryRule.Never, Alert: false) { UpTo = 200007 },
        new(2388000, Rejected, "template_or_number_operation", RetryRule.Never, Alert: false) { UpTo = 2388999 },
        new(2494100, Rejected, "number_in_maintenance", RetryRule.Never, Alert: false),
        new(2593107, Rejected, "sync_refused", RetryRule.Never, Alert: false) { UpTo = 2593108 },
    ];

    /// <summary>Every rule, by ascending code; for documentation and for tests.</summary>
    public static IReadOnlyList<GraphErrorRule> All => Rows;

    /// <summary>The rule of a code, or null when Meta has a code we do not know.</summary>
    public static GraphErrorRule? Find(int code)
    {
        var (low, high) = (0, Rows.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (code < Rows[middle].Code)
            {
                high = middle - 1;
            }
            else if (code > Rows[middle].UpTo)
            {
                low = middle + 1;
            }
            else
            {
                return Rows[middle];
            }
        }

        return null;
    }

    /// <summary>
    /// The outcome of an error: by its code, an unknown code by HTTP status 429 (throttled), else rejected with the
    /// code shown.
    /// </summary>
    /// <param name="code">Meta's <c>error.code</c>.</param>
    /// <param name="httpStatus">The answer's HTTP status; 0 for errors that arrive by webhook.</param>
    /// <param name="details">Meta's own words, for people.</param>
    public static SendOutcome Judge(int code, int httpStatus, string? details)
    {
        var rule = Find(code) ?? Unlisted(code, httpStatus);
        var error = new SendError(code, rule.Reason, details);
        return new SendOutcome(rule.Kind, null, null, error, rule.Retry, rule.Alert);
    }

    private static GraphErrorRule Unlisted(int code, int httpStatus) =>
        httpStatus == TooManyRequests
            ? new GraphErrorRule(code, ThrottledNumber, "throttled", RetryRule.PowersOfFour, Alert: true)
            : new GraphErrorRule(code, Rejected, "unknown_code", RetryRule.Never, Alert: true);
}

/// <summary>One row of <see cref="GraphErrors"/>.</summary>
/// <param name="Code">Meta's code, or the first of a range.</param>
/// <param name="Kind">Which policy applies.</param>
/// <param name="Reason">Our stable snake_case word for it.</param>
/// <param name="Retry">Whether and when the same message may be tried again.</param>
/// <param name="Alert">Whether a person must look at it.</param>
public sealed record GraphErrorRule(int Code, SendOutcomeKind Kind, string Reason, RetryRule Retry, bool Alert)
{
    /// <summary>The last code of the range; the code itself where the row is about one.</summary>
    public int UpTo { get; init; } = Code;
}
