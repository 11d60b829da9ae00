using WaGrains.CloudApi;

namespace WaGrains.Host.Configuration;

/// <summary>Everything an operator may set: section <c>WaGrains</c>, or environment variables <c>WAGRAINS__...</c>. The
/// defaults run on a laptop.</summary>
public sealed class WaGrainsOptions
{
    private const int SecretsKeyBytes = 32;

    /// <summary>Where the host listens. Default http://127.0.0.1:5080.</summary>
    public string Url { get; set; } = "http://127.0.0.1:5080";

    /// <summary>Where data lives; the variable WAGRAINS_DATA is stronger. Default ./data.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>The silo's stable name, 1 to 63 of a-z 0-9 -. Default silo-1.</summary>
    public string SiloName { get; set; } = "silo-1";

    /// <summary>Meta's Graph API; points at the sandbox while that runs in this process. Null: the default of each
    /// case.</summary>
    public Uri? GraphBaseUrl { get; set; }

    /// <summary>A call to Meta longer than this is in doubt; seconds, 1 to 60. Default 10.</summary>
    public double SendTimeoutSeconds { get; set; } = 10;

    /// <summary>The operator's key; null makes one in <c>operator.key</c> of the data folder.</summary>
    public string? OperatorKey { get; set; }

    /// <summary>Webhook requests under way at once; beyond it 503 with Retry-After. 1 to 100,000. Default
    /// 512.</summary>
    public int WebhooksMax { get; set; } = 512;

    /// <summary>The share of <see cref="WebhooksMax"/> that one tenant may use while others want to be served, 0.05 to
    /// 1. Default 0.5.</summary>
    public double WebhooksPerTenantShare { get; set; } = 0.5;

    /// <summary>Updates per second that one tenant may hand in to one silo, above 0: a status is one, a message, which
    /// is answered, four. What is beyond is sent back with 503, and Meta sends it again. Default null: any
    /// number.</summary>
    public double? UpdatesPerTenantPerSecond { get; set; }

    /// <summary>32 bytes in base64: the key under which access tokens lie in the database, the same on every silo of a
    /// cluster. Null: the file <c>secrets.key</c> of the data folder, made on the first start.</summary>
    public string? SecretsKey { get; set; }

    /// <summary>Days for which events can be read, 1 to 90, the same on every silo. Default 7.</summary>
    public int EventsKeptDays { get; set; } = 7;

    /// <summary>The database of a cluster.</summary>
    public PostgresOptions Postgres { get; init; } = new();

    /// <summary>This silo among others.</summary>
    public ClusterOptions Cluster { get; init; } = new();

    /// <summary>Whether this process is one silo of a cluster.</summary>
    public bool IsCluster => Postgres.ConnectionString is { Length: > 0 };

    /// <summary>The Meta apps whose webhooks come here, by the name in their URL.</summary>
    public IDictionary<string, MetaApp> Apps { get; init; } = new Dictionary<string, MetaApp>(StringComparer.Ordinal);

    /// <summary>The demo tenant with its agents.</summary>
    public DemoOptions Demo { get; init; } = new();

    /// <summary>The sandbox in this process; its own settings are those of the sandbox, in the same section.</summary>
    public SandboxSwitch Sandbox { get; init; } = new();

    /// <summary>How the Graph API is reached, given where the sandbox is.</summary>
    public CloudApiOptions CloudApi(Uri sandbox) => new()
    {
        GraphBaseUrl = GraphBaseUrl ?? (Sandbox.Enabled || Demo.Enabled ? sandbox : new CloudApiOptions().GraphBaseUrl),
        SendTimeout = TimeSpan.FromSeconds(SendTimeoutSeconds),
    };

    /// <summary>Every mistake, one sentence each; empty where all can be used.</summary>
    public IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            mistakes.Add("WaGrains:Url must be an absolute http or https address.");
        }

        if (!ClusterOptions.IsWord(SiloName))
        {
            mistakes.Add("WaGrains:SiloName must be 1 to 63 of a-z 0-9 -.");
        }

        if (SendTimeoutSeconds is < 1 or > 60)
        {
            mistakes.Add("WaGrains:SendTimeoutSeconds must be 1 to 60.");
        }

        if (WebhooksMax is < 1 or > 100_000)
        {
            mistakes.Add("WaGrains:WebhooksMax must be 1 to 100,000.");
        }

        if (WebhooksPerTenantShare is < 0.05 or > 1)
        {
            mistakes.Add("WaGrains:WebhooksPerTenantShare must be 0.05 to 1.");
        }

        if (UpdatesPerTenantPerSecond is <= 0)
        {
            mistakes.Add("WaGrains:UpdatesPerTenantPerSecond must be above 0.");
        }

        if (EventsKeptDays is < 1 or > 90)
        {
            mistakes.Add("WaGrains:EventsKeptDays must be 1 to 90.");
        }

        if (SecretsKey is { Length: > 0 } key && !IsKey(key))
        {
            mistakes.Add("WaGrains:SecretsKey must be 32 bytes in base64.");
        }

        if (IsCluster)
        {
            mistakes.AddRange(Cluster.Mistakes());
        }

        foreach (var (name, app) in Apps)
        {
            mistakes.AddRange(app.Mistakes(name));
        }

        return mistakes;
    }

    private static bool IsKey(string text)
    {
        Span<byte> bytes = stackalloc byte[SecretsKeyBytes + 1];
        return text.Length <= 64 && Convert.TryFromBase64String(text, bytes, out var length)
            && length == SecretsKeyBytes;
    }
}

/// <summary>The demo.</summary>
public sealed class DemoOptions
{
    /// <summary>Whether the demo tenant is made and its agents work. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether what happens is shown in the terminal. Default true.</summary>
    public bool Terminal { get; set; } = true;
}

/// <summary>Whether the sandbox runs in this process.</summary>
public sealed class SandboxSwitch
{
    /// <summary>Default true; switch it off to run it as a process of its own.</summary>
    public bool Enabled { get; set; } = true;
}
