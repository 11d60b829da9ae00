using System.Globalization;

namespace WaGrains.LocalCluster;

/// <summary>How the cluster is laid out and loaded.</summary>
internal sealed record RigOptions
{
    /// <summary>Added to every port, so that two clusters stand side by side; 0 to 30,000. Default 0.</summary>
    public int PortOffset { get; init; }

    /// <summary>Where the proxy listens: 5000 and the offset.</summary>
    public Uri ProxyUrl => Loopback(5000);

    /// <summary>Where the sandbox listens: 5081 and the offset.</summary>
    public Uri SandboxUrl => Loopback(5081);

    /// <summary>Silos; 1 to 9. Default 3. The first listens on 5080, each other 100 above the one before.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>Business numbers that customers write to; 1 to 1,000. Default 30, or 50 where exchanges are asked
    /// for; a send has its own.</summary>
    public int Numbers
    {
        get => field > 0 ? field : Send?.Numbers ?? (ExchangesPerSecond > 0 ? 50 : 30);
        init;
    }

    /// <summary>Whether the run ends with a judgement by itself; else the cluster serves until it is told to
    /// stop.</summary>
    public bool IsJudged => Rounds > 0 || Send is not null;

    /// <summary>What is sent and judged instead of rounds of faults; null: nothing.</summary>
    public SendOptions? Send { get; init; }

    /// <summary>Messages customers write per minute, all together, to the demo's tenant, whose numbers send as they may
    /// on their first day. Default 240.</summary>
    public double MessagesPerMinute { get; init; } = 240;

    /// <summary>Full exchanges per second (a message in, the bot's answer out, three statuses), all together, in a
    /// tenant whose numbers may send that much; 0: the demo's tenant. 0 to 5,000. Default 0.</summary>
    public int ExchangesPerSecond { get; init; }

    /// <summary>The file that every step of the run is appended to, one JSON object a line; null: none.</summary>
    public string? Json { get; init; }

    /// <summary>Seed of the sandbox and of every choice of a victim. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Rounds of faults; 0: none, the cluster serves until it is told to stop.</summary>
    public int Rounds { get; init; }

    /// <summary>The only kind of fault wanted; null: all in turn.</summary>
    public string? Only { get; init; }

    /// <summary>Whether the run has a network of its own, in which traffic between silos can be cut.</summary>
    public bool OwnNetwork { get; init; }

    /// <summary>The folder for logs and keys; it must exist.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The repository's root, where the builds of host and sandbox are.</summary>
    public string Root { get; init; } = "";

    /// <summary>The host to run; null: the plain build under the root.</summary>
    public string? Host { get; init; }

    /// <summary>Which builds. Default Release.</summary>
    public string Configuration { get; init; } = "Release";

    /// <summary>The options in these arguments.</summary>
    /// <exception cref="FormatException">An argument is unknown or has no usable value.</exception>
    public static RigOptions Read(IReadOnlyList<string> arguments)
    {
        var options = new RigOptions();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count
                ? arguments[i + 1]
                : throw new FormatException($"{arguments[i]} needs a value.");
            options = arguments[i] switch
            {
                "--port-offset" => options with { PortOffset = Whole(value, 0, 30_000) },
                "--silos" => options with { Silos = Whole(value, 1, 9) },
                "--numbers" => options with { Numbers = Whole(value, 1, 1_000) },
                "--messages-per-minute" => options with { MessagesPerMinute = Whole(value, 0, 600_000) },
                "--exchanges-per-second" => options with { ExchangesPerSecond = Whole(value, 0, 5_000) },
                "--json" => options with { Json = Path.GetFullPath(value) },
                "--seed" => options with { Seed = Whole(value, 0, int.MaxValue) },
                "--rounds" => options with { Rounds = Whole(value, 1, 100_000) },
                "--network" => options with { OwnNetwork = value == "own" },
                "--only" => options with { Only = value },
                "--send" => options with { Send = SendOptions.Of(value) },
                "--recipients" => Sending(options, send => send with { Recipients = Whole(value, 1, 1_000_000) }),
                "--per-second" => Sending(options, send => send with { PerSecond = Whole(value, 1, 5_000) }),
                "--seconds" => Sending(options, send => send with { Seconds = Whole(value, 1, 86_400) }),
                "--kills" => Sending(options, send => send with { Kills = Whole(value, 0, 100) }),
                "--folder" => options with { Folder = Path.GetFullPath(value) },
                "--root" => options with { Root = Path.GetFullPath(value) },
                "--host" => options with { Host = Path.GetFullPath(value) },
                var unknown => throw new FormatException($"{unknown} is not an option."),
            };
        }

        return options;
    }

    private static RigOptions Sending(RigOptions options, Func<SendOptions, SendOptions> change) => options.Send is null
        ? throw new FormatException("Say first what is sent: --send.")
        : options with { Send = change(options.Send) };

    private Uri Loopback(int port) => new($"http://127.0.0.1:{port + PortOffset}");

    private static int Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most
                ? value
                : throw new FormatException($"{text} is not a whole number of {least} to {most}.");
}
