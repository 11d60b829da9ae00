using System.Reflection;
using System.Security.Claims;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;

namespace WaGrains.Host.Access;

/// <summary>
/// Who calls: a key of a tenant. The tenant of everything an endpoint does comes from here, never from the request.
/// </summary>
/// <param name="Tenant">Whose key it is.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Agent">The agent it speaks for; null for all other roles.</param>
public sealed record Caller(TenantId Tenant, Role Role, AgentId? Agent)
{
    internal const string TenantClaim = "tenant";
    internal const string RoleClaim = "role";
    internal const string AgentClaim = "agent";
    internal const string KeyClaim = "key";
    internal const string OperatorClaim = "operator";

    /// <summary>The tenant's own address.</summary>
    public OwnerKey Owner => OwnerKey.Of(Tenant);

    /// <summary>The caller of a request that has passed authorization; endpoints outside a tenant do not ask.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var user = http.User;
        return ValueTask.FromResult(user.FindFirst(TenantClaim) is { } tenant
            ? new Caller(TenantId.Parse(tenant.Value), RoleOf(user), AgentOf(user))
            : null);
    }

    internal static ClaimsPrincipal Principal(ApiKeyAdded key, string scheme)
    {
        List<Claim> claims =
        [
            new(TenantClaim, key.Tenant.Value),
            new(RoleClaim, key.Role.ToString()),
            new(KeyClaim, key.Hash),
        ];
        if (key.Agent is { } agent)
        {
            claims.Add(new Claim(AgentClaim, agent.ToString()));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, KeyClaim, RoleClaim));
    }

    internal static ClaimsPrincipal Operator(string scheme) => new(new ClaimsIdentity(
        [new Claim(OperatorClaim, "yes"), new Claim(KeyClaim, OperatorClaim)], scheme, KeyClaim, RoleClaim));

    private static Role RoleOf(ClaimsPrincipal user) => Enum.Parse<Role>(user.FindFirst(RoleClaim)!.Value);

    private static AgentId? AgentOf(ClaimsPrincipal user) =>
        user.FindFirst(AgentClaim) is { } agent ? AgentId.Parse(agent.Value) : null;
}
