using System.Collections.Frozen;
using System.IO.Hashing;
using System.Text;
using Orleans.Runtime;
using WaGrains.Domain.Ids;

namespace WaGrains.Grains.Placement;

/// <summary>A silo that may be given grains.</summary>
/// <param name="Address">This incarnation of it.</param>
/// <param name="Name">Its stable name: what the hash sees, so that a silo that comes back gets the same numbers
/// back.</param>
/// <param name="Pool">Which pool it serves.</param>
public sealed record LiveSilo(SiloAddress Address, string Name, string Pool);

/// <summary>
/// Where everything lives: a rendezvous hash of the number (or, for grains without one, of the key) over the live silos
/// of the tenant's pool. Every silo computes the same place without asking anybody, and one that leaves moves only what
/// it had. Immutable.
/// </summary>
public sealed class Places
{
    /// <summary>The pool of silos and tenants that name none.</summary>
    public const string SharedPool = "shared";

    /// <summary>Nothing is known yet: nobody lives anywhere.</summary>
    public static readonly Places None = new([], FrozenDictionary<TenantId, string>.Empty);

    private readonly FrozenDictionary<TenantId, string> _poolOfTenant;
    private readonly FrozenDictionary<string, LiveSilo[]> _byPool;
    private readonly LiveSilo[] _silos;

    /// <summary>Places over these silos.</summary>
    /// <param name="silos">Whoever may be given grains, in any order.</param>
    /// <param name="poolOfTenant">The pools of tenants that are not in the shared one.</param>
    public Places(IEnumerable<LiveSilo> silos, FrozenDictionary<TenantId, string> poolOfTenant)
    {
        // Of two incarnations under one name the newer one wins every tie.
        _silos = [.. silos.OrderBy(silo => silo.Name, StringComparer.Ordinal)
            .ThenByDescending(silo => silo.Address.Generation)];
        _byPool = _silos.GroupBy(silo => silo.Pool).ToFrozenDictionary(pool => pool.Key, pool => pool.ToArray());
        _poolOfTenant = poolOfTenant;
    }

    /// <summary>Whoever may be given grains, by name.</summary>
    public IReadOnlyList<LiveSilo> Silos => _silos;

    /// <summary>The pools of tenants that are not in the shared one.</summary>
    public IReadOnlyDictionary<TenantId, string> PoolOfTenant => _poolOfTenant;

    /// <summary>Pools that tenants are placed in and no live silo serves: their tenants live in the shared one until
    /// one comes.</summary>
    public IReadOnlyList<string> DeadPools =>
        [.. _poolOfTenant.Values.Where(pool => !_byPool.ContainsKey(pool)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Where a grain lives; null while there is no silo at all.</summary>
    /// <param name="key">The grain's key, <see cref="OwnerKey.Path"/>.</param>
    public SiloAddress? Of(string key)
    {
        var silos = Candidates(TenantOf(key));
        if (silos.Length <= 1)
        {
            return silos.Length == 0 ? null : silos[0].Address;
        }

        var part = Part(key);
        return silos.MaxBy(silo => Weight(part, silo.Name))!.Address;
    }

    /// <summary>Where an owner lives; null while there is no silo at all.</summary>
    public SiloAddress? Of(OwnerKey owner) => Of(owner.Path);

    /// <summary>The same places over fewer silos.</summary>
    public Places Among(IReadOnlyCollection<SiloAddress> allowed) =>
        new(_silos.Where(silo => allowed.Contains(silo.Address)), _poolOfTenant);

    /// <summary>Whether both put every grain on the same silo.</summary>
    public bool IsSameAs(Places other) =>
        _silos.SequenceEqual(other._silos)
        && _poolOfTenant.Count == other._poolOfTenant.Count
        && _poolOfTenant.All(pair => other._poolOfTenant.GetValueOrDefault(pair.Key) == pair.Value);

    /// <summary>What of a grain key decides its place: tenant and number, or the whole key where there is no number in
    /// it.</summary>
    public static string Part(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && ConversationId.TryParse(key.AsSpan(slash + 1), null, out var conversation)
            ? $"{key[..slash]}/{conversation.Number}"
            : key;
    }

    private LiveSilo[] Candidates(TenantId? tenant)
    {
        var pool = tenant is { } known ? _poolOfTenant.GetValueOrDefault(known) : null;
        return pool is not null && _byPool.TryGetValue(pool, out var own) ? own
            : _byPool.TryGetValue(SharedPool, out var shared) ? shared
            : _silos;
    }

    private static TenantId? TenantOf(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return TenantId.TryParse(slash < 0 ? key.AsSpan() : key.AsSpan(0, slash), null, out var tenant) ? tenant : null;
    }

    private static ulong Weight(string part, string silo) =>
        XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{part}|{silo}"));
}
