using System.Collections.Frozen;

namespace WaGrains.Sandbox.Graph;

/// <summary>
/// Codes with their HTTP status and wording. Meta's error page no longer lists statuses; these are the last published
/// (2023) and, for newer codes, 400. Clients must decide on the code alone.
/// </summary>
internal static class GraphErrors
{
    private static readonly FrozenDictionary<int, Entry> Known = new Dictionary<int, Entry>
    {
        [0] = new(401, "AuthException"),
        [1] = new(400, "API Unknown"),
        [2] = new(503, "API Service"),
        [3] = new(500, "API Method"),
        [4] = new(429, "API Too Many Calls"),
        [10] = new(403, "Permission Denied"),
        [33] = new(400, "Parameter value is not valid"),
        [100] = new(400, "Invalid parameter"),
        [190] = new(401, "Access token has expired"),
        [368] = new(403, "Temporarily blocked for policies violations"),
        [80007] = new(429, "Rate limit issues"),
        [130403] = new(400, "Business has blocked this user"),
        [130429] = new(429, "Rate limit hit"),
        [130472] = new(400, "User's number is part of an experiment"),
        [130497] = new(403, "Business account is restricted from messaging users in this country"),
        [131000] = new(500, "Something went wrong"),
        [131005] = new(403, "Access denied"),
        [131008] = new(400, "Required parameter is missing"),
        [131009] = new(400, "Parameter value is not valid"),
        [131016] = new(500, "Service unavailable"),
        [131021] = new(400, "Recipient cannot be sender"),
        [131026] = new(400, "Message undeliverable"),
        [131031] = new(403, "Account has been locked"),
        [131042] = new(400, "Business eligibility payment issue"),
        [131045] = new(500, "Incorrect certificate"),
        [131047] = new(400, "Re-engagement message"),
        [131048] = new(429, "Spam rate limit hit"),
        [131049] = new(400, "Message was not delivered to maintain healthy ecosystem engagement"),
        [131050] = new(400, "User has stopped marketing messages from this business"),
        [131051] = new(400, "Unsupported message type"),
        [131053] = new(400, "Media upload error"),
        [131056] = new(429, "(Business Account, Consumer Account) pair rate limit hit"),
        [131057] = new(500, "Account in maintenance mode"),
        [131062] = new(400, "Business-scoped user id recipient not supported"),
        [131063] = new(400, "Marketing templates are disabled on Cloud API"),
        [131064] = new(429, "Account limit reached"),
        [132000] = new(400, "Template Param Count Mismatch"),
        [132001] = new(404, "Template name does not exist in the translation"),
        [132005] = new(400, "Template Hydrated Text Too Long"),
        [132007] = new(400, "Template Format Character Policy Violated"),
        [132012] = new(400, "Template Parameter Format Mismatch"),
        [132015] = new(400, "Template is Paused"),
        [132016] = new(400, "Template is Disabled"),
        [133004] = new(503, "Server Temporarily Unavailable"),
        [133010] = new(400, "Phone number not registered"),
        [135000] = new(400, "Generic user error"),
        [137000] = new(400, "Recipient identity key hash mismatch"),
    }.ToFrozenDictionary();

    public static int HttpStatus(int code) => Known.TryGetValue(code, out var entry) ? entry.HttpStatus : 400;

    public static string Title(int code) => Known.TryGetValue(code, out var entry) ? entry.Title : "Unknown error";

    private readonly record struct Entry(int HttpStatus, string Title);
}
