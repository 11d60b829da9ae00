namespace WaGrains.LocalCluster;

/// <summary>What is sent through the cluster, and what is done to it meanwhile.</summary>
/// <param name="Kind">What it is about.</param>
internal sealed record SendOptions(SendKind Kind)
{
    // Customers write when they like: a number that may send just as much as they write on average has a queue.
    private const int Headroom = 2;

    /// <summary>Business numbers, where nobody asks for others.</summary>
    public required int Numbers { get; init; }

    /// <summary>Recipients of the bulk send; 0 for none.</summary>
    public int Recipients { get; init; }

    /// <summary>Messages per second that all numbers together send to them.</summary>
    public required int PerSecond { get; init; }

    /// <summary>Full exchanges of customers with the bot per second, all together.</summary>
    public required int ExchangesPerSecond { get; init; }

    /// <summary>How long the load lasts where it does not end by itself, in seconds.</summary>
    public int Seconds { get; init; }

    /// <summary>How often a silo is killed meanwhile: each in its turn.</summary>
    public int Kills { get; init; }

    /// <summary>Conversations in which an agent writes.</summary>
    public int Chats { get; init; }

    /// <summary>The portfolio's messaging limit; 0 for none.</summary>
    public int MessagingLimit { get; init; }

    /// <summary>The share of sends that the sandbox takes and never answers.</summary>
    public double NeverAnswered { get; init; }

    /// <summary>After how many seconds of healthy webhooks a send that nobody has heard of is unknown: the least that
    /// a tenant may have.</summary>
    public int UnknownAfterSeconds { get; init; } = 30;

    /// <summary>What each number may send per minute: its share, and what its replies need.</summary>
    public double PerNumberAndMinute(int numbers) =>
        Math.Ceiling((PerSecond + (Headroom * ExchangesPerSecond)) * 60.0 / numbers);

    /// <summary>The options of a word on the command line: a kind, or its short form.</summary>
    /// <exception cref="FormatException">There is no such kind.</exception>
    public static SendOptions Of(string word) => word switch
    {
        "bulk" => new SendOptions(SendKind.Bulk)
        {
            Numbers = 50, Recipients = 100_000, PerSecond = 350, ExchangesPerSecond = 5, Kills = 3,
        },
        "bulk-short" => new SendOptions(SendKind.Bulk)
        {
            Numbers = 10, Recipients = 600, PerSecond = 40, ExchangesPerSecond = 2, Kills = 1,
        },
        "portfolio" => new SendOptions(SendKind.Portfolio)
        {
            Numbers = 20, Recipients = 2_500, PerSecond = 30, ExchangesPerSecond = 2, Kills = 3,
            MessagingLimit = 2_000,
        },
        "portfolio-short" => new SendOptions(SendKind.Portfolio)
        {
            Numbers = 20, Recipients = 2_300, PerSecond = 200, ExchangesPerSecond = 2, Kills = 1,
            MessagingLimit = 2_000,
        },
        "silence" => new SendOptions(SendKind.Silence)
        {
            Numbers = 20, PerSecond = 6, ExchangesPerSecond = 14, Seconds = 180, Chats = 40, NeverAnswered = 0.05,
        },
        "silence-short" => new SendOptions(SendKind.Silence)
        {
            Numbers = 10, PerSecond = 4, ExchangesPerSecond = 16, Seconds = 8, Chats = 28, NeverAnswered = 0.05,
        },
        _ => throw new FormatException("--send takes bulk, portfolio, silence, or one of them with -short."),
    };
}

/// <summary>What a run of sends is about.</summary>
internal enum SendKind
{
    /// <summary>A bulk send whose silos die.</summary>
    Bulk,

    /// <summary>A messaging limit that crashes neither exceed nor waste.</summary>
    Portfolio,

    /// <summary>Calls that are taken and never answered.</summary>
    Silence,
}
