using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace WaGrains.Host.Sending;

/// <summary>
/// Seals access tokens for the store, so that a copy of the database opens nothing: AES-256-GCM under a key that lies
/// in a file of its own.
/// The sealed form is <c>v1.</c> and base64url of nonce, tag and cipher text.
/// </summary>
public sealed class TokenVault
{
    private const string Version = "v1.";
    private const string KeyFile = "secrets.key";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key;

    /// <summary>A vault under this key.</summary>
    /// <param name="key">32 bytes.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public TokenVault(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyBytes)
        {
            throw new ArgumentException(
                $"The key of sealed tokens has {key.Length} bytes, not {KeyBytes}.", nameof(key));
        }

        _key = key.ToArray();
    }

    /// <summary>The vault of a data folder: its key is made with the first use, readable by its owner alone.</summary>
    /// <exception cref="ArgumentException">The file holds no key.</exception>
    public static TokenVault In(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, KeyFile);
        if (!File.Exists(path))
        {
            Write(path, RandomNumberGenerator.GetBytes(KeyBytes));
        }

        return new TokenVault(File.ReadAllBytes(path));
    }

    /// <summary>Seals a token; two calls give two texts.</summary>
    public string Seal(string clear)
    {
        var plain = Encoding.UTF8.GetBytes(clear);
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(
            box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes));
        return Version + Base64Url.EncodeToString(box);
    }

    /// <summary>Opens what <see cref="Seal"/> gave.</summary>
    /// <param name="sealed">The sealed form.</param>
    /// <exception cref="CryptographicException">It was sealed under another key, or changed since.</exception>
    public string Open(string @sealed)
    {
        if (!@sealed.StartsWith(Version, StringComparison.Ordinal)
            || !Base64Url.IsValid(@sealed.AsSpan(Version.Length)))
        {
            throw new CryptographicException("Not a sealed token of a version known here.");
        }

        var box = Base64Url.DecodeFromChars(@sealed.AsSpan(Version.Length));
        if (box.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("A sealed token is cut short.");
        }

        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(
            box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), plain);
        return Encoding.UTF8.GetString(plain);
    }

    // Complete under another name first: a process that starts at the same time never reads half a key, and the first
    // one to move wins.
    private static void Write(string path, byte[] key)
    {
        var draft = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
