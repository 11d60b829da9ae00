using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace WaGrains.Sandbox.Judging;

/// <summary>
/// The last <paramref name="most"/> fingerprints; 128 bits make a false repeat impossible in practice.
/// </summary>
internal sealed class RecentPrints(int most)
{
    private readonly HashSet<UInt128> _known = [];
    private readonly Queue<UInt128> _order = new();

    /// <summary>How many were dropped to stay within bounds; repeats of those go unseen.</summary>
    public long Forgotten { get; private set; }

    public bool AddIfNew(UInt128 print)
    {
        if (!_known.Add(print))
        {
            return false;
        }

        _order.Enqueue(print);
        if (_order.Count > most)
        {
            _known.Remove(_order.Dequeue());
            Forgotten++;
        }

        return true;
    }
}

/// <summary>A 128-bit fingerprint of several byte strings, kept apart from one another.</summary>
internal static class Print
{
    public static UInt128 Of(string first, string second, ReadOnlySpan<byte> third, string fourth)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Encoding.UTF8.GetBytes(first));
        Append(hash, Encoding.UTF8.GetBytes(second));
        Append(hash, third);
        Append(hash, Encoding.UTF8.GetBytes(fourth));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return MemoryMarshal.Read<UInt128>(digest);
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}

/// <summary>
/// A map that keeps at least the <paramref name="most"/> last used entries: two generations, the older dropped whole
/// when the younger is full, so that no lookup ever scans.
/// </summary>
internal sealed class RecentMap<TKey, TValue>(int most)
    where TKey : notnull
    where TValue : class, new()
{
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];

    public long Forgotten { get; private set; }

    public TValue Of(TKey key)
    {
        if (_young.TryGetValue(key, out var value))
        {
            return value;
        }

        if (!_old.Remove(key, out value))
        {
            value = new TValue();
        }

        if (_young.Count == most)
        {
            Forgotten += _old.Count;
            (_old, _young) = (_young, []);
        }

        _young.Add(key, value);
        return value;
    }
}
