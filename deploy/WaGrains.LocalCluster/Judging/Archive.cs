using System.Net.Http.Headers;
using System.Text.Json;

namespace WaGrains.LocalCluster.Judging;

/// <summary>The tenant's archive, read through the public API.</summary>
internal sealed class Archive(Uri api, string key, HttpClient http)
{
    private const int PageSize = 200;

    /// <summary>How often it holds each inbound message, by Meta's id.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Inbound(CancellationToken cancel)
    {
        var held = new Dictionary<string, int>(StringComparer.Ordinal);
        string? cursor = "";
        while (cursor is not null)
        {
            using var page = await Page(cursor, cancel);
            foreach (var message in page.RootElement.GetProperty("data").EnumerateArray())
            {
                var wamid = message.GetProperty("wamid").GetString()!;
                held[wamid] = held.GetValueOrDefault(wamid) + 1;
            }

            cursor = page.RootElement.GetProperty("next_cursor").GetString();
        }

        return held;
    }

    private async Task<JsonDocument> Page(string cursor, CancellationToken cancel)
    {
        var next = cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(api, $"/v1/messages?direction=inbound&limit={PageSize}{next}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancel));
    }
}
