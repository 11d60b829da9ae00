using System.Globalization;
using System.Text.Json;
using WaGrains.LocalCluster.Proxy;

namespace WaGrains.LocalCluster.Judging;

/// <summary>
/// What went through the proxy: which messages of customers, whether a silo answered them 200, and how often a webhook
/// was refused. Kept apart from sandbox and host, so that neither of them judges itself.
/// </summary>
internal sealed class WebhookLedger
{
    /// <summary>Stands for a status where no silo wanted the webhook.</summary>
    public const int NoSilo = -1;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, bool> _acknowledged = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, long> _refused = [];

    /// <summary>Webhooks that were not answered 200, by status; 0 for those whose sender gave up waiting.</summary>
    public Refusals Refused
    {
        get
        {
            lock (_gate)
            {
                return new Refusals(new SortedDictionary<int, long>(_refused));
            }
        }
    }

    /// <summary>Each message that passed, by Meta's id, and whether it was acknowledged.</summary>
    public IReadOnlyDictionary<string, bool> Messages
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, bool>(_acknowledged, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Lets a webhook pass and notes what became of it.</summary>
    public async Task Watch(HttpContext context, RequestDelegate next)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        buffer.Position = 0;
        context.Request.Body = buffer;
        var status = 0;
        try
        {
            await next(context);
            status = context.Response.Headers.ContainsKey(ReverseProxy.NoSilo) ? NoSilo : context.Response.StatusCode;
        }
        finally
        {
            Note(buffer.ToArray(), status);
        }
    }

    /// <summary>Notes one webhook and its answer; 0 where there was none.</summary>
    public void Note(ReadOnlyMemory<byte> body, int status)
    {
        var isAcknowledged = status == StatusCodes.Status200OK;
        var wamids = Wamids(body);
        lock (_gate)
        {
            if (!isAcknowledged)
            {
                _refused[status] = _refused.GetValueOrDefault(status) + 1;
            }

            foreach (var wamid in wamids)
            {
                _acknowledged[wamid] = isAcknowledged || _acknowledged.GetValueOrDefault(wamid);
            }
        }
    }

    private static List<string> Wamids(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return
        [
            .. from entry in List(document.RootElement, "entry")
               from change in List(entry, "changes")
               where change.TryGetProperty("value", out _)
               from message in List(change.GetProperty("value"), "messages")
               select message.GetProperty("id").GetString()!,
        ];
    }

    private static List<JsonElement> List(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) ? [.. list.EnumerateArray()] : [];
}

/// <summary>How often webhooks were refused, by status.</summary>
internal sealed record Refusals(IReadOnlyDictionary<int, long> ByStatus)
{
    /// <summary>All of them.</summary>
    public long Count => ByStatus.Values.Sum();

    /// <summary>What came on top of what had been before.</summary>
    public Refusals Since(Refusals before) => new(ByStatus
        .Select(each => (each.Key, Count: each.Value - before.ByStatus.GetValueOrDefault(each.Key)))
        .Where(each => each.Count != 0)
        .ToDictionary(each => each.Key, each => each.Count));

    /// <inheritdoc/>
    public override string ToString() => Count == 0
        ? "0"
        : $"{Count} ({string.Join(", ", ByStatus.OrderBy(each => each.Key)
            .Select(each => $"{Word(each.Key)}: {each.Value}"))})";

    private static string Word(int status) => status switch
    {
        WebhookLedger.NoSilo => "no silo ready",
        0 => "given up",
        _ => status.ToString(CultureInfo.InvariantCulture),
    };
}
