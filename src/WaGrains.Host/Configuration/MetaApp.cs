using WaGrains.Domain.Ids;

namespace WaGrains.Host.Configuration;

/// <summary>
/// One Meta app: the secret belongs to the app, so it is chosen by the URL and never by what a body says (facts 3.2).
/// </summary>
public sealed class MetaApp
{
    /// <summary>The key of the webhook signature.</summary>
    public string AppSecret { get; set; } = "";

    /// <summary>What Meta must send in the handshake.</summary>
    public string VerifyToken { get; set; } = "";

    /// <summary>The tenant whose numbers this app brings.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>The tenant as an id; asked only where there are no mistakes.</summary>
    internal TenantId TenantId => TenantId.Parse(Tenant);

    internal IEnumerable<string> Mistakes(string name)
    {
        if (AppSecret.Length == 0 || VerifyToken.Length == 0)
        {
            yield return $"WaGrains:Apps:{name} needs an AppSecret and a VerifyToken.";
        }

        if (!TenantId.TryParse(Tenant, null, out _))
        {
            yield return $"WaGrains:Apps:{name}:Tenant must be 1 to 32 of a-z 0-9 -, first a letter.";
        }
    }
}
