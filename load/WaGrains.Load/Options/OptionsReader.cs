using System.Globalization;
using System.Net;

namespace WaGrains.Load.Options;

/// <summary>Reads the command line: a closed table of options, everything else is a mistake.</summary>
internal static class OptionsReader
{
    private const int NumbersMax = 10_000;
    private const int NumbersOfExchangesMax = 1_000;
    private static readonly string[] Secrets = ["--operator-key", "--secret", "--tenant-key"];

    private static readonly Dictionary<string, Action<LoadOptions, string>> Valued = new(StringComparer.Ordinal)
    {
        ["--url"] = (o, v) => o.Urls = [.. o.Urls, Loopback(v)],
        ["--graph-url"] = (o, v) => o.GraphUrl = Loopback(v),
        ["--operator-key"] = (o, v) => o.OperatorKey = v,
        ["--operator-key-file"] = (o, v) => o.OperatorKeyFile = v,
        ["--app"] = (o, v) => o.App = v,
        ["--secret"] = (o, v) => o.Secret = v,
        ["--tenant"] = (o, v) => o.Tenant = v,
        ["--tenant-key"] = (o, v) => o.TenantKey = v,
        ["--tenant-key-file"] = (o, v) => o.TenantKeyFile = v,
        ["--configuration"] = (o, v) => o.ConfigurationFile = v,
        ["--numbers"] = (o, v) => o.Numbers = Whole(v, 1, NumbersMax),
        ["--contacts"] = (o, v) => o.Contacts = Whole(v, 1, 20_000_000),
        ["--mix"] = (o, v) => o.Mix = MixOf(v),
        ["--rate"] = (o, v) => o.Rate = Number(v, 0.1, 50_000),
        ["--seconds"] = (o, v) => o.Seconds = Whole(v, 1, 3_600),
        ["--warmup"] = (o, v) => o.Warmup = Whole(v, 0, 600),
        ["--drain"] = (o, v) => o.Drain = Whole(v, 1, 600),
        ["--connections"] = (o, v) => o.Connections = Whole(v, 1, 1_024),
        ["--seed"] = (o, v) => o.Seed = Whole(v, 0, int.MaxValue),
        ["--max-rate"] = (o, v) => o.MaxRate = Number(v, 1, 50_000),
        ["--idle"] = (o, v) => o.Idle = Whole(v, 1, 5_000_000),
        ["--host-pid"] = (o, v) => o.HostPid = Whole(v, 1, int.MaxValue),
        ["--json"] = (o, v) => o.Json = v,
        ["--label"] = (o, v) => o.Label = v,
        ["--mode"] = (o, v) => o.Mode = Word<Mode>(v),
        ["--store"] = (o, v) => o.Store = Word<StoreKind>(v),
        ["--pairs"] = (o, v) => o.Pairs = Whole(v, 1, 50),
        ["--messages"] = (o, v) => o.Messages = Whole(v, 0, 100_000_000),
        ["--conversations"] = (o, v) => o.Conversations = Whole(v, 0, 20_000_000),
        ["--per-second"] = (o, v) => o.PerSecond = Whole(v, 20, 1_000),
        ["--noise"] = (o, v) => o.Noise = Number(v, 1, 1_000),
        ["--webhooks-max"] = (o, v) => o.WebhooksMax = Whole(v, 1, 100_000),
        ["--tenant-share"] = (o, v) => o.TenantShare = Number(v, 0.05, 1),
        ["--updates-per-tenant"] = (o, v) => o.UpdatesPerTenant = Number(v, 1, 1_000_000),
        ["--host"] = (o, v) => o.HostAssembly = v,
    };

    /// <summary>Reads all options.</summary>
    /// <exception cref="FormatException">An option is unknown, lacks its value or is out of range; the text says
    /// which.</exception>
    public static LoadOptions Read(string[] arguments)
    {
        var options = new LoadOptions { CommandLine = WithoutSecrets(arguments) };
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (name == "--find-max")
            {
                options.FindMax = true;
            }
            else if (!Valued.TryGetValue(name, out var set))
            {
                throw new FormatException($"Unknown option {name}.");
            }
            else if (++i == arguments.Length)
            {
                throw new FormatException($"{name} needs a value.");
            }
            else
            {
                Set(options, name, arguments[i], set);
            }
        }

        Check(options);
        return options;
    }

    private static void Set(LoadOptions options, string name, string value, Action<LoadOptions, string> set)
    {
        try
        {
            set(options, value);
        }
        catch (FormatException mistake)
        {
            throw new FormatException($"{name}: {mistake.Message}", mistake);
        }
    }

    private static void Check(LoadOptions options)
    {
        if (options.FindMax && options.Idle > 0)
        {
            throw new FormatException("--find-max and --idle exclude each other.");
        }

        if (options.Idle > 0 && options.Mix == Mix.Agents)
        {
            throw new FormatException("--idle works with --mix bot.");
        }

        if (options.Urls.Select(url => url.Port).Contains(options.GraphUrl.Port))
        {
            throw new FormatException("--url and --graph-url name the same port.");
        }

        if (options.Numbers > NumbersOfExchangesMax && options.Mode is not (Mode.PaceWheel or Mode.PaceNumbers))
        {
            throw new FormatException($"--numbers must be a whole number from 1 to {NumbersOfExchangesMax}.");
        }

        var highest = Math.Max(options.Rate, options.FindMax ? options.MaxRate : 0);
        if (highest * (options.Seconds + options.Warmup) > 20_000_000)
        {
            throw new FormatException("More than 20,000,000 exchanges in one run: lower --rate or --seconds.");
        }
    }

    private static Uri Loopback(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
        {
            throw new FormatException("not an http:// URL.");
        }

        var isLoopback = url.Host == "localhost" ||
            (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        return isLoopback
            ? url
            : throw new FormatException($"{url.Host} is not a loopback address; this tool drives nothing else.");
    }

    /// <summary>A word of a closed list, as in hot-number.</summary>
    private static T Word<T>(string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var word)
            && !int.TryParse(text, CultureInfo.InvariantCulture, out _)
            ? word
            : throw new FormatException($"must be one of {string.Join(", ", Enum.GetNames<T>())} (words apart by -).");

    private static Mix MixOf(string text) => text switch
    {
        "bot" => Mix.Bot,
        "agents" => Mix.Agents,
        _ => throw new FormatException("must be bot or agents."),
    };

    private static int Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most
            ? value
            : throw new FormatException($"must be a whole number from {least} to {most}.");

    private static double Number(string text, double least, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most
            ? value
            : throw new FormatException($"must be a number from {least} to {most}.");

    private static string WithoutSecrets(string[] arguments) =>
        string.Join(' ', arguments.Select((a, i) => i > 0 && Secrets.Contains(arguments[i - 1]) ? "***" : a));
}
