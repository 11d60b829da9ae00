using System.Security.Cryptography;
using WaGrains.Host.Sending;

namespace WaGrains.Host.Tests.Sending;

public sealed class TokenVaultTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void Sealed_token_opens_under_its_key_and_shows_nothing()
    {
        var vault = new TokenVault(Key);

        var text = vault.Seal("EAAG-token");

        Assert.Equal("EAAG-token", new TokenVault(Key).Open(text));
        Assert.StartsWith("v1.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("EAAG", text, StringComparison.Ordinal);
        Assert.NotEqual(text, vault.Seal("EAAG-token"));
    }

    [Fact]
    public void Another_key_a_changed_text_and_an_unknown_version_open_nothing()
    {
        var vault = new TokenVault(Key);
        var text = vault.Seal("EAAG-token");
        var changed = text[..^2] + (text[^2] == 'A' ? 'B' : 'A') + text[^1];

        Assert.ThrowsAny<CryptographicException>(() => new TokenVault(new byte[32]).Open(text));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(changed));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open("v2." + text[3..]));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open("v1.AAAA"));
        Assert.Throws<ArgumentException>(() => new TokenVault(new byte[16]));
    }

    [Fact]
    public void Key_of_a_folder_is_made_once_for_its_owner_alone()
    {
        var folder = Directory.CreateTempSubdirectory("wagrains-vault-");
        try
        {
            var text = TokenVault.In(folder.FullName).Seal("EAAG-token");

            Assert.Equal("EAAG-token", TokenVault.In(folder.FullName).Open(text));
            var file = Assert.Single(folder.GetFiles());
            Assert.Equal("secrets.key", file.Name);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
