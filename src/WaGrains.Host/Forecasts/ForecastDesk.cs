using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Billing;
using WaGrains.Domain.Forecasts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.PhoneNumbers;
using WaGrains.Host.Problems;
using WaGrains.Host.Sends;

namespace WaGrains.Host.Forecasts;

/// <summary>What a forecast is made of, besides the request.</summary>
/// <param name="Numbers">How numbers stand.</param>
/// <param name="Consent">Who would be refused.</param>
/// <param name="Card">What messages cost.</param>
/// <param name="Store">Where the tenant's rules are.</param>
internal sealed record ForecastMakings(NumberOutlooks Numbers, ConsentSurvey Consent, RateCard Card, IStore Store);

/// <summary>Forecasts bulk sends from their requests. Stores nothing.</summary>
internal sealed class ForecastDesk(
    SendUploads uploads, SendReader reader, ForecastMakings makings, TimeProvider clock)
{
    /// <summary>The forecast, or what is wrong with the request.</summary>
    public Task<(ForecastResource? Made, ProblemHttpResult? Problem)> Forecast(
        HttpRequest request, Caller caller, CancellationToken cancel) =>
        uploads.Take(request, spool => Forecast(caller.Tenant, spool, cancel), cancel);

    private async Task<(ForecastResource? Made, ProblemHttpResult? Problem)> Forecast(
        TenantId tenant, Spool spool, CancellationToken cancel)
    {
        var (head, problem) = await reader.Head(tenant, spool, cancel);
        if (head is null || head.Content is not { } content || head.Mistakes.Count > 0)
        {
            return (null, problem ?? Problem.Of(head!.Mistakes));
        }

        var survey = new RecipientSurvey(makings.Card);
        if (!survey.Walk(spool, content))
        {
            return (null, Problem.Of("recipients", "too_many", $"At most {RecipientList.CountMax}."));
        }

        if (survey.Listed == 0)
        {
            return (null, Problem.Of("recipients", "missing", "At least one."));
        }

        var state = await makings.Store.Reads.Tenant(tenant, cancel);
        var rules = new TenantRules(state?.Configuration ?? new TenantConfiguration(), 0);
        var refused = Scaled(survey, await makings.Consent.Refused(tenant, head, survey.Sample, rules, cancel));
        var count = Math.Max(0, survey.Usable - refused.Values.Sum());
        var question = new ForecastQuestion(count, head.Lane, head.Deadline, rules.Pacing)
        {
            Zones = Zones(survey, content, rules.Pacing),
            Content = content,
        };
        var numbers = await makings.Numbers.Of(tenant, head.Numbers, head.Lane, asked: null, cancel);
        var forecast = Forecaster.Ask(question, numbers, clock.GetUtcNow());
        var recipients = ForecastRecipients.Of(survey, refused, count, forecast.Late);
        var cost = ForecastCost.Of(makings.Card, survey, content, count, clock.GetUtcNow());
        return (ForecastResource.Of(question, forecast, recipients, cost), null);
    }

    /// <summary>From the sample to all.</summary>
    private static SortedDictionary<string, int> Scaled(RecipientSurvey survey, SortedDictionary<string, int> refused)
    {
        var scale = survey.Sample.Count == 0 ? 1 : (double)survey.Usable / survey.Sample.Count;
        return new SortedDictionary<string, int>(
            refused.ToDictionary(pair => pair.Key, pair => (int)Math.Round(pair.Value * scale)),
            StringComparer.Ordinal);
    }

    /// <summary>Where the recipients are, where that matters; whoever does not tell goes by UTC.</summary>
    private static List<ZoneShare> Zones(RecipientSurvey survey, MessageContent content, PacingRules rules)
    {
        if (rules.QuietHours is null || !Marketing.Is(content) || survey.Sample.Count == 0)
        {
            return [];
        }

        var scale = (double)survey.Usable / survey.Sample.Count;
        return
        [
            .. survey.Sample.CountBy(person => RecipientZones.Of(person) ?? TimeZoneInfo.Utc)
                .Select(pair => new ZoneShare(pair.Key, (int)Math.Round(pair.Value * scale))),
        ];
    }
}
