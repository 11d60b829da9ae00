using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaGrains.Load.Exchanges;
using WaGrains.Load.Options;

namespace WaGrains.Load.SetUp;

/// <summary>What set-up leaves behind for the run.</summary>
/// <param name="Key">The tenant's owner key.</param>
/// <param name="NumberIds">The host's ids of the numbers, by index.</param>
internal sealed record PreparedTenant(string Key, IReadOnlyList<string> NumberIds);

/// <summary>
/// Makes the tenant, its numbers and (for agents) its team ready. May be repeated: what exists is used as it is, except
/// the configuration, which is set each time.
/// </summary>
internal sealed class TenantSetUp(HttpClient http, LoadOptions options, Population population)
{
    private const int Agents = 20;
    private const int AgentCapacity = 100_000;

    /// <summary>Runs all steps.</summary>
    /// <exception cref="SetUpException">A step was refused; the text says which and what to do.</exception>
    public async Task<PreparedTenant> Prepare(CancellationToken stop)
    {
        var key = await OwnerKey(stop);
        var api = new ApiClient(http, key);
        var configuration = new JsonObject { ["configuration"] = Configuration() };
        await api.Must(HttpMethod.Put, "/v1/configuration", configuration, stop);
        var team = options.Mix == Mix.Agents ? await Team(api, stop) : null;
        return new PreparedTenant(key, await Numbers(api, team, stop));
    }

    private async Task<string> OwnerKey(CancellationToken stop)
    {
        var file = options.TenantKeyFile ?? $"./data/load-{options.Tenant}.key";
        if ((options.TenantKey ?? ReadKey(file)) is { } known && await Works(known, stop))
        {
            return known;
        }

        var operatorKey = options.OperatorKey ?? ReadKey(options.OperatorKeyFile)
            ?? throw new SetUpException(
                $"No operator key: give --operator-key, or --operator-key-file ({options.OperatorKeyFile}).");
        var body = new JsonObject { ["id"] = options.Tenant, ["name"] = "Load" };
        var admin = new ApiClient(http, operatorKey);
        var (status, answer) = await admin.Call(HttpMethod.Post, "/admin/tenants", body, stop);
        if (status == 409)
        {
            throw new SetUpException(
                $"Tenant {options.Tenant} exists, its key is not in {file}: give --tenant-key or another --tenant.");
        }

        var key = answer["owner_key"]?.GetValue<string>()
            ?? throw new SetUpException($"POST /admin/tenants answered {status} {answer["code"]} {answer["detail"]}");
        WriteKey(file, key);
        return key;
    }

    private async Task<bool> Works(string key, CancellationToken stop)
    {
        var (status, _) = await new ApiClient(http, key).Call(HttpMethod.Get, "/v1/configuration", null, stop);
        return status == 200 || (options.TenantKey is null
            ? false
            : throw new SetUpException($"--tenant-key was refused with {status}."));
    }

    private JsonNode Configuration()
    {
        if (options.ConfigurationFile is { } file)
        {
            return ReadJson(file);
        }

        var keywords = new JsonArray();
        if (options.Mix == Mix.Bot)
        {
            keywords.Add(new JsonObject
            {
                ["id"] = "load",
                ["keywords"] = new JsonArray(Payloads.Keyword),
                ["match"] = "word",
                ["replies"] = new JsonArray("Obrigado pela mensagem! O catalogo: https://shop.example.test/c"),
                ["hand_over"] = null,
                ["priority"] = 1,
                ["state"] = "enabled",
            });
        }

        return new JsonObject { ["keywords"] = keywords };
    }

    private static async Task<string> Team(ApiClient api, CancellationToken stop)
    {
        var known = (await api.All("/v1/agents", stop)).ToDictionary(Name, Id, StringComparer.Ordinal);
        var members = new JsonArray();
        for (var i = 0; i < Agents; i++)
        {
            var name = $"load-agent-{i}";
            if (!known.TryGetValue(name, out var id))
            {
                var agent = new JsonObject { ["name"] = name, ["capacity"] = AgentCapacity };
                id = Id(await api.Must(HttpMethod.Post, "/v1/agents", agent, stop));
            }

            var presence = new JsonObject { ["presence"] = "available", ["requeue"] = false };
            await api.Must(HttpMethod.Put, $"/v1/agents/{id}/presence", presence, stop);
            members.Add(id);
        }

        if ((await api.All("/v1/teams", stop)).Find(t => Name(t) == "load-team") is { } existing)
        {
            return Id(existing);
        }

        var team = new JsonObject { ["name"] = "load-team", ["strategy"] = "least_loaded", ["members"] = members };
        return Id(await api.Must(HttpMethod.Post, "/v1/teams", team, stop));
    }

    private async Task<List<string>> Numbers(ApiClient api, string? team, CancellationToken stop)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var number in await api.All("/v1/numbers", stop))
        {
            known[number["phone_number_id"]?.GetValue<string>() ?? ""] = Id(number);
        }

        var ids = new List<string>(population.Numbers);
        for (var i = 0; i < population.Numbers; i++)
        {
            var phoneNumberId = population.PhoneNumberId(i);
            if (!known.TryGetValue(phoneNumberId, out var id))
            {
                id = Id(await api.Must(HttpMethod.Post, "/v1/numbers", Number(phoneNumberId, team), stop));
            }
            else if (team is not null)
            {
                await api.Must(HttpMethod.Patch, $"/v1/numbers/{id}", new JsonObject { ["team_id"] = team }, stop);
            }

            ids.Add(id);
        }

        return ids;
    }

    private JsonObject Number(string phoneNumberId, string? team)
    {
        var number = new JsonObject
        {
            ["phone_number_id"] = phoneNumberId,
            ["account_id"] = population.AccountId,
            ["display_number"] = $"+551130{phoneNumberId[^6..]}",
            ["name"] = "Load",
            ["access_token"] = "EAAG" + new string('x', 180),
            ["policy"] = "cloud",
            ["throughput_per_second"] = 1000,
        };
        if (team is not null)
        {
            number["team_id"] = team;
        }

        return number;
    }

    private static string Id(JsonObject item) =>
        item["id"]?.GetValue<string>() ?? throw new SetUpException("An answer of the host lacks its id.");

    private static string Name(JsonObject item) => item["name"]?.GetValue<string>() ?? "";

    private static string? ReadKey(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;

    private static void WriteKey(string file, string key)
    {
        var path = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var access = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            access.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, access);
        stream.Write(Encoding.UTF8.GetBytes(key));
    }

    private static JsonNode ReadJson(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) ?? throw new SetUpException($"{file} holds null.");
        }
        catch (Exception failure) when (failure is IOException or JsonException)
        {
            throw new SetUpException($"{file} cannot be read as JSON: {failure.Message}", failure);
        }
    }
}
