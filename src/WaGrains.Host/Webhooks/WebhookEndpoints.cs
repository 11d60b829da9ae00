using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.CloudApi.Webhooks;
using WaGrains.Engine.Intake;
using WaGrains.Engine.Owners;
using WaGrains.Host.Configuration;
using WaGrains.Host.Problems;
using WaGrains.Host.Telemetry;

namespace WaGrains.Host.Webhooks;

/// <summary>Meta's webhooks: the handshake, and everything Meta tells. 200 only when all of it is durable.</summary>
internal static class WebhookEndpoints
{
    /// <summary>The largest body Meta sends: 3 MB (facts 1.4).</summary>
    private const int BodyBytesMax = 3 * 1024 * 1024;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        // The hottest path: the signature is its key, so what other paths pass between routing and here is left out;
        // its latency is our own meter's.
        var group = routes.MapGroup("/webhooks/whatsapp").WithTags("Webhooks").AllowAnonymous().DisableHttpMetrics();
        group.ShortCircuit();
        group.MapGet("/{app}", Verify).WithName("verifyWebhook").WithSummary("Answers Meta's handshake.");
        group.MapPost("/{app}", Receive).WithName("receiveWebhook")
            .WithSummary("Takes what Meta delivers, signed with the app's secret.");
    }

    private static Results<ContentHttpResult, ProblemHttpResult> Verify(
        string app, HttpRequest request, WaGrainsOptions options)
    {
        if (!options.Apps.TryGetValue(app, out var known))
        {
            return WebhookProblems.UnknownApp;
        }

        var query = request.Query;
        var challenge = WebhookHandshake.Verify(
            query["hub.mode"], query["hub.challenge"], query["hub.verify_token"], known.VerifyToken);
        return challenge is null ? WebhookProblems.BadToken : TypedResults.Text(challenge);
    }

    private static async Task<Results<Ok, ProblemHttpResult>> Receive(
        string app, HttpRequest request, WaGrainsOptions options, WebhookDesk desk, CancellationToken cancel)
    {
        if (!options.Apps.TryGetValue(app, out var known))
        {
            return WebhookProblems.UnknownApp;
        }

        var body = await WebhookBody.Read(request, BodyBytesMax, cancel);
        if (body is not { } bytes)
        {
            return WebhookProblems.TooLarge;
        }

        // The signature comes before anything in the body is looked at.
        var header = request.Headers[WebhookSignature.HeaderName].ToString();
        if (!WebhookSignature.IsValid(bytes.Span, header, Encoding.UTF8.GetBytes(known.AppSecret)))
        {
            return WebhookProblems.BadSignature;
        }

        return await desk.Take(known.TenantId, bytes, cancel) switch
        {
            WebhookFate.Durable => TypedResults.Ok(),
            WebhookFate.Malformed => WebhookProblems.Malformed,
            WebhookFate.NotDurable => WebhookProblems.Unavailable(RetryAfter),
        };
    }
}
