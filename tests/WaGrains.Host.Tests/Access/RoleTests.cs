using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WaGrains.Host.Access;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Access;

public sealed class RoleTests
{
    private const string Everyone = "owner supervisor agent read_only";
    private const string Overseers = "owner supervisor read_only";
    private const string Leaders = "owner supervisor";
    private const string Workers = "owner supervisor agent";

    /// <summary>Every endpoint with the roles that may call it.</summary>
    private static readonly (string Endpoint, string Roles)[] Table =
    [
        ("POST /admin/tenants", "operator"),
        ("GET /admin/tenants", "operator"),
        ("GET /admin/tenants/{id}", "operator"),
        ("GET /v1/configuration", Overseers),
        ("PUT /v1/configuration", "owner"),
        ("POST /v1/api-keys", "owner"),
        ("GET /v1/api-keys", "owner"),
        ("DELETE /v1/api-keys/{id}", "owner"),
        ("POST /v1/numbers", "owner"),
        ("GET /v1/numbers", Overseers),
        ("GET /v1/numbers/{id}", Overseers),
        ("PATCH /v1/numbers/{id}", "owner"),
        ("GET /v1/numbers/{id}/pace", Overseers),
        ("GET /v1/numbers/{id}/pace/history", Overseers),
        ("GET /numbers/{id}/pace.svg", Overseers),
        ("GET /v1/stops", Overseers),
        ("POST /v1/stops/{id}/lift", "owner"),
        ("POST /v1/numbers/{id}/pause", "owner"),
        ("POST /v1/numbers/{id}/stop", "owner"),
        ("POST /v1/numbers/{id}/resume", "owner"),
        ("POST /v1/numbers/{id}/risk", "owner"),
        ("GET /v1/conversations", Everyone),
        ("GET /v1/conversations/{id}", Everyone),
        ("POST /v1/conversations/{id}/assign", Workers),
        ("POST /v1/conversations/{id}/close", Workers),
        ("POST /v1/conversations/{id}/reopen", Leaders),
        ("POST /v1/conversations/{id}/messages", Workers),
        ("GET /v1/conversations/{id}/messages", Everyone),
        ("POST /v1/messages", Leaders),
        ("GET /v1/messages", Overseers),
        ("GET /v1/messages/{id}", Everyone),
        ("GET /v1/messages/{id}/timeline", Everyone),
        ("POST /v1/messages/{id}/cancel", Workers),
        ("POST /v1/sends", Leaders),
        ("POST /v1/sends/forecast", Leaders),
        ("GET /v1/sends/{id}/drain.svg", Overseers),
        ("GET /v1/sends", Overseers),
        ("GET /v1/sends/{id}", Overseers),
        ("GET /v1/sends/{id}/recipients", Overseers),
        ("POST /v1/sends/{id}/pause", Leaders),
        ("POST /v1/sends/{id}/resume", Leaders),
        ("POST /v1/sends/{id}/cancel", Leaders),
        ("POST /v1/agents", Leaders),
        ("GET /v1/agents", Everyone),
        ("GET /v1/agents/{id}", Everyone),
        ("PATCH /v1/agents/{id}", Leaders),
        ("PUT /v1/agents/{id}/presence", Workers),
        ("POST /v1/teams", Leaders),
        ("GET /v1/teams", Everyone),
        ("PATCH /v1/teams/{id}", Leaders),
        ("GET /v1/alerts", Overseers),
        ("GET /v1/events", Overseers),
        ("GET /v1/events/stream", Overseers),
    ];

    [Fact]
    public async Task Table_names_every_endpoint_there_is()
    {
        await using var api = await TestApi.Run();

        Assert.Equal(Table.Select(row => row.Endpoint).Order(), Endpoints(api).Order());
    }

    [Fact]
    public async Task Every_role_may_call_what_the_table_says_and_nothing_else()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var callers = new Dictionary<string, TestClient>
        {
            ["operator"] = api.Operator,
            ["owner"] = tenant.Owner,
            ["supervisor"] = await tenant.Key("supervisor"),
            ["agent"] = await tenant.Key("agent", await tenant.Agent()),
            ["read_only"] = await tenant.Key("read_only"),
        };
        var wrong = new List<string>();
        foreach (var (endpoint, roles) in Table)
        {
            foreach (var (role, client) in callers)
            {
                var isForbidden = (await Call(client, endpoint)).Code == "forbidden_role";
                if (isForbidden == roles.Split(' ').Contains(role))
                {
                    wrong.Add($"{endpoint} as {role}: {(isForbidden ? "forbidden" : "allowed")}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Everything_but_the_reference_needs_a_key()
    {
        await using var api = await TestApi.Run();

        foreach (var endpoint in Endpoints(api))
        {
            var answer = await Call(api.Anybody, endpoint);
            answer.Problem(401, "unauthorized");
            Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
            (await Call(api.With("wak_guessed"), endpoint)).Problem(401, "unauthorized");
        }

        (await api.Anybody.Get("/openapi/v1.json")).Ok(200);
        Assert.Equal(200, (await api.Anybody.Get("/reference/")).Status);
    }

    private static IEnumerable<string> Endpoints(TestApi api) =>
        from endpoint in api.Provided.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<Needed>() is not null
        from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}";

    // An id of no form at all: whoever is allowed gets as far as 404 or 422, and nothing is changed.
    private static Task<TestAnswer> Call(TestClient client, string endpoint)
    {
        var (method, path) =
            (endpoint.Split(' ')[0], endpoint.Split(' ')[1].Replace("{id}", "none", StringComparison.Ordinal));
        var body = method is "GET" or "DELETE" ? null : new StringContent("{}", Encoding.UTF8, "application/json");
        return client.Send(new HttpMethod(method), path, body);
    }
}
