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

/// <summary>What is measured.</summary>
internal enum Mode
{
    /// <summary>Exchanges with a host that runs already.</summary>
    Exchanges,

    /// <summary>One tenant while another offers many times its share.</summary>
    NoisyNeighbour,

    /// <summary>An empty archive against a full one, and retention under load.</summary>
    Archive,

    /// <summary>One silo against two.</summary>
    TwoSilos,

    /// <summary>How soon a host serves, after a clean stop and after a crash.</summary>
    ColdStart,

    /// <summary>Grains, routing, bot and staging without HTTP and database.</summary>
    EngineCost,

    /// <summary>Committed turns of one busy conversation.</summary>
    HotConversation,

    /// <summary>Committed turns of one busy number.</summary>
    HotNumber,

    /// <summary>First message to agent assigned.</summary>
    Assignment,

    /// <summary>Message to the keyword's reply in its number's queue.</summary>
    KeywordReply,

    /// <summary>Heap of idle conversations and numbers.</summary>
    Memory,

    /// <summary>Ten thousand slow numbers: wheel and decisions alone.</summary>
    PaceWheel,

    /// <summary>A thousand slow numbers, to the sandbox and back.</summary>
    PaceNumbers,

    /// <summary>Fast numbers under Meta's own limit, which then falls.</summary>
    CloudPace,
}

/// <summary>Where a mode keeps its rows.</summary>
internal enum StoreKind
{
    /// <summary>In this process, gone with it.</summary>
    Memory,

    /// <summary>One file.</summary>
    Sqlite,

    /// <summary>A private server.</summary>
    Postgres,
}

/// <summary>What the tool was asked to do; every value has passed <see cref="OptionsReader"/>.</summary>
internal sealed class LoadOptions
{
    /// <summary>The hosts, loopback only: several silos of one cluster get the requests in turn.</summary>
    public IReadOnlyList<Uri> Urls { get; set; } = [];

    /// <summary>The first of them: for set-up and metrics.</summary>
    public Uri Url => Urls.Count > 0 ? Urls[0] : new Uri("http://127.0.0.1:5080");

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

    /// <summary>Business phone numbers, 1 to 1,000; of the modes of pacing 1 to 10,000.</summary>
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

    /// <summary>What is measured; exchanges with a host that runs, unless told otherwise.</summary>
    public Mode Mode { get; set; }

    /// <summary>Interleaved pairs of runs, 1 to 50.</summary>
    public int Pairs { get; set; } = 5;

    /// <summary>The store of modes that start their own: null means PostgreSQL, or memory where only the engine is
    /// measured.</summary>
    public StoreKind? Store { get; set; }

    /// <summary>Rows to fill the archive with, 0 to 100,000,000.</summary>
    public int Messages { get; set; } = 5_000_000;

    /// <summary>Conversations to fill the store with, 0 to 20,000,000.</summary>
    public int Conversations { get; set; } = 1_000_000;

    /// <summary>Meta's limit on each number under the policy cloud, messages per second: 20, 80 or 1,000.</summary>
    public int PerSecond { get; set; } = 80;

    /// <summary>How many times its share the noisy tenant offers.</summary>
    public double Noise { get; set; } = 20;

    /// <summary>The host's WebhooksMax; null leaves its default.</summary>
    public int? WebhooksMax { get; set; }

    /// <summary>The host's WebhooksPerTenantShare; null leaves its default.</summary>
    public double? TenantShare { get; set; }

    /// <summary>The host's UpdatesPerTenantPerSecond; null leaves its default.</summary>
    public double? UpdatesPerTenant { get; set; }

    /// <summary>Assembly of the host that modes start themselves.</summary>
    public string HostAssembly { get; set; } = "src/WaGrains.Host/bin/Release/publish/WaGrains.Host.dll";

    /// <summary>The command line without its secrets.</summary>
    public string CommandLine { get; set; } = "";

    /// <summary>The same again, to be changed.</summary>
    public LoadOptions Copy() => (LoadOptions)MemberwiseClone();
}
