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
/// <remarks>
/// A tenant that hands in too much waits a little for its refusal: whoever repeats at once, as Meta does, is slowed by
/// it, and answering costs the others less. Waiting costs next to nothing, and only so many wait.
/// </remarks>
internal sealed class IntakeGate(RequestDelegate next, WaGrainsOptions options, IntakeGate.Bounds bounds)
{
    /// <summary>How long a refusal for a tenant's own excess is held back at most, and a third of it at least: spread,
    /// so that those who wait do not come back all at once.</summary>
    public static readonly TimeSpan HeldBack = TimeSpan.FromMilliseconds(750);

    /// <summary>Refusals held back at once, of all tenants; the next ones are answered at once.</summary>
    public const int HeldBackMax = 1_000;

    /// <summary>The last quarter of each bound belongs to what has been taken in: answers, statuses, hints of turns
    /// that are durable.</summary>
    private const int StagedMax = Limits.StagedTurnsMax / 4 * 3;

    private const int HintsMax = Limits.HintsMax / 4 * 3;

    private static readonly PathString Webhooks = "/webhooks/whatsapp";

    private static readonly FrozenProblem TooMuch = new(
        ProblemCodes.Unavailable, "Too much is under way; send it again.", TimeSpan.FromSeconds(1));

    /// <summary>Multiples of it fall evenly over a circle, however many they are.</summary>
    private const double GoldenRatio = 0.6180339887498949;

    private int _heldBack;
    private uint _refusals;

    public Task InvokeAsync(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method)
        && http.Request.Path.StartsWithSegments(Webhooks, StringComparison.Ordinal, out var name)
        && name.HasValue
        && options.Apps.TryGetValue(name.Value[1..], out var app)
            ? Pass(http, app.TenantId)
            : next(http);

    private async Task Pass(HttpContext http, TenantId tenant)
    {
        if (bounds.Full() is { } full)
        {
            await Refuse(http, full);
            return;
        }

        if (!bounds.Budget.Allows(tenant))
        {
            await RefuseLater(http, "budget");
            return;
        }

        if (!bounds.Shares.TryEnter(tenant))
        {
            await RefuseLater(http, "share");
            return;
        }

        try
        {
            await next(http);
        }
        finally
        {
            bounds.Shares.Leave(tenant);
        }
    }

    private async Task RefuseLater(HttpContext http, string why)
    {
        if (Interlocked.Increment(ref _heldBack) <= HeldBackMax)
        {
            await Task.Delay(HeldBack * Spread(), bounds.Clock, http.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Interlocked.Decrement(ref _heldBack);
        await Refuse(http, why);
    }

    private double Spread() => (1 + (2 * (Interlocked.Increment(ref _refusals) * GoldenRatio % 1))) / 3;

    private Task Refuse(HttpContext http, string why)
    {
        bounds.Meters.WebhooksRefused.Add(1, new KeyValuePair<string, object?>("because", why));
        return TooMuch.Answer(http);
    }

    /// <summary>What it looks at.</summary>
    internal sealed record Bounds(
        Staging Staging, HintCarrier Hints, IntakeShares Shares, IntakeBudget Budget, EngineMeters Meters)
    {
        /// <summary>Whose time refusals are held back by.</summary>
        public TimeProvider Clock { get; init; } = TimeProvider.System;

        /// <summary>What fills the silo; null while there is room.</summary>
        public string? Full() => Staging.Waiting >= StagedMax ? "staged" : Hints.UnderWay >= HintsMax ? "hints" : null;
    }
}
