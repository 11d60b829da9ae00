using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Access;

/// <summary>
/// <c>Authorization: Bearer wak_...</c>. Every candidate is hashed, compared with the operator's key and looked up,
/// whatever it looks like: a
/// wrong one cannot be told from a right one by the time it takes.
/// </summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder,
    KnownKeys keys,
    OperatorKey operatorKey) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string Bearer = "Bearer ";
    private const int HeaderCharsMax = 512;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || header.Length > HeaderCharsMax)
        {
            return AuthenticateResult.NoResult();
        }

        var candidate = header[Bearer.Length..].Trim();
        var isOperator = operatorKey.Matches(candidate);
        var known = await keys.Find(ApiKeySecret.HashOf(candidate), Context.RequestAborted);
        return isOperator ? Success(Caller.Operator(SchemeName))
            : known is not null ? Success(Caller.Principal(known, SchemeName))
            : AuthenticateResult.Fail("unknown key");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemWriter.Answer(Context, ProblemCodes.Unauthorized);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ProblemWriter.Answer(Context, ProblemCodes.ForbiddenRole);

    private static AuthenticateResult Success(System.Security.Claims.ClaimsPrincipal principal) =>
        AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName));
}
