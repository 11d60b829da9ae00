using WaGrains.Domain.Bulk;
using WaGrains.Domain.Forecasts;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Domain.Tenants;
using WaGrains.Host.Forecasts;

namespace WaGrains.Host.Sends;

/// <summary>How a bulk send has come along, and how it will go on.</summary>
/// <param name="Send">The send.</param>
/// <param name="Points">What its history tells, oldest first, and at the end how it stands now.</param>
/// <param name="FinishAt">When it would be over; null where it is, or nobody can tell.</param>
/// <param name="Now">When this was put together.</param>
internal sealed record Drain(
    BulkSendState Send, IReadOnlyList<DrainPoint> Points, DateTimeOffset? FinishAt, DateTimeOffset Now);

/// <summary>Puts together what a drawing of a bulk send shows.</summary>
internal sealed class DrainReader(IStore store, SendCounts counts, NumberOutlooks outlooks, TimeProvider clock)
{
    public async Task<Drain> Of(BulkSendState send, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var count = await counts.Of(send.Tenant, send.Id, cancel);
        var present = count.Tally.At(count.At);
        var points = (send.Drain ?? []).Where(point => point.At < present.At).Append(present).ToList();
        return new Drain(send, points, await Finish(send, present, now, cancel), now);
    }

    private async Task<DateTimeOffset?> Finish(
        BulkSendState send, DrainPoint present, DateTimeOffset now, CancellationToken cancel)
    {
        var left = send.Total - present.Sent - present.Failed;
        if (send.Phase != BulkPhase.Running || left <= 0)
        {
            return null;
        }

        try
        {
            var state = await store.Reads.Tenant(send.Tenant, cancel);
            var rules = new TenantRules(state?.Configuration ?? new TenantConfiguration(), 0).Pacing;
            var numbers = await outlooks.Of(send.Tenant, send.Numbers, send.Lane, send.Id, cancel);
            var question = new ForecastQuestion(left, send.Lane, send.Deadline, rules) { Content = send.Content };
            return Forecaster.Ask(question, numbers, now).FinishAt;
        }
        catch (OwnerUnavailableException)
        {
            // What has been is drawn all the same.
            return null;
        }
    }
}
