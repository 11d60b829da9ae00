using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using WaGrains.Host.Configuration;

namespace WaGrains.Host.Silo.Tls;

/// <summary>
/// What a silo shows to others, and whom it believes: every holder of a certificate of the given authorities, whatever
/// its name, for silos call one another by addresses that change. Read from the files for each handshake.
/// </summary>
/// <param name="files">Where they are; all three are given.</param>
internal sealed class SiloCredentials(TlsOptions files)
{
    /// <summary>Why the files cannot be used now; null if they can.</summary>
    public string? Mistake()
    {
        try
        {
            var (own, issuers) = Own();
            using var chain = new X509Chain { ChainPolicy = Trust() };
            chain.ChainPolicy.ExtraStore.AddRange(issuers);
            using (own)
            {
                return chain.Build(own)
                    ? null
                    : "the certificate is not one of the authority's, or not valid now.";
            }
        }
        catch (Exception unusable) when (IsOfFiles(unusable))
        {
            return "a file is missing, or is no certificate or key in PEM.";
        }
    }

    /// <summary>Whether a handshake failed for the files.</summary>
    public static bool IsOfFiles(Exception failure) =>
        failure is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;

    /// <summary>How this silo answers one that calls.</summary>
    public SslServerAuthenticationOptions Serving() => new()
    {
        ServerCertificateContext = Shown(),
        ClientCertificateRequired = true,
        CertificateChainPolicy = Trust(),
        RemoteCertificateValidationCallback = IsOurs,
        AllowTlsResume = false,
    };

    /// <summary>How this silo calls another.</summary>
    public SslClientAuthenticationOptions Calling() => new()
    {
        TargetHost = "wagrains",
        ClientCertificateContext = Shown(),
        CertificateChainPolicy = Trust(),
        RemoteCertificateValidationCallback = IsOurs,
        AllowTlsResume = false,
    };

    private static bool IsOurs(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) =>
        shown is not null && (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None;

    private SslStreamCertificateContext Shown()
    {
        var (own, issuers) = Own();
        return SslStreamCertificateContext.Create(own, issuers, offline: true);
    }

    private (X509Certificate2 Own, X509Certificate2Collection Issuers) Own()
    {
        var issuers = new X509Certificate2Collection();
        issuers.ImportFromPemFile(files.CertificateFile!);
        issuers[0].Dispose();
        issuers.RemoveAt(0);
        return (X509Certificate2.CreateFromPemFile(files.CertificateFile!, files.KeyFile!), issuers);
    }

    private X509ChainPolicy Trust()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.ImportFromPemFile(files.AuthorityFile!);
        return policy;
    }
}
