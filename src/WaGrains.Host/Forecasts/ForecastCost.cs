using WaGrains.Domain.Billing;
using WaGrains.Domain.Messaging;

namespace WaGrains.Host.Forecasts;

/// <summary>What Meta would charge, by its list rates.</summary>
/// <param name="AsOf">When this was worked out.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">For all who would be written to and have a rate, were each message delivered.</param>
/// <param name="Category">What they are charged as: marketing, utility, authentication, service.</param>
/// <param name="Unpriced">How many have no rate: their market is not on the card, or they have no phone
/// number.</param>
/// <param name="Markets">The same by market, the dearest first.</param>
/// <param name="RateCard">Which rates these are.</param>
/// <param name="Notes">What the amount leaves out.</param>
internal sealed record ForecastCost(
    DateTimeOffset AsOf,
    string Currency,
    decimal Amount,
    PriceCategory Category,
    int Unpriced,
    IReadOnlyList<MarketCost> Markets,
    RateCardResource RateCard,
    IReadOnlyList<string> Notes)
{
    public static ForecastCost Of(
        RateCard card, RecipientSurvey survey, MessageContent content, int writtenTo, DateTimeOffset now)
    {
        var category = Domain.Billing.RateCard.CategoryOf(content);
        var left = survey.Usable == 0 ? 0 : (decimal)writtenTo / survey.Usable;
        List<MarketCost> markets =
        [
            .. from pair in survey.ByMarket
               where pair.Key.Length > 0
               let rate = card.Named(pair.Key).Of(category)
               let messages = (int)Math.Round(pair.Value * left)
               let cost = new MarketCost(pair.Key, messages, rate, messages * rate)
               orderby cost.Amount descending, cost.Market
               select cost,
        ];
        return new ForecastCost(
            now,
            card.Terms.Currency,
            markets.Sum(market => market.Amount),
            category,
            (int)Math.Round(survey.ByMarket.GetValueOrDefault("") * left),
            markets,
            RateCardResource.Of(card.Terms, DateOnly.FromDateTime(now.UtcDateTime)),
            NotesOn(category, content));
    }

    private static List<string> NotesOn(PriceCategory category, MessageContent content)
    {
        List<string> notes = ["List rates: what is not delivered costs nothing, and volume tiers may cost less."];
        if (content is TemplateContent { Category: TemplateCategory.Unknown })
        {
            notes.Add("The template's category was not told: it is priced as marketing, the dearest.");
        }

        if (category == PriceCategory.Service)
        {
            notes.Add("The first 1,000 service messages of each number and month are free; they are not deducted.");
        }

        return notes;
    }
}

/// <summary>What one market costs.</summary>
/// <param name="Market">Meta's name for it.</param>
/// <param name="Messages">How many.</param>
/// <param name="PerMessage">The rate.</param>
/// <param name="Amount">The rate for all of them.</param>
internal sealed record MarketCost(string Market, int Messages, decimal PerMessage, decimal Amount);

/// <summary>Which rates these are.</summary>
/// <param name="ValidFrom">From this day on.</param>
/// <param name="MayChangeOn">From this day on others may hold.</param>
/// <param name="CheckedOn">When somebody last compared them with their source.</param>
/// <param name="Source">Where they are from.</param>
/// <param name="IsOutdated">Whether that day has come: others may hold by now.</param>
internal sealed record RateCardResource(
    DateOnly ValidFrom, DateOnly MayChangeOn, DateOnly CheckedOn, string Source, bool IsOutdated)
{
    public static RateCardResource Of(RateCardTerms terms, DateOnly today) => new(
        terms.ValidFrom, terms.MayChangeOn, terms.CheckedOn, terms.Source,
        today >= terms.MayChangeOn || today < terms.ValidFrom);
}
