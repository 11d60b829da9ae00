using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace WaGrains.Host.Demo;

/// <summary>
/// Agents who answer what they hold and close what has gone quiet, through the public API with the owner's key. Each
/// answer carries an idempotency key made of the message it answers, so a restart in the middle answers nobody twice.
/// </summary>
internal sealed class DemoAgents : IDisposable
{
    private const int PageSize = 100;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(20);

    private static readonly string[] Answers =
    [
        "Thank you for writing, I am looking into it.",
        "Obrigado pela mensagem! Já estou verificando.",
        "Claro, le ayudo con eso enseguida.",
        "Done. Is there anything else I can do for you?",
    ];

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly HashSet<string> _answered = [];

    public DemoAgents(Uri host, string key, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpClient { BaseAddress = host };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Works until told to stop.</summary>
    public async Task Work(CancellationToken stopping)
    {
        using var rounds = new PeriodicTimer(Round, _clock);
        while (await rounds.WaitForNextTickAsync(stopping))
        {
            try
            {
                await Serve(stopping);
            }
            catch (Exception failure) when (failure is HttpRequestException or JsonException)
            {
                // The host is starting or stopping; the next round tries again.
            }
        }
    }

    private async Task Serve(CancellationToken stopping)
    {
        using var held = await Get($"/v1/conversations?phase=held&limit={PageSize}", stopping);
        foreach (var conversation in held.RootElement.GetProperty("data").EnumerateArray())
        {
            var id = conversation.GetProperty("id").GetString()!;
            using var messages = await Get($"/v1/conversations/{id}/messages?limit=10", stopping);
            await Serve(id, messages.RootElement.GetProperty("data"), stopping);
        }
    }

    /// <summary>Answers the newest message of the contact, or closes what has been quiet for a while. Messages come
    /// newest first.</summary>
    private async Task Serve(string conversation, JsonElement messages, CancellationToken stopping)
    {
        if (messages.GetArrayLength() == 0)
        {
            return;
        }

        var newest = messages[0];
        var waiting = messages.EnumerateArray().TakeWhile(message => !IsOurs(message)).Where(Asks).ToList();
        if (waiting.Count > 0)
        {
            await Answer(conversation, waiting[0].GetProperty("id").GetString()!, stopping);
        }
        else if (_clock.GetUtcNow() - newest.GetProperty("status_at").GetDateTimeOffset() > QuietFor)
        {
            using var closed = await _http.PostAsync($"/v1/conversations/{conversation}/close", null, stopping);
        }
    }

    private async Task Answer(string conversation, string message, CancellationToken stopping)
    {
        if (_answered.Count > 10_000)
        {
            _answered.Clear();
        }

        if (_answered.Contains(message))
        {
            return;
        }

        var text = Answers[Math.Abs(string.GetHashCode(message, StringComparison.Ordinal) % Answers.Length)];
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/conversations/{conversation}/messages")
        {
            Content = JsonContent.Create(
                new { content = new { type = "text", text = new { body = text } }, reply_to = message }),
        };
        request.Headers.Add("Idempotency-Key", "demo-" + message);
        using var response = await _http.SendAsync(request, stopping);
        if ((int)response.StatusCode < 500)
        {
            _answered.Add(message);
        }
    }

    private static bool IsOurs(JsonElement message) => message.GetProperty("direction").GetString() != "inbound";

    private static bool Asks(JsonElement message) =>
        message.GetProperty("type").GetString() is not ("reaction" or "edit" or "revoke" or "system" or "unsupported");

    private async Task<JsonDocument> Get(string path, CancellationToken stopping)
    {
        await using var body = await _http.GetStreamAsync(path, stopping);
        return await JsonDocument.ParseAsync(body, default, stopping);
    }
}
