using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace WaGrains.LocalCluster.Judging;

/// <summary>The tenant's archive, read through the public API.</summary>
internal sealed class Archive(Uri api, string key, HttpClient http)
{
    private const int PageSize = 200;

    /// <summary>How often it holds each inbound message, by the print of Meta's id.</summary>
    /// <param name="since">Not those that were written before this; null: all.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<UInt128, int>> Inbound(DateTimeOffset? since, CancellationToken cancel)
    {
        var from = since is { } time
            ? $"&since={Uri.EscapeDataString(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))}"
            : "";
        var held = new Dictionary<UInt128, int>();
        string? cursor = "";
        while (cursor is not null)
        {
            using var page = await Page(from, cursor, cancel);
            foreach (var message in page.RootElement.GetProperty("data").EnumerateArray())
            {
                var print = Wamid.Print(message.GetProperty("wamid").GetString()!);
                held[print] = held.GetValueOrDefault(print) + 1;
            }

            cursor = page.RootElement.GetProperty("next_cursor").GetString();
        }

        return held;
    }

    private async Task<JsonDocument> Page(string from, string cursor, CancellationToken cancel)
    {
        var next = cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(api, $"/v1/messages?direction=inbound&limit={PageSize}{from}{next}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancel));
    }
}
