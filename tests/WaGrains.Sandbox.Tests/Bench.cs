using System.Text;
using System.Text.Json;
using WaGrains.Sandbox.Graph;
using WaGrains.Sandbox.Webhooks;

namespace WaGrains.Sandbox.Tests;

/// <summary>A sandbox with one number and the verbs that tests need.</summary>
internal sealed class Bench
{
    public const string Number = "730000000000011";
    public const string Guest = "+5511988887777";
    public const string Token = "demo-access-token";

    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public Bench(SandboxOptions options, int seed = 7) => Core = new SandboxCore(options, seed);

    public SandboxCore Core { get; }

    /// <summary>Nobody writes by themselves, nothing misbehaves, one update per POST.</summary>
    public static SandboxOptions Quiet() => new()
    {
        Customers = 0,
        Misbehaviour = Misbehaviour.None,
        Statuses = new StatusDelays { ReadShare = 1 },
        Webhooks = new WebhookPolicy { UpdatesPerPost = 1 },
    };

    public static SandboxOptions QuietWith(SandboxNumber number)
    {
        var options = Quiet();
        options.Numbers.Clear();
        number.PhoneNumberId = Number;
        number.DisplayPhoneNumber = "+55 11 4000-0011";
        options.Numbers.Add(number);
        return options;
    }

    public static string TextBody(string text, string callback, string to = Guest) =>
        $$"""
        {"messaging_product":"whatsapp","to":"{{to}}","type":"text","text":{"body":"{{text}}"},
         "biz_opaque_callback_data":"{{callback}}"}
        """;

    public GraphResponse Post(DateTimeOffset now, string body) =>
        Core.Post(now, Number, Token, Encoding.UTF8.GetBytes(body));

    /// <summary>0 for an accepted send, else the error's code.</summary>
    public int Code(DateTimeOffset now, string body) => CodeOf(Post(now, body));

    public static int CodeOf(GraphResponse response)
    {
        using var document = JsonDocument.Parse(response.Body);
        return document.RootElement.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0;
    }

    /// <summary>Every POST due up to then, each answered with 200 at once.</summary>
    public List<WebhookCall> Drain(DateTimeOffset until)
    {
        var all = new List<WebhookCall>();
        while (Core.TakeDue(until, 100) is { Count: > 0 } calls)
        {
            foreach (var call in calls)
            {
                all.Add(call);
                Core.Answered(until, call.Id, 200);
            }
        }

        return all;
    }

    /// <summary>The items of all `messages` or `statuses` arrays in these webhooks.</summary>
    public static List<JsonElement> Items(IEnumerable<WebhookCall> calls, string array) =>
    [
        .. Values(calls)
            .Where(value => value.TryGetProperty(array, out _))
            .SelectMany(value => value.GetProperty(array).EnumerateArray()),
    ];

    public static List<JsonElement> Values(IEnumerable<WebhookCall> calls) =>
    [
        .. calls.Select(call => JsonSerializer.Deserialize<JsonElement>(call.Body.Span))
            .SelectMany(root => root.GetProperty("entry").EnumerateArray())
            .SelectMany(entry => entry.GetProperty("changes").EnumerateArray())
            .Select(change => change.GetProperty("value")),
    ];

    public static List<string> StatusNames(IEnumerable<WebhookCall> calls) =>
        [.. Items(calls, "statuses").Select(each => each.GetProperty("status").GetString()!)];
}
