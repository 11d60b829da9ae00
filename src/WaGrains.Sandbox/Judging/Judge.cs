using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using WaGrains.Sandbox.Graph;
using WaGrains.Sandbox.Sends;

namespace WaGrains.Sandbox.Judging;

/// <summary>Enforces Meta's limits on sends and counts every rule the sender broke.</summary>
internal sealed class Judge
{
    private readonly TimeSpan _tolerance;
    private readonly Tally _tally;
    private readonly RecentPrints _callbacks;
    private readonly RecentPrints _contents;
    private readonly RecentMap<(string Number, string Recipient), Pair> _pairs;

    public Judge(JudgeOptions options, Tally tally)
    {
        _tolerance = TimeSpan.FromMilliseconds(options.ToleranceMs);
        _tally = tally;
        _callbacks = new RecentPrints(options.RememberedSends);
        _contents = new RecentPrints(options.RememberedSends);
        _pairs = new RecentMap<(string, string), Pair>(options.RememberedPairs);
        Recipients = new RecipientCounts(options.RememberedSends);
    }

    public RecipientCounts Recipients { get; }

    public long SendsForgotten =>
        Math.Max(Recipients.Forgotten, Math.Max(_callbacks.Forgotten, _contents.Forgotten));

    public long PairsForgotten => _pairs.Forgotten;

    public Pair PairOf(NumberState number, string recipientKey) => _pairs.Of((number.Id, recipientKey));

    public void Received(NumberState number, DateTimeOffset now)
    {
        var breach = number.Contract.Judge(now);
        _tally.ContractViolations += breach == ContractBreach.None ? 0 : 1;
        _tally.ContractWindow += (breach & ContractBreach.Window) == 0 ? 0 : 1;
        _tally.ContractSpacing += (breach & ContractBreach.Spacing) == 0 ? 0 : 1;
    }

    /// <summary>Takes the send's share of both limits, or says which one it hits (then it takes neither).</summary>
    public GraphFault? Admit(NumberState number, Pair pair, DateTimeOffset now)
    {
        if (number.Throughput.IsFull(now))
        {
            _tally.RateViolations++;
            return new GraphFault(130429, "Cloud API message throughput has been reached.");
        }

        if (!pair.Bucket.TryTake(now, _tolerance))
        {
            _tally.PairViolations++;
            return new GraphFault(131056, "Too many messages from this number to the same recipient.");
        }

        number.Throughput.Add(now);
        return null;
    }

    public void Accepted(NumberState number, string recipientKey, SendRequest request)
    {
        _tally.Accepted++;
        if (request.CallbackText is null)
        {
            _tally.WithoutCallbackText++;
        }
        else if (!_callbacks.AddIfNew(Print.Of(number.Id, request.CallbackText, [], "")))
        {
            _tally.RepeatedSends++;
        }

        var content = JsonMarshal.GetRawUtf8Value(request.Content);
        var address = $"{number.Id}/{recipientKey}";
        if (!_contents.AddIfNew(Print.Of(address, request.Type, content, request.ContextId ?? "")))
        {
            _tally.RepeatedContent++;
        }

        if (request.Template is not null)
        {
            Recipients.Add(recipientKey);
        }

        if (ReadMarker(request) is { } marker)
        {
            var pair = PairOf(number, recipientKey);
            _tally.OrderViolations += marker < pair.Marker ? 1 : 0;
            pair.Marker = Math.Max(pair.Marker, marker);
        }
    }

    /// <summary>The number after the last `#`, if the words a person reads end with one.</summary>
    internal static long? ReadMarker(SendRequest request)
    {
        var words = request.Type switch
        {
            "text" => Fields.Text(request.Content, "body"),
            "image" or "video" or "document" => Fields.Text(request.Content, "caption"),
            "interactive" when request.Content.TryGetProperty("body", out var body) => Fields.Text(body, "text"),
            _ => null,
        };
        var hash = words?.LastIndexOf('#') ?? -1;
        return hash >= 0 && long.TryParse(
            words.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var marker)
                ? marker
                : null;
    }
}

/// <summary>What is remembered about one number and one person.</summary>
internal sealed class Pair
{
    public static readonly TimeSpan ServiceWindow = TimeSpan.FromHours(24);

    public PairBucket Bucket { get; } = new();

    public DateTimeOffset? LastInbound { get; set; }

    public long Marker { get; set; } = -1;

    public bool IsWindowOpen(DateTimeOffset now) => LastInbound is { } last && now - last < ServiceWindow;
}
