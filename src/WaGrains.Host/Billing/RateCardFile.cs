using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using WaGrains.Domain.Billing;

namespace WaGrains.Host.Billing;

/// <summary>The rate card as a file: what it holds is described in <see cref="RateCard"/>.</summary>
internal sealed record RateCardFile(
    string Currency,
    DateOnly ValidFrom,
    DateOnly MayChangeOn,
    DateOnly CheckedOn,
    string Source,
    IReadOnlyList<string> UnpricedCallingCodes,
    IReadOnlyList<MarketRates> Markets)
{
    private const string Shipped = "rate-card.json";

    /// <summary>Reads the operator's card where one is named, else the one that comes with the program.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="JsonException">It is no rate card.</exception>
    public static RateCard Read(IOptions<ApiOptions> options)
    {
        using var file = options.Value.RateCardFile is { Length: > 0 } path
            ? File.OpenRead(path)
            : typeof(RateCardFile).Assembly.GetManifestResourceStream(Shipped)
                ?? throw new InvalidOperationException("The rate card is missing from the program.");
        var card = JsonSerializer.Deserialize(file, RateCardJson.Default.RateCardFile)
            ?? throw new JsonException("The rate card is empty.");
        return new RateCard(
            new RateCardTerms(card.Currency, card.ValidFrom, card.MayChangeOn, card.CheckedOn, card.Source),
            card.Markets,
            card.UnpricedCallingCodes);
    }
}

/// <summary>Strict: a misspelt member would silently cost nothing.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RateCardFile))]
internal sealed partial class RateCardJson : JsonSerializerContext;
