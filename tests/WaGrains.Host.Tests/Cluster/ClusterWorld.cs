using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WaGrains.Host.Configuration;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Cluster;

/// <summary>Silos over one database, a tenant with numbers, and customers who write to them.</summary>
internal sealed class ClusterWorld : IAsyncDisposable
{
    private const string OperatorKey = "operator-key-of-the-cluster-tests";
    private const string Secret = "app-secret-of-the-cluster-tests";
    private static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(60);

    private readonly List<SiloProcess> _silos = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("wagrains-cluster-").FullName;
    private readonly string _connection;
    private readonly ClusterGraph _graph;
    private int _customers;

    private ClusterWorld(string connection, ClusterGraph graph) => (_connection, _graph) = (connection, graph);

    public ClusterGraph Graph => _graph;

    public static async Task<ClusterWorld> Over(string connection) => new(connection, await ClusterGraph.Run());

    /// <summary>Starts a silo and waits until it serves.</summary>
    public async Task<SiloProcess> Start(string name, string pool = "shared", TlsOptions? tls = null)
    {
        var silo = Begin(name, pool, tls);
        await silo.Ready();
        return silo;
    }

    /// <summary>Starts a silo that need not come to serve.</summary>
    public SiloProcess Begin(string name, string pool = "shared", TlsOptions? tls = null)
    {
        var silo = SiloProcess.Start(name, Settings(name, pool, tls));
        _silos.Add(silo);
        return silo;
    }

    /// <summary>Runs a command of the host to its end, which must be good; gives what it printed.</summary>
    public async Task<string> RunVerb(string verb)
    {
        await using var process = SiloProcess.Start(verb, Settings(verb, "shared", null), verb);
        var code = await process.Ended();
        Assert.True(code == 0, $"exit code {code}; {process.Said}");
        return process.Said;
    }

    private Dictionary<string, string> Settings(string name, string pool, TlsOptions? tls)
    {
        var settings = new Dictionary<string, string>
        {
            ["WAGRAINS_DATA"] = Path.Combine(_folder, name),
            ["WAGRAINS__Postgres__ConnectionString"] = _connection,
            ["WAGRAINS__Cluster__Pool"] = pool,
            ["WAGRAINS__Cluster__DrainSeconds"] = "1",
            ["WAGRAINS__OperatorKey"] = OperatorKey,
            ["WAGRAINS__SecretsKey"] = Convert.ToBase64String(new byte[32]),
            ["WAGRAINS__GraphBaseUrl"] = _graph.Url,
            ["WAGRAINS__Apps__acme__AppSecret"] = Secret,
            ["WAGRAINS__Apps__acme__VerifyToken"] = "verify",
            ["WAGRAINS__Apps__acme__Tenant"] = "acme",
        };
        if (tls is not null)
        {
            settings["WAGRAINS__Cluster__Tls__CertificateFile"] = tls.CertificateFile!;
            settings["WAGRAINS__Cluster__Tls__KeyFile"] = tls.KeyFile!;
            settings["WAGRAINS__Cluster__Tls__AuthorityFile"] = tls.AuthorityFile!;
        }

        return settings;
    }

    public static TestClient Operator(SiloProcess silo) => silo.With(OperatorKey);

    /// <summary>Makes the tenant acme with so many numbers, 1001 onwards; gives its owner's key.</summary>
    public static async Task<string> Tenant(SiloProcess at, int numbers, string? pool = null)
    {
        var made = await Operator(at).Post("/admin/tenants", new { id = "acme", name = "Acme" });
        var key = made.Ok(201).GetProperty("owner_key").GetString()!;
        if (pool is not null)
        {
            (await Operator(at).Put($"/admin/tenants/acme/pool/{pool}", new { })).Ok(200);
        }

        for (var i = 1; i <= numbers; i++)
        {
            (await at.With(key).Post("/v1/numbers", TestTenant.NumberBody($"{1000 + i}"))).Ok(201);
        }

        return key;
    }

    /// <summary>A new customer writes to each of these numbers; Meta delivers all of it to this silo at once. Gives the
    /// answer's status, 0 where none came.</summary>
    public async Task<int> Write(SiloProcess to, params string[] numbers)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            @object = "whatsapp_business_account",
            entry = new[] { new { id = "77", changes = numbers.Select(Change) } },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/whatsapp/acme")
        {
            Content = new ByteArrayContent(body),
        };
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));
        request.Headers.Add("X-Hub-Signature-256", $"sha256={signature}");
        try
        {
            using var answer = await to.Post(request);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>Runs a statement in the cluster's database.</summary>
    public async Task Execute(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(_connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How many conversations the tenant has.</summary>
    public static async Task<int> Conversations(SiloProcess at, string key)
    {
        var count = 0;
        var path = "/v1/conversations?limit=200";
        while (true)
        {
            var page = (await at.With(key).Get(path)).Ok(200);
            count += page.GetProperty("data").GetArrayLength();
            if (!page.GetProperty("has_more").GetBoolean())
            {
                return count;
            }

            path = $"/v1/conversations?limit=200&cursor={page.GetProperty("next_cursor").GetString()}";
        }
    }

    /// <summary>A silo's own figures, as another one tells them; null where it is not there.</summary>
    public static async Task<JsonElement?> Figures(SiloProcess at, string name)
    {
        var cluster = (await Operator(at).Get("/admin/cluster")).Ok(200);
        return cluster.GetProperty("silos").EnumerateArray()
            .Where(silo => silo.GetProperty("name").GetString() == name
                && silo.GetProperty("status").GetString() != "unreachable")
            .Select(silo => (JsonElement?)silo)
            .FirstOrDefault();
    }

    /// <summary>Owners of a kind that live on a silo.</summary>
    public static async Task<int> Living(SiloProcess at, string name, string kind) =>
        await Figures(at, name) is { } figures
            && figures.GetProperty("activations").TryGetProperty(kind, out var count) ? count.GetInt32() : 0;

    /// <summary>Waits until the cluster stands as it should.</summary>
    public Task Until(string what, Func<Task<bool>> condition) => Patience.Until(
        SettlesWithin, () => $"never {what}\n{string.Join('\n', _silos.Select(silo => silo.Said))}", condition);

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        await _graph.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private object Change(string number) => new
    {
        field = "messages",
        value = Value(number, $"{5511900000000 + Interlocked.Increment(ref _customers)}"),
    };

    private static object Value(string number, string customer) => new
    {
        messaging_product = "whatsapp",
        metadata = new { display_phone_number = "551140000000", phone_number_id = number },
        contacts = new[] { new { profile = new { name = "Customer" }, wa_id = customer } },
        messages = new[]
        {
            new
            {
                from = customer,
                id = $"wamid.{customer}",
                timestamp = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}",
                type = "text",
                text = new { body = "hello" },
            },
        },
    };
}
