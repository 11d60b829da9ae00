using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaGrains.LocalCluster.Sends;

/// <summary>The public API as a patient caller with one key uses it: what got no answer, 429 or a 5xx is asked again,
/// a POST with the same idempotency key.</summary>
/// <param name="api">The proxy.</param>
/// <param name="key">The caller's key.</param>
/// <param name="http">The caller's client.</param>
internal sealed class OwnerApi(Uri api, string key, HttpClient http)
{
    private const int PageSize = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static long _posts;

    /// <summary>The same with another key.</summary>
    public OwnerApi As(string other) => new(api, other, http);

    /// <summary>Reads one thing.</summary>
    /// <exception cref="RigException">It is refused, or there is no answer in time.</exception>
    public async Task<JsonElement> Get(string path, CancellationToken cancel) => await Ask(
        () => Request(HttpMethod.Get, path), cancel);

    /// <summary>Does one thing, once.</summary>
    /// <exception cref="RigException">It is refused, or there is no answer in time.</exception>
    public async Task<JsonElement> Post(string path, JsonNode body, CancellationToken cancel)
    {
        var idempotency = $"owner-{Interlocked.Increment(ref _posts)}";
        return await Ask(
            () =>
            {
                var request = Request(HttpMethod.Post, path);
                request.Headers.Add("Idempotency-Key", idempotency);
                request.Content = Json(body);
                return request;
            },
            cancel);
    }

    /// <summary>Sets one thing.</summary>
    /// <exception cref="RigException">It is refused, or there is no answer in time.</exception>
    public async Task Put(string path, JsonNode body, CancellationToken cancel) => await Ask(
        () =>
        {
            var request = Request(HttpMethod.Put, path);
            request.Content = Json(body);
            return request;
        },
        cancel);

    /// <summary>Goes through a whole list, page after page.</summary>
    public async Task Each(string path, Action<JsonElement> item, CancellationToken cancel)
    {
        var joint = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        string? cursor = "";
        while (cursor is not null)
        {
            var next = cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = await Get($"{path}{joint}limit={PageSize}{next}", cancel);
            foreach (var each in page.GetProperty("data").EnumerateArray())
            {
                item(each);
            }

            cursor = page.GetProperty("next_cursor").GetString();
        }
    }

    /// <summary>The ids of a whole list, in its order.</summary>
    public async Task<IReadOnlyList<string>> Ids(string path, CancellationToken cancel)
    {
        var ids = new List<string>();
        await Each(path, each => ids.Add(each.GetProperty("id").GetString()!), cancel);
        return ids;
    }

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(api, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    private async Task<JsonElement> Ask(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        JsonElement? found = null;
        var last = "no answer";
        await Until.True(
            async token =>
            {
                using var request = make();
                using var answer = await http.SendAsync(request, token);
                var body = await answer.Content.ReadAsByteArrayAsync(token);
                last = $"{request.Method} {request.RequestUri?.AbsolutePath} answers {(int)answer.StatusCode} "
                    + Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 300)));
                found = answer.IsSuccessStatusCode ? Parse(body) : null;
                return (int)answer.StatusCode is not (429 or >= 500);
            },
            Patience,
            cancel);
        return found ?? throw new RigException(last);
    }

    private static JsonElement Parse(byte[] body)
    {
        using var document = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
        return document.RootElement.Clone();
    }
}
