using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using WaGrains.Host.Configuration;

namespace WaGrains.Host.Tests.Silo.Tls;

/// <summary>An authority of its own, with files for silos, in a folder that goes with it.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly OidCollection BothSides = [new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wagrains-tls-");
    private readonly X509Certificate2 _root;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority of the tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        _root = request.CreateSelfSigned(now.AddDays(-9), now.AddDays(9));
        File.WriteAllText(In("authority.pem"), _root.ExportCertificatePem());
    }

    /// <summary>Files for a silo, valid now.</summary>
    public TlsOptions Certify(string name) => Certify(name, validDays: 1);

    /// <summary>Files for a silo, overwriting those of the same name; negative days are over already.</summary>
    public TlsOptions Certify(string name, int validDays)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(BothSides, critical: false));
        var until = TimeProvider.System.GetUtcNow().AddDays(validDays);
        using var certificate = request.Create(_root, until.AddDays(-2), until, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(In($"{name}.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(In($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        return new TlsOptions
        {
            CertificateFile = In($"{name}.crt"), KeyFile = In($"{name}.key"), AuthorityFile = In("authority.pem"),
        };
    }

    public void Dispose()
    {
        _root.Dispose();
        _folder.Delete(recursive: true);
    }

    private string In(string file) => Path.Combine(_folder.FullName, file);
}
