using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Webhooks;

/// <summary>How webhooks are refused.</summary>
internal static class WebhookProblems
{
    private static readonly ProblemCode AppNotFound = new("app_not_found", 404, "There is no such app");
    private static readonly ProblemCode InvalidVerifyToken =
        new("invalid_verify_token", 403, "The verify token is wrong");
    private static readonly ProblemCode InvalidSignature = new("invalid_signature", 401, "The signature is wrong");

    public static ProblemHttpResult UnknownApp => Problem.Of(AppNotFound, "No app of this name is configured here.");

    public static ProblemHttpResult BadToken => Problem.Of(InvalidVerifyToken, "The verify token is not ours.");

    public static ProblemHttpResult BadSignature =>
        Problem.Of(InvalidSignature, "The signature does not fit the body and the app's secret.");

    public static ProblemHttpResult TooLarge => Problem.Of(ProblemCodes.BodyTooLarge, "A webhook has at most 3 MB.");

    public static ProblemHttpResult Malformed => Problem.Of(ProblemCodes.MalformedBody, "The body is no JSON object.");

    public static ProblemHttpResult Unavailable(TimeSpan retryAfter) =>
        Problem.Of(ProblemCodes.Unavailable, "Not durable now; send it again.", retryAfter);
}
