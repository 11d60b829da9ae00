using System.Collections.Frozen;

namespace WaGrains.Host.Problems;

/// <summary>
/// Every code the API may answer with. The first ones are found before an owner is asked, the others are owners'
/// refusals.
/// </summary>
public static class ProblemCodes
{
    public static readonly ProblemCode Unauthorized = new("unauthorized", 401, "A valid key is needed");
    public static readonly ProblemCode ForbiddenRole = new("forbidden_role", 403, "The key's role does not allow this");
    public static readonly ProblemCode MalformedBody = new("malformed_body", 400, "The body is not JSON");
    public static readonly ProblemCode ValidationFailed = new("validation_failed", 422, "The request is not valid");
    public static readonly ProblemCode BodyTooLarge = new("body_too_large", 413, "The body is too large");
    public static readonly ProblemCode UnsupportedMediaType =
        new("unsupported_media_type", 415, "The body must be application/json");

    public static readonly ProblemCode KeyReused =
        new("idempotency_key_reused", 409, "The idempotency key was used for another request");

    public static readonly ProblemCode RateLimited = new("rate_limited", 429, "Too many requests");
    public static readonly ProblemCode Unavailable = new("unavailable", 503, "Not available at present");
    public static readonly ProblemCode RouteNotFound = new("route_not_found", 404, "There is no such path");
    public static readonly ProblemCode MethodNotAllowed =
        new("method_not_allowed", 405, "The path does not take this method");

    public static readonly ProblemCode InternalError = new("internal_error", 500, "Something went wrong here");
    public static readonly ProblemCode NumberTaken =
        new("number_taken", 409, "The number is served by somebody else");

    public static readonly ProblemCode NotFound = new("not_found", 404, "There is nothing under this id");
    public static readonly ProblemCode WindowClosed = new("service_window_closed", 409, "The service window is closed");
    public static readonly ProblemCode NotTheHolder =
        new("not_the_holder", 403, "Another agent holds the conversation");
    public static readonly ProblemCode OptedOut = new("contact_opted_out", 409, "The contact has opted out");
    public static readonly ProblemCode FrequencyCapped =
        new("frequency_capped", 409, "The contact has had enough marketing");

    public static readonly ProblemCode RecipientParked =
        new("recipient_parked", 409, "Meta takes no marketing for the contact at present");

    public static readonly ProblemCode ForbiddenWords = new("forbidden_words", 422, "The text breaks a rule");
    public static readonly ProblemCode QueueFull = new("send_queue_full", 429, "The number's send queue is full");
    public static readonly ProblemCode NumberStopped = new("number_stopped", 409, "The number may not send at present");
    public static readonly ProblemCode ConversationClosed =
        new("conversation_closed", 409, "The conversation is closed");
    public static readonly ProblemCode ConversationOpen =
        new("conversation_not_closed", 409, "The conversation is not closed");

    public static readonly ProblemCode MessageLeaving = new("message_leaving", 409, "The message has begun to leave");
    public static readonly ProblemCode AgentAtCapacity = new("agent_at_capacity", 409, "The agent has no room");
    public static readonly ProblemCode AlreadyExists = new("already_exists", 409, "This already exists");
    public static readonly ProblemCode StaleVersion = new("stale_version", 412, "It has changed since it was read");
    public static readonly ProblemCode SendEnded = new("send_ended", 409, "The send has ended");
    public static readonly ProblemCode InvalidCommand = new("invalid_command", 422, "This cannot be meant");

    public static readonly ProblemCode InvalidCursor = new("invalid_cursor", 400, "The cursor is none of this feed");
    public static readonly ProblemCode CursorExpired =
        new("cursor_expired", 410, "What follows the cursor is not kept any more");
    public static readonly ProblemCode TooManyStreams = new("too_many_streams", 429, "Too many streams are open");

    /// <summary>All of them, in the order of the reference.</summary>
    public static IReadOnlyList<ProblemCode> All { get; } =
    [
        Unauthorized, ForbiddenRole, MalformedBody, ValidationFailed, BodyTooLarge, UnsupportedMediaType, KeyReused,
        RateLimited, Unavailable, RouteNotFound, MethodNotAllowed, InternalError, NumberTaken, NotFound, WindowClosed,
        NotTheHolder, OptedOut, FrequencyCapped, RecipientParked, ForbiddenWords, QueueFull, NumberStopped,
        ConversationClosed, ConversationOpen, MessageLeaving, AgentAtCapacity, AlreadyExists, StaleVersion, SendEnded,
        InvalidCommand, InvalidCursor, CursorExpired, TooManyStreams,
    ];

    private static readonly FrozenDictionary<string, ProblemCode> ByCode = All.ToFrozenDictionary(known => known.Code);

    /// <summary>The code of an owner's refusal; one that is new to this page counts as a bug of ours.</summary>
    public static ProblemCode Of(string code) => ByCode.GetValueOrDefault(code, InternalError);

    /// <summary>The code for a status that something outside our handlers has set.</summary>
    public static ProblemCode OfStatus(int status) => status switch
    {
        400 => MalformedBody,
        401 => Unauthorized,
        403 => ForbiddenRole,
        404 => RouteNotFound,
        405 => MethodNotAllowed,
        413 => BodyTooLarge,
        415 => UnsupportedMediaType,
        429 => RateLimited,
        503 => Unavailable,
        _ => status < 500 ? ValidationFailed : InternalError,
    };
}
