using System.Collections.Concurrent;
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

    private sealed record Entry(PhoneNumberState Number, long ReadAt);
}
