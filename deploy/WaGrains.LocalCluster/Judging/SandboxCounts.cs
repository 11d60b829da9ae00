using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WaGrains.LocalCluster.Judging;

/// <summary>What the sandbox has seen, as far as the judge asks.</summary>
/// <param name="Accepted">Sends it took.</param>
/// <param name="RulesBroken">Every rule a sender can break, repeats among them.</param>
/// <param name="SentTwice">Repeats of an attempt or of a content.</param>
/// <param name="Written">Messages of customers.</param>
/// <param name="Acknowledged">Of these, the ones in a webhook that was answered 200.</param>
/// <param name="Unanswered">Of those that expect an answer, the ones without.</param>
/// <param name="Pending">Webhooks not acknowledged, and updates not yet in one.</param>
internal sealed record SandboxCounts(
    long Accepted, long RulesBroken, long SentTwice, long Written, long Acknowledged, long Unanswered, long Pending)
{
    // The report's counts that make up its rules_broken.
    private static readonly string[] Rules =
    [
        "repeated_sends", "repeated_content", "missing_callback_data", "rate_violations", "pair_violations",
        "contract_violations", "order_violations",
    ];

    /// <summary>Statuses it has yet to tell; not 0 while anything is still being sent.</summary>
    public long Planned { get; init; }

    /// <summary>Sends and pairs it no longer remembers: repeats of those go unseen.</summary>
    public long Forgotten { get; init; }

    /// <summary>People to whom it took templates.</summary>
    public int TemplatePeople { get; init; }

    /// <summary>Sends it took and never answered.</summary>
    public long NeverAnswered { get; init; }

    /// <summary>Of these, the ones of which no status tells either.</summary>
    public long NeverTold { get; init; }

    /// <summary>People who count against the messaging limit.</summary>
    public int LimitUsers { get; init; }

    /// <summary>The most there ever were.</summary>
    public int LimitPeak { get; init; }

    /// <summary>Sends refused for the limit, or that went beyond it.</summary>
    public long BeyondLimit { get; init; }

    /// <summary>Which codes it refused sends with, and how often; empty for none.</summary>
    public string Refused { get; init; } = "";

    /// <summary>Which rules were broken, and how often; empty for none.</summary>
    public string Broken { get; init; } = "";

    /// <summary>Reads the body of `GET /sandbox/report`.</summary>
    public static SandboxCounts Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var report = document.RootElement;
        var webhooks = report.GetProperty("webhooks");
        var inbound = report.GetProperty("inbound_messages");
        var portfolios = report.GetProperty("portfolios").EnumerateObject().Select(each => each.Value).ToList();
        return new SandboxCounts(
            report.GetProperty("messages_accepted").GetInt64(),
            report.GetProperty("rules_broken").GetInt64(),
            report.GetProperty("repeated_sends").GetInt64() + report.GetProperty("repeated_content").GetInt64(),
            inbound.GetProperty("written").GetInt64(),
            inbound.GetProperty("acknowledged").GetInt64(),
            inbound.GetProperty("unanswered").GetInt64(),
            webhooks.GetProperty("pending").GetInt64() + webhooks.GetProperty("updates_waiting").GetInt64())
        {
            Planned = report.GetProperty("statuses_planned").GetInt64(),
            Forgotten = report.GetProperty("sends_forgotten").GetInt64()
                + report.GetProperty("pairs_forgotten").GetInt64(),
            TemplatePeople = report.GetProperty("template_recipients").GetInt32(),
            NeverAnswered = report.GetProperty("never_answered").GetInt64(),
            NeverTold = report.GetProperty("never_told").GetInt64(),
            LimitUsers = portfolios.Sum(each => each.GetProperty("users").GetInt32()),
            LimitPeak = portfolios.Sum(each => each.GetProperty("peak").GetInt32()),
            BeyondLimit = portfolios.Sum(
                each => each.GetProperty("refused").GetInt64() + each.GetProperty("overruns").GetInt64()),
            Refused = string.Join(", ", report.GetProperty("messages_rejected_by_code").EnumerateObject()
                .Select(each => $"{each.Name} {each.Value}")),
            Broken = string.Join(", ", Rules
                .Select(rule => (Rule: rule, Count: report.GetProperty(rule).GetInt64()))
                .Where(each => each.Count != 0)
                .Select(each => $"{each.Rule} {each.Count}")),
        };
    }
}

/// <summary>The sandbox's control side.</summary>
internal sealed class SandboxClient(Uri sandbox, HttpClient http)
{
    /// <summary>Its counts now.</summary>
    public async Task<SandboxCounts> Counts(CancellationToken cancel) =>
        SandboxCounts.Read(await http.GetByteArrayAsync(new Uri(sandbox, "/sandbox/report"), cancel));

    /// <summary>How many sends came in at an address of its own, refused ones included.</summary>
    public async Task<long> CallsAt(Uri address, CancellationToken cancel)
    {
        using var counts = JsonDocument.Parse(
            await http.GetByteArrayAsync(new Uri(sandbox, "/sandbox/callers"), cancel));
        return counts.RootElement.TryGetProperty(address.Authority, out var count) ? count.GetInt64() : 0;
    }

    /// <summary>Meta's ids of the numbers whose last send came in at an address of its own.</summary>
    public async Task<IReadOnlySet<string>> NumbersAt(Uri address, CancellationToken cancel)
    {
        using var places = JsonDocument.Parse(
            await http.GetByteArrayAsync(new Uri(sandbox, "/sandbox/callers/numbers"), cancel));
        return places.RootElement.EnumerateObject()
            .Where(place => place.Value.GetString() == address.Authority)
            .Select(place => place.Name)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>How many templates each person was sent.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Recipients(CancellationToken cancel)
    {
        using var counts = JsonDocument.Parse(
            await http.GetByteArrayAsync(new Uri(sandbox, "/sandbox/recipients"), cancel));
        return counts.RootElement.EnumerateObject()
            .ToDictionary(each => each.Name, each => each.Value.GetInt32(), StringComparer.Ordinal);
    }

    /// <summary>It answers everything from now on.</summary>
    public Task AnswerAll(CancellationToken cancel) => Order("faults", "{\"never_answered\":0}", cancel);

    /// <summary>Customers write no more.</summary>
    public Task StopWriting(CancellationToken cancel) => Order("customers", "{\"writing\":false}", cancel);

    /// <summary>Customers write at this rate, all together.</summary>
    public Task StartWriting(double perMinute, CancellationToken cancel) => Order(
        "customers",
        string.Create(CultureInfo.InvariantCulture, $"{{\"writing\":true,\"messages_per_minute\":{perMinute}}}"),
        cancel);

    private async Task Order(string what, string json, CancellationToken cancel)
    {
        using var order = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(sandbox, $"/sandbox/{what}"), order, cancel);
        answer.EnsureSuccessStatusCode();
    }
}
