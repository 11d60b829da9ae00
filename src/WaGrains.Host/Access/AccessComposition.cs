using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace WaGrains.Host.Access;

/// <summary>Keys, roles and the rule that nothing is open by accident.</summary>
internal static class AccessComposition
{
    /// <summary>Needs a <see cref="OperatorKey"/> from the composition.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<KnownKeys>();

        // Not AddAuthentication: that brings data protection, which writes keys of its own into the home folder, for
        // cookies we do not have.
        services.AddAuthenticationCore(options => options.DefaultScheme = KeyAuthentication.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null);
        services.AddAuthorization(options =>
        {
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
            foreach (var permission in Enum.GetValues<Permission>())
            {
                options.AddPolicy(permission.ToString(), policy => Require(policy, permission));
            }
        });
        return services;
    }

    /// <summary>Only callers whose role has this permission.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, Permission permission) =>
        endpoint.RequireAuthorization(permission.ToString()).WithMetadata(new Needed(permission));

    private static void Require(AuthorizationPolicyBuilder policy, Permission permission)
    {
        policy.RequireAuthenticatedUser();
        var roles = RoleTable.Allowed(permission).Select(role => role.ToString()).ToArray();
        if (roles.Length == 0)
        {
            policy.RequireClaim(Caller.OperatorClaim);
        }
        else
        {
            policy.RequireClaim(Caller.TenantClaim).RequireRole(roles);
        }
    }
}

/// <summary>The permission an endpoint asks for, for the reference and the tests.</summary>
/// <param name="Permission">Which.</param>
public sealed record Needed(Permission Permission);
