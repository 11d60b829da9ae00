using WaGrains.Domain.Messaging;

namespace WaGrains.Domain.Billing;

/// <summary>
/// What Meta charges for a delivered message, by the recipient's market and the message's category. Rates change on
/// 1 January, April, July and October only (Meta, "Pricing", updated 2026-03-30), so a card says from when on it holds
/// and when it may be over; who wrote it down, and when, is part of it.
/// </summary>
public sealed class RateCard
{
    private const int CodeDigitsMax = 7;

    private readonly Dictionary<string, MarketRates?> _byCode;

    /// <summary>Makes a card.</summary>
    /// <param name="terms">What holds for all of it.</param>
    /// <param name="markets">Its markets.</param>
    /// <param name="unpriced">Calling codes that begin as a market's do and belong to none.</param>
    /// <exception cref="ArgumentException">A calling code is no digits, too long, or given twice.</exception>
    public RateCard(RateCardTerms terms, IReadOnlyList<MarketRates> markets, IReadOnlyList<string> unpriced)
    {
        Terms = terms;
        List<(string Code, MarketRates? Market)> codes =
        [
            .. markets.SelectMany(market => market.CallingCodes.Select(code => (code, (MarketRates?)market))),
            .. unpriced.Select(code => (code, (MarketRates?)null)),
        ];
        if (codes.Find(each => each.Code.Length is 0 or > CodeDigitsMax || !each.Code.All(char.IsAsciiDigit))
            is { Code: { } wrong })
        {
            throw new ArgumentException($"'{wrong}' is no calling code.", nameof(markets));
        }

        _byCode = codes.ToDictionary(each => each.Code, each => each.Market);
    }

    /// <summary>What holds for all of it.</summary>
    public RateCardTerms Terms { get; }

    /// <summary>The market of a phone number, by its longest calling code; null where the card has none.</summary>
    /// <param name="digits">The number with its country code, digits only.</param>
    public MarketRates? MarketOf(string digits)
    {
        for (var length = Math.Min(CodeDigitsMax, digits.Length); length > 0; length--)
        {
            if (_byCode.TryGetValue(digits[..length], out var market))
            {
                return market;
            }
        }

        return null;
    }

    /// <summary>The market of this name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public MarketRates Named(string market) => _byCode.Values.First(each => each?.Market == market)!;

    /// <summary>What this message is charged as. A template whose category nobody has told is taken for marketing, the
    /// dearest; all that is no template is service (charged since 2026-10-01).</summary>
    public static PriceCategory CategoryOf(MessageContent content) => content is not TemplateContent template
        ? PriceCategory.Service
        : template.Category switch
        {
            TemplateCategory.Utility => PriceCategory.Utility,
            TemplateCategory.Authentication => PriceCategory.Authentication,
            TemplateCategory.Marketing or TemplateCategory.Unknown => PriceCategory.Marketing,
        };
}

/// <summary>What holds for all of a card.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="ValidFrom">From this day on.</param>
/// <param name="MayChangeOn">From this day on other rates may hold.</param>
/// <param name="CheckedOn">When somebody last compared it with its source.</param>
/// <param name="Source">Where the rates are from.</param>
public sealed record RateCardTerms(
    string Currency, DateOnly ValidFrom, DateOnly MayChangeOn, DateOnly CheckedOn, string Source);

/// <summary>The rates of one market, each for one delivered message.</summary>
/// <param name="Market">Meta's name for it.</param>
/// <param name="CallingCodes">Whose numbers begin with one of these belongs to it; the longest decides.</param>
/// <param name="Marketing">In the card's currency, 0 or more.</param>
/// <param name="Utility">In the card's currency, 0 or more.</param>
/// <param name="Authentication">In the card's currency, 0 or more.</param>
/// <param name="Service">In the card's currency, 0 or more.</param>
public sealed record MarketRates(
    string Market,
    IReadOnlyList<string> CallingCodes,
    decimal Marketing,
    decimal Utility,
    decimal Authentication,
    decimal Service)
{
    /// <summary>The rate of a category.</summary>
    public decimal Of(PriceCategory category) => category switch
    {
        PriceCategory.Marketing => Marketing,
        PriceCategory.Utility => Utility,
        PriceCategory.Authentication => Authentication,
        PriceCategory.Service => Service,
    };
}

/// <summary>What Meta charges a message as.</summary>
public enum PriceCategory
{
    /// <summary>A marketing template.</summary>
    Marketing = 1,

    /// <summary>A utility template.</summary>
    Utility = 2,

    /// <summary>An authentication template.</summary>
    Authentication = 3,

    /// <summary>Anything else.</summary>
    Service = 4,
}
