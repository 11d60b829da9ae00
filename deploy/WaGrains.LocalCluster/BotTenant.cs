using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace WaGrains.LocalCluster;

/// <summary>Makes the tenant whose bot answers every message, through the public API as an operator and an owner would.
/// </summary>
/// <param name="api">The proxy.</param>
/// <param name="http">The caller's client.</param>
internal sealed class BotTenant(Uri api, HttpClient http)
{
    /// <summary>The word in every customer's message.</summary>
    public const string Keyword = "catalogo";

    // The account that the sandbox's numbers belong to, and the token it takes.
    private const string AccountId = "710000000000001";
    private const string AccessToken = "demo-access-token";

    // A new number and the tenant's snapshot may reach a silo a moment after it is asked.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Makes the tenant and its numbers.</summary>
    /// <returns>The owner's key.</returns>
    /// <exception cref="RigException">A call was refused for good.</exception>
    public async Task<string> Make(
        Traffic traffic, IReadOnlyList<string> numbers, string operatorKey, CancellationToken cancel)
    {
        var tenant = new JsonObject
        {
            ["id"] = traffic.Tenant,
            ["name"] = "Rig",
            ["configuration"] = Configuration(traffic),
        };
        var made = await Post("/admin/tenants", operatorKey, tenant, cancel);
        var key = made["owner_key"]?.GetValue<string>() ?? throw new RigException("The tenant has no owner's key.");
        foreach (var number in numbers)
        {
            await Post("/v1/numbers", key, Number(number, traffic), cancel);
        }

        return key;
    }

    private static JsonObject Configuration(Traffic traffic)
    {
        var configuration = new JsonObject { ["keywords"] = new JsonArray(Rule()) };
        if (traffic.Send is { } send)
        {
            configuration["pacing"] = new JsonObject { ["unknown_after_seconds"] = send.UnknownAfterSeconds };
        }

        return configuration;
    }

    private static JsonObject Rule() => new()
    {
        ["id"] = "catalogue",
        ["keywords"] = new JsonArray(Keyword),
        ["match"] = "word",
        ["replies"] = new JsonArray("Obrigado pela mensagem! O catalogo: https://shop.example.test/c"),
        ["hand_over"] = null,
        ["priority"] = 1,
        ["state"] = "enabled",
    };

    private static JsonObject Number(string id, Traffic traffic) => new()
    {
        ["phone_number_id"] = id,
        ["account_id"] = AccountId,
        ["name"] = "Rig",
        ["access_token"] = AccessToken,

        // The way of Meta's own high throughput: no warm-up, but the plan's ceiling holds.
        ["policy"] = "cloud",
        ["throughput_per_second"] = 80,
        ["ceiling_per_minute"] = traffic.PerNumberAndMinute,
    };

    private async Task<JsonObject> Post(string path, string key, JsonObject body, CancellationToken cancel)
    {
        var answer = "";
        JsonObject? made = null;
        await Until.True(
            async token =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, path));
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
                request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
                using var response = await http.SendAsync(request, token);
                answer = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(token)}";
                made = response.IsSuccessStatusCode ? JsonNode.Parse(answer[4..]) as JsonObject : null;
                return made is not null;
            },
            Patience,
            cancel);
        return made ?? throw new RigException($"POST {path} answers {answer}");
    }
}
