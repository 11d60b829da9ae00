namespace WaGrains.Host.Configuration;

/// <summary>TLS between silos: all three files, or none. They are read again for each new connection, so certificates
/// are renewed by replacing them.</summary>
public sealed class TlsOptions
{
    /// <summary>The silo's certificate in PEM, intermediate ones after it; for both sides of a connection. Default
    /// none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>Its private key in PEM, not encrypted. Default none.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The authorities whose certificates make a silo one of ours, in PEM; several while they are being
    /// changed. Who else they certify gets in as well: keep one for this alone. Default none.</summary>
    public string? AuthorityFile { get; set; }

    /// <summary>Whether connections between silos are encrypted.</summary>
    public bool IsOn => AuthorityFile is { Length: > 0 };

    internal IEnumerable<string> Mistakes()
    {
        string?[] files = [CertificateFile, KeyFile, AuthorityFile];
        var given = files.Count(file => file is { Length: > 0 });
        if (given == 0)
        {
            yield break;
        }

        if (given < files.Length)
        {
            yield return "WaGrains:Cluster:Tls needs CertificateFile, KeyFile and AuthorityFile, or none of them.";
        }
        else if (new Silo.Tls.SiloCredentials(this).Mistake() is { } mistake)
        {
            yield return $"WaGrains:Cluster:Tls cannot be used: {mistake}";
        }
    }
}
