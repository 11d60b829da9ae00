using System.Globalization;

namespace WaGrains.LocalCluster;

/// <summary>What customers do to the cluster, and what that asks of its numbers.</summary>
internal sealed record Traffic
{
    private const string DemoApp = "demo";
    private const string BotApp = "rig";

    // Meta lets a pair exchange one message every 6 s (facts 4.2): everybody writes three times more seldom.
    private const int SecondsBetweenMessages = 20;

    // What an outage left behind is to be gone in about the time that the outage took.
    private const int Headroom = 2;

    /// <summary>Exchanges per second that are offered; 0: the demo's few messages.</summary>
    public required int ExchangesPerSecond { get; init; }

    /// <summary>The shares of the rate that come before all of it.</summary>
    public IReadOnlyList<double> Ramp { get; private init; } = [0.15, 0.35, 0.65];

    /// <summary>What is sent beside the exchanges; null for nothing.</summary>
    public SendOptions? Send { get; private init; }

    /// <summary>Messages customers write per minute, all together.</summary>
    public required double MessagesPerMinute { get; init; }

    /// <summary>How many customers there are.</summary>
    public required int Customers { get; init; }

    /// <summary>What each number may send per minute by its owner's agreement: the product keeps to it, the sandbox
    /// counts what goes beyond.</summary>
    public required double PerNumberAndMinute { get; init; }

    /// <summary>Whether the bot's tenant is under a steady load; else it is the demo's.</summary>
    public bool IsSteady => ExchangesPerSecond > 0;

    /// <summary>The app whose webhooks the silos take.</summary>
    public string App => IsSteady ? BotApp : DemoApp;

    /// <summary>The tenant of that app.</summary>
    public string Tenant => App;

    /// <summary>The traffic that was asked for.</summary>
    public static Traffic Of(RigOptions options) => options.Send is { } send
        ? new Traffic
        {
            Send = send,

            // A handful of exchanges a second is no load to grow into.
            Ramp = [],
            ExchangesPerSecond = send.ExchangesPerSecond,
            MessagesPerMinute = send.ExchangesPerSecond * 60,
            Customers = Math.Max(options.Numbers, send.ExchangesPerSecond * SecondsBetweenMessages),
            PerNumberAndMinute = send.PerNumberAndMinute(options.Numbers),
        }
        : options.ExchangesPerSecond == 0
        ? new Traffic
        {
            ExchangesPerSecond = 0,
            MessagesPerMinute = options.MessagesPerMinute,
            Customers = options.Numbers * 10,

            // The rate of a number on its first day.
            PerNumberAndMinute = 20,
        }
        : new Traffic
        {
            ExchangesPerSecond = options.ExchangesPerSecond,
            MessagesPerMinute = options.ExchangesPerSecond * 60,
            Customers = Math.Max(options.Numbers, options.ExchangesPerSecond * SecondsBetweenMessages),
            PerNumberAndMinute = Math.Ceiling(Headroom * options.ExchangesPerSecond * 60.0 / options.Numbers),
        };

    /// <summary>What the sandbox is told beyond what every rig tells it.</summary>
    public IReadOnlyDictionary<string, string> SandboxVariables => !IsSteady
        ? new Dictionary<string, string> { ["SANDBOX__MESSAGESPERMINUTE"] = Text(MessagesPerMinute) }
        : new Dictionary<string, string>
        {
            // The tenant is made first.
            ["SANDBOX__MESSAGESPERMINUTE"] = "0",
            ["SANDBOX__HABITS__SAYS"] = $"Bom dia! Tem {BotTenant.Keyword} novo?",
            ["SANDBOX__HABITS__OTHERTHANTEXT"] = "0",
            ["SANDBOX__HABITS__THINKSECONDS"] = "5",
            ["SANDBOX__STATUSES__READSHARE"] = "1",

            // A POST carries one to four updates, as they come within a hundredth of a second.
            ["SANDBOX__WEBHOOKS__UPDATESPERPOST"] = "4",
            ["SANDBOX__WEBHOOKS__GATHERMS"] = "10",

            // Meta does not wait for one answer before it sends the next; with few under way a slow moment lasts.
            ["SANDBOX__WEBHOOKS__INFLIGHTMAX"] = "256",
            ["SANDBOX__MESSAGINGLIMIT"] = Text(Send?.MessagingLimit ?? 0),
            ["SANDBOX__MISBEHAVIOUR__NEVERANSWERED"] = Text(Send?.NeverAnswered ?? 0),
        };

    /// <summary>What each silo is told of it.</summary>
    public IReadOnlyDictionary<string, string> SiloVariables => !IsSteady
        ? new Dictionary<string, string>
        {
            ["WAGRAINS__Demo__Enabled"] = "true",
            ["WAGRAINS__Demo__Terminal"] = "false",
        }
        : new Dictionary<string, string>
        {
            ["WAGRAINS__Demo__Enabled"] = "false",
            [$"WAGRAINS__Apps__{BotApp}__AppSecret"] = Rig.AppSecret,
            [$"WAGRAINS__Apps__{BotApp}__VerifyToken"] = "demo-verify-token",
            [$"WAGRAINS__Apps__{BotApp}__Tenant"] = BotApp,
        };

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
