using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaGrains.Load.SetUp;

/// <summary>The host's JSON API with one key; for set-up only, not for the measured path.</summary>
internal sealed class ApiClient(HttpClient http, string key)
{
    private const int PagesMax = 1_000;

    /// <summary>One call; the answer's status decides nothing here.</summary>
    public async Task<(int Status, JsonObject Body)> Call(
        HttpMethod method,
        string path,
        JsonNode? body,
        CancellationToken stop,
        string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        try
        {
            using var response = await http.SendAsync(request, stop);
            var text = await response.Content.ReadAsStringAsync(stop);
            return ((int)response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? []);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            throw new SetUpException($"{method} {path} failed: {failure.Message}", failure);
        }
        catch (OperationCanceledException late) when (!stop.IsCancellationRequested)
        {
            throw new SetUpException($"{method} {path} was not answered in time.", late);
        }
    }

    /// <summary>One call that must succeed.</summary>
    /// <exception cref="SetUpException">Any other status than 2xx.</exception>
    public async Task<JsonObject> Must(HttpMethod method, string path, JsonNode? body, CancellationToken stop)
    {
        var (status, answer) = await Call(method, path, body, stop);
        return status is >= 200 and < 300
            ? answer
            : throw new SetUpException($"{method} {path} answered {status} {answer["code"]} {answer["detail"]}");
    }

    /// <summary>Every item of a list, page by page.</summary>
    public async Task<List<JsonObject>> All(string path, CancellationToken stop)
    {
        var items = new List<JsonObject>();
        var cursor = "";
        for (var page = 0; page < PagesMax; page++)
        {
            var answer = await Must(HttpMethod.Get, $"{path}?limit=200{cursor}", null, stop);
            items.AddRange((answer["data"] as JsonArray ?? []).OfType<JsonObject>());
            if (answer["next_cursor"]?.GetValue<string>() is not { Length: > 0 } next)
            {
                break;
            }

            cursor = $"&cursor={Uri.EscapeDataString(next)}";
        }

        return items;
    }
}
