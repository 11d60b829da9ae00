using WaGrains.Domain.Ids;
using WaGrains.Engine;
using WaGrains.Engine.Turns;
using WaGrains.Grains.Hints;
using WaGrains.Host.Configuration;
using WaGrains.Host.Problems;
using WaGrains.Host.Telemetry;

namespace WaGrains.Host.Silo;

/// <summary>
/// Stands before the webhooks and sends them back, before any work is done, while what is already taken in fills the
/// silo: Meta sends them again later. Also keeps one tenant from taking the others' places and from handing in more
/// than its budget. Stands before routing, because webhooks are handled there.
/// </summary>
internal sealed class IntakeGate(
    RequestDelegate next, WaGrainsOptions options, Staging staging, HintCarrier hints, EngineMeters meters)
{
    /// <summary>The last quarter of each bound belongs to what has been taken in: answers, statuses, hints of turns
    /// that are durable.</summary>
    private const int StagedMax = Limits.StagedTurnsMax / 4 * 3;

    private const int HintsMax = Limits.HintsMax / 4 * 3;

    private static readonly PathString Webhooks = "/webhooks/whatsapp";

    private static readonly FrozenProblem TooMuch = new(
        ProblemCodes.Unavailable, "Too much is under way; send it again.", TimeSpan.FromSeconds(1));

    public Task InvokeAsync(HttpContext http, IntakeShares shares, IntakeBudget budget) =>
        HttpMethods.IsPost(http.Request.Method)
        && http.Request.Path.StartsWithSegments(Webhooks, StringComparison.Ordinal, out var name)
        && name.HasValue
        && options.Apps.TryGetValue(name.Value[1..], out var app)
            ? Pass(http, app.TenantId, shares, budget)
            : next(http);

    private async Task Pass(HttpContext http, TenantId tenant, IntakeShares shares, IntakeBudget budget)
    {
        if (Full() is { } full)
        {
            await Refuse(http, full);
            return;
        }

        if (!budget.Allows(tenant))
        {
            await Refuse(http, "budget");
            return;
        }

        if (!shares.TryEnter(tenant))
        {
            await Refuse(http, "share");
            return;
        }

        try
        {
            await next(http);
        }
        finally
        {
            shares.Leave(tenant);
        }
    }

    private string? Full() =>
        staging.Waiting >= StagedMax ? "staged"
        : hints.UnderWay >= HintsMax ? "hints"
        : null;

    private Task Refuse(HttpContext http, string why)
    {
        meters.WebhooksRefused.Add(1, new KeyValuePair<string, object?>("because", why));
        return TooMuch.Answer(http);
    }
}
