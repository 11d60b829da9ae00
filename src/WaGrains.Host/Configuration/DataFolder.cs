using System.Security.Cryptography;
using WaGrains.Host.Sending;

namespace WaGrains.Host.Configuration;

/// <summary>The folder in which a single process keeps everything: database, keys.</summary>
public sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens the folder, making it where it is missing.</summary>
    public DataFolder(WaGrainsOptions options, IConfiguration configuration)
    {
        Path = System.IO.Path.GetFullPath(configuration["WAGRAINS_DATA"] is { Length: > 0 } named
            ? named
            : options.DataFolder);
        Directory.CreateDirectory(Path);
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>The full path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The operator's key: configured, or read from its file, which is made on the first start.</summary>
    public string OperatorKey(WaGrainsOptions options)
    {
        if (options.OperatorKey is { Length: > 0 } configured)
        {
            return configured;
        }

        var file = File("operator.key");
        if (!System.IO.File.Exists(file))
        {
            WriteKey("operator.key", "wok_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        }

        return System.IO.File.ReadAllText(file).Trim();
    }

    /// <summary>The vault of access tokens: under the configured key, or the folder's own.</summary>
    public TokenVault Vault(WaGrainsOptions options) => options.SecretsKey is { Length: > 0 } key
        ? new TokenVault(Convert.FromBase64String(key))
        : TokenVault.In(Path);

    /// <summary>Writes a key into a file that only its owner may read.</summary>
    public void WriteKey(string name, string key)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var writer = new StreamWriter(File(name), options);
        writer.WriteLine(key);
    }
}
