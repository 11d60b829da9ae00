namespace WaGrains.Load.Options;

/// <summary>Who answers the customers.</summary>
internal enum Mix
{
    /// <summary>The host's keyword bot answers every message.</summary>
    Bot,

    /// <summary>
    /// The tool answers through the REST API as soon as a webhook is acknowledged; a team of agents holds the
    /// conversations.
    /// </summary>
    Agents,
}

/// <summary>What the tool was asked to do; every value has passed <see cref="OptionsReader"/>.</summary>
internal sealed class LoadOptions
{
    /// <summary>The host; loopback only.</summary>
    public Uri Url { get; set; } = new("http://127.0.0.1:5080");

    /// <summary>Where the Graph stub listens; loopback only. The host's GraphBaseUrl must name it.</summary>
    public Uri GraphUrl { get; set; } = new("http://127.0.0.1:5081");

    /// <summary>The operator's key; null reads <see cref="OperatorKeyFile"/>.</summary>
    public string? OperatorKey { get; set; }

    /// <summary>File that holds the operator's key.</summary>
    public string OperatorKeyFile { get; set; } = "./data/operator.key";

    /// <summary>Name of the Meta app configured at the host.</summary>
    public string App { get; set; } = "load";

    /// <summary>Secret of that app; signs every webhook.</summary>
    public string Secret { get; set; } = "load-app-secret";

    /// <summary>Slug of the tenant; the app at the host must belong to it.</summary>
    public string Tenant { get; set; } = "load";

    /// <summary>
    /// Owner key of a tenant that exists; null reads <see cref="TenantKeyFile"/> or creates the tenant.
    /// </summary>
    public string? TenantKey { get; set; }

    /// <summary>Where the owner key is kept between runs; null means data/load-TENANT.key.</summary>
    public string? TenantKeyFile { get; set; }

    /// <summary>A tenant configuration (JSON object) to use instead of the built-in one; null means built-in.</summary>
    public string? ConfigurationFile { get; set; }

    /// <summary>Business phone numbers, 1 to 1,000.</summary>
    public int Numbers { get; set; } = 50;

    /// <summary>Customers, 1 to 20,000,000; each writes to one number.</summary>
    public int Contacts { get; set; } = 5000;

    /// <summary>Who answers.</summary>
    public Mix Mix { get; set; }

    /// <summary>Mean arrivals, exchanges per second, 0.1 to 50,000.</summary>
    public double Rate { get; set; } = 500;

    /// <summary>Measured time, seconds, 1 to 3,600.</summary>
    public int Seconds { get; set; } = 30;

    /// <summary>Unmeasured time before, seconds, 0 to 600.</summary>
    public int Warmup { get; set; } = 5;

    /// <summary>How long to wait for what is open after the last arrival, seconds, 1 to 600.</summary>
    public int Drain { get; set; } = 15;

    /// <summary>Connections to the host, 1 to 1,024; each carries one request at a time.</summary>
    public int Connections { get; set; } = 32;

    /// <summary>Seed of arrivals and of the order of contacts.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Search for the highest rate that holds, starting at <see cref="Rate"/>.</summary>
    public bool FindMax { get; set; }

    /// <summary>Upper end of that search, exchanges per second.</summary>
    public double MaxRate { get; set; } = 20_000;

    /// <summary>Conversations to create for the memory report; 0 means an ordinary run.</summary>
    public int Idle { get; set; }

    /// <summary>Process id of the host; 0 finds it by its listening port.</summary>
    public int HostPid { get; set; }

    /// <summary>Where the JSON lines go.</summary>
    public string Json { get; set; } = "load/results/runs.jsonl";

    /// <summary>A word to find the run by in the JSON; may be empty.</summary>
    public string Label { get; set; } = "";

    /// <summary>The command line without its secrets.</summary>
    public string CommandLine { get; set; } = "";
}
