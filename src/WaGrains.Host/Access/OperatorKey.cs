using System.Security.Cryptography;
using System.Text;

namespace WaGrains.Host.Access;

/// <summary>The key of whoever runs this installation. Kept only as a hash.</summary>
/// <param name="key">The key in clear; must not be empty.</param>
public sealed class OperatorKey(string key)
{
    private readonly byte[] _hash = key.Length > 0
        ? Hash(key)
        : throw new ArgumentException("An operator's key must not be empty.", nameof(key));

    /// <summary>Whether this is the key; takes the same time for every other text of the same length.</summary>
    public bool Matches(string candidate) => CryptographicOperations.FixedTimeEquals(_hash, Hash(candidate));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
