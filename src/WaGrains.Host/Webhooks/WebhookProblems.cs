using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Webhooks;

/// <summary>How webhooks are refused.</summary>
internal static class WebhookProblems
{
    public static ProblemHttpResult UnknownApp => Problem.Of(404, "app_not_found", "No app of this name is configured here.");

    public static ProblemHttpResult BadToken => Problem.Of(403, "invalid_verify_token", "The verify token is not ours.");

    public static ProblemHttpResult BadSignature =>
        Problem.Of(401, "invalid_signature", "The signature does not fit the body and the app's secret.");

    public static ProblemHttpResult TooLarge => Problem.Of(413, "body_too_large", "A webhook has at most 3 MB.");

    public static ProblemHttpResult Malformed => Problem.Of(400, "malformed_body", "The body is no JSON object.");

    public static ProblemHttpResult Unavailable(TimeSpan retryAfter) =>
        Problem.Of(503, "unavailable", "Not durable now; send it again.", retryAfter);
}
