using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace WaGrains.Host.Access;

/// <summary>
/// An API key in clear, which only its first answer shows, and the hash that is kept: SHA-256, lower-case hex.
/// </summary>
/// <param name="Text"><c>wak_</c> and 43 letters: 256 bits of chance, so a plain hash cannot be searched.</param>
/// <param name="Hash">What is stored.</param>
internal readonly record struct ApiKeySecret(string Text, string Hash)
{
    private const string Prefix = "wak_";

    /// <summary>How much of the hash names a key in the API: 64 bits.</summary>
    private const int IdChars = 16;

    public string Id => IdOf(Hash);

    public static ApiKeySecret New()
    {
        var text = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return new ApiKeySecret(text, HashOf(text));
    }

    public static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static string IdOf(string hash) => hash[..Math.Min(IdChars, hash.Length)];

    /// <summary>Keeps the secret out of logs and failure messages.</summary>
    public override string ToString() => Id;
}
