using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace WaGrains.LocalCluster.Judging;

/// <summary>
/// A client of the API as its users are told to write it: it repeats a call that got no answer, or a 5xx or 429, with
/// the same idempotency key, and gives up after five seconds. Reads how a number sends, and sends templates.
/// </summary>
internal sealed class RetryingCaller(Uri api, string key, HttpClient http)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromSeconds(5);

    // Few enough to be seen in a log, enough that Meta's pair limit is far.
    private const int Recipients = 40;

    private static long _sequence;

    private readonly List<Task<CallEnd>> _calls = [];

    /// <summary>Calls until told to stop, then waits for what is under way.</summary>
    /// <param name="stopping">Ends the calling.</param>
    public async Task<CallCounts> Call(CancellationToken stopping)
    {
        var numbers = await Numbers(stopping);
        using var ticks = new PeriodicTimer(Every, TimeProvider.System);
        try
        {
            for (var i = 0; await ticks.WaitForNextTickAsync(stopping); i++)
            {
                var number = numbers[i % numbers.Count];
                _calls.Add(ToEnd("read", () => Get($"/v1/numbers/{number}/pace")));
                var (body, name) = Template(number);
                _calls.Add(ToEnd("send", () => Post("/v1/messages", body, name)));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was being watched is over.
        }

        return CallCounts.Of(await Task.WhenAll(_calls));
    }

    private async Task<IReadOnlyList<string>> Numbers(CancellationToken cancel)
    {
        using var request = Get("/v1/numbers?limit=200");
        using var answer = await http.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
        using var list = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancel));
        return [.. list.RootElement.GetProperty("data").EnumerateArray()
            .Select(number => number.GetProperty("id").GetString()!)];
    }

    // No two say the same, so the sandbox would see one that is sent twice.
    private static (string Body, string Key) Template(string number)
    {
        var i = Interlocked.Increment(ref _sequence);
        var name = string.Create(CultureInfo.InvariantCulture, $"rig-{i}");
        var to = string.Create(CultureInfo.InvariantCulture, $"+55119555{40_000 + (i % Recipients)}");
        return ($$"""
            {"number_id":"{{number}}","to":"{{to}}","content":{"type":"template","template":{
            "name":"order_ready","language":{"code":"en_US"},
            "components":[{"type":"body","parameters":[{"type":"text","text":"{{name}}"} ] } ] } } }
            """, name);
    }

    private async Task<int> Attempt(HttpRequestMessage request)
    {
        using var late = new CancellationTokenSource(AnswerWithin, TimeProvider.System);
        try
        {
            using var answer = await http.SendAsync(request, late.Token);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private async Task<CallEnd> ToEnd(string kind, Func<HttpRequestMessage> call)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            using var request = call();
            var status = await Attempt(request);
            var took = TimeProvider.System.GetElapsedTime(began);
            if (status is (>= 200 and < 300) or (>= 400 and < 500 and not 429) || took > GivesUpAfter)
            {
                return new CallEnd(kind, status, tries, took);
            }

            await Task.Delay(BetweenTries, TimeProvider.System);
        }
    }

    private HttpRequestMessage Get(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    private HttpRequestMessage Post(string path, string body, string name)
    {
        var request = Get(path);
        request.Method = HttpMethod.Post;
        request.Headers.Add("Idempotency-Key", name);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }
}

/// <summary>How one call ended.</summary>
/// <param name="Kind">read or send.</param>
/// <param name="Status">The last answer's status; 0 for none.</param>
/// <param name="Tries">How often it was made.</param>
/// <param name="Took">From the first try to the last answer.</param>
internal readonly record struct CallEnd(string Kind, int Status, int Tries, TimeSpan Took)
{
    /// <summary>Whether the caller got what it asked for.</summary>
    public bool IsGood => Status is >= 200 and < 300;
}

/// <summary>How calls ended.</summary>
/// <param name="All">Calls made.</param>
/// <param name="Repeated">Those that took more than one try.</param>
/// <param name="Failed">Those that were given up, or refused for good.</param>
/// <param name="Ends">Of these, what was asked for and the last status, 0 for none.</param>
/// <param name="Slowest">Of those that went well.</param>
internal sealed record CallCounts(
    int All, int Repeated, int Failed, IReadOnlyList<string> Ends, TimeSpan Slowest)
{
    /// <summary>Counts them.</summary>
    public static CallCounts Of(IReadOnlyList<CallEnd> ends) => new(
        ends.Count,
        ends.Count(end => end.Tries > 1),
        ends.Count(end => !end.IsGood),
        [.. ends.Where(end => !end.IsGood).Select(end => $"{end.Kind}: {end.Status}").Distinct().Order()],
        ends.Where(end => end.IsGood).Select(end => end.Took).DefaultIfEmpty().Max());

    /// <inheritdoc/>
    public override string ToString() =>
        $"{All} API calls, {Repeated} repeated, slowest {Slowest.TotalSeconds:0.0} s, failed for good {Failed}"
        + (Failed > 0 ? $" ({string.Join(", ", Ends)})" : "");
}
