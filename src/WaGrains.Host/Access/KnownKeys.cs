using System.Collections.Concurrent;
using WaGrains.Domain.Tenants;
using WaGrains.Engine.Commits;

namespace WaGrains.Host.Access;

/// <summary>
/// The keys lately used here. One that is revoked on another silo ends here within <see cref="Life"/>. Unknown keys are
/// never kept: guesses cost
/// one look-up each, push nothing out, and a new key works at once.
/// </summary>
internal sealed class KnownKeys(IStore store, TimeProvider clock)
{
    /// <summary>How long a key is believed without asking again.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    /// <summary>Keys kept at most, about 300 bytes each; beyond it the others are looked up each time.</summary>
    private const int KeysMax = 20_000;

    private readonly ConcurrentDictionary<string, Entry> _keys = new(StringComparer.Ordinal);

    public async ValueTask<ApiKeyAdded?> Find(string hash, CancellationToken cancel)
    {
        if (_keys.TryGetValue(hash, out var entry) && clock.GetElapsedTime(entry.ReadAt) < Life)
        {
            return entry.Key;
        }

        var readAt = clock.GetTimestamp();
        var found = await store.Reads.ApiKey(hash, cancel);
        if (found is null)
        {
            _keys.TryRemove(hash, out _);
        }
        else if (HasRoom())
        {
            _keys[hash] = new Entry(found, readAt);
        }

        return found;
    }

    /// <summary>Forgets a key that was revoked here.</summary>
    public void Forget(string hash) => _keys.TryRemove(hash, out _);

    private bool HasRoom()
    {
        if (_keys.Count < KeysMax)
        {
            return true;
        }

        foreach (var (hash, entry) in _keys)
        {
            if (clock.GetElapsedTime(entry.ReadAt) >= Life)
            {
                _keys.TryRemove(hash, out _);
            }
        }

        return _keys.Count < KeysMax;
    }

    private readonly record struct Entry(ApiKeyAdded Key, long ReadAt);
}
