using System.Collections.Concurrent;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Reading;

namespace WaGrains.Host.Numbers;

/// <summary>Finds a number by Meta's id, for webhooks and sends. Remembers for a few seconds what it read; unknown ids
/// not at all.</summary>
public sealed class NumberDirectory(IReads reads, TimeProvider clock)
{
    /// <summary>How long a change of a number's settings may go unnoticed.</summary>
    private static readonly TimeSpan Remembers = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The number, or null if it is nobody's.</summary>
    public async ValueTask<PhoneNumberState?> Find(string phoneNumberId, CancellationToken cancel)
    {
        if (_entries.TryGetValue(phoneNumberId, out var entry) && clock.GetElapsedTime(entry.ReadAt) < Remembers)
        {
            return entry.Number;
        }

        var number = await reads.NumberByMetaId(phoneNumberId, cancel);
        if (number is not null)
        {
            _entries[phoneNumberId] = new Entry(number, clock.GetTimestamp());
        }

        return number;
    }

    /// <summary>A tenant's number by how people read it, for what Meta tells without an id; null if it has none
    /// such.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="accountId">Meta's id of the account it belongs to.</param>
    /// <param name="displayNumber">The number; only its digits count.</param>
    /// <param name="cancel">The caller has stopped waiting.</param>
    public async ValueTask<PhoneNumberState?> FindShown(
        TenantId tenant, string accountId, string? displayNumber, CancellationToken cancel)
    {
        var digits = Digits(displayNumber);
        return digits.Length == 0
            ? null
            : (await reads.Numbers(tenant, cancel)).FirstOrDefault(number =>
                number.Settings.AccountId == accountId && Digits(number.Settings.DisplayNumber) == digits);
    }

    /// <summary>The portfolios of an account's numbers; more than one only where the tenant has told them so.</summary>
    public async ValueTask<IReadOnlyList<PortfolioId>> PortfoliosOf(
        TenantId tenant, string accountId, CancellationToken cancel) =>
    [
        .. (await reads.Numbers(tenant, cancel))
            .Where(number => number.Settings.AccountId == accountId)
            .Select(number => number.Settings.Portfolio)
            .OfType<PortfolioId>()
            .Distinct()
            .Order(),
    ];

    private static string Digits(string? text) => string.Concat((text ?? "").Where(char.IsAsciiDigit));

    private sealed record Entry(PhoneNumberState Number, long ReadAt);
}
