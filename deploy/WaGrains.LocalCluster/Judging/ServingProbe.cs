using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace WaGrains.LocalCluster.Judging;

/// <summary>
/// Tells when every number serves: a customer's reaction is delivered to each, repeated with the same bytes as Meta
/// would, until it is answered 200. That answer is a commit by the number's own silo.
/// </summary>
internal sealed class ServingProbe(Uri webhook, string appSecret, IReadOnlyList<string> numbers, HttpClient http)
{
    /// <summary>Tells the probe's webhooks from the sandbox's.</summary>
    public const string Header = "X-Probe";

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _sequence;

    /// <summary>Time from now until the slowest number has answered; null where that takes longer than
    /// <paramref name="within"/>.</summary>
    public async Task<TimeSpan?> UntilAllServe(TimeSpan within, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(within);
        try
        {
            await Task.WhenAll(numbers.Select(number => UntilServes(Body(number), late.Token)));
            return Stopwatch.GetElapsedTime(began);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task UntilServes(byte[] body, CancellationToken cancel)
    {
        while (!await Post(body, cancel))
        {
            await Task.Delay(BetweenTries, TimeProvider.System, cancel);
        }
    }

    private async Task<bool> Post(byte[] body, CancellationToken cancel)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(AnswerWithin);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), body);
        request.Headers.Add(Header, "1");
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(signature)}");
        try
        {
            using var answer = await http.SendAsync(request, late.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    // A reaction asks for no answer, so the probe moves no pace and occupies no agent.
    private byte[] Body(string number)
    {
        var wamid = string.Create(CultureInfo.InvariantCulture, $"wamid.probe.{_start}.{++_sequence}");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return Encoding.UTF8.GetBytes($$"""
            {"object":"whatsapp_business_account","entry":[{"id":"710000000000001","changes":[{"field":"messages",
            "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"551140000000",
            "phone_number_id":"{{number}}" },"contacts":[{"profile":{"name":"Probe"},"wa_id":"5511955509999"}],
            "messages":[{"from":"5511955509999","id":"{{wamid}}","timestamp":"{{now}}","type":"reaction",
            "reaction":{"message_id":"wamid.none","emoji":"+"} } ] } } ] } ] }
            """);
    }
}
