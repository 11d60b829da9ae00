using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaGrains.LocalCluster.Sends;

/// <summary>A bulk send: a template with a word of each recipient's own, through all numbers of the tenant.</summary>
internal sealed class BulkList(SendRun run)
{
    // Far from the customers' own numbers, and from those that people dial in more than one way.
    private const long FirstRecipient = 4_915_110_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The phone number of a recipient, digits.</summary>
    public static string Recipient(int position) =>
        (FirstRecipient + position).ToString(CultureInfo.InvariantCulture);

    /// <summary>Makes the send in one request, straight to a silo.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> Upload(CancellationToken cancel)
    {
        var numbers = await run.Owner.Ids("/v1/numbers", cancel);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(run.Rig.Seats[0].Url, "/v1/sends"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await run.Rig.OwnerKey(cancel));
        request.Headers.Add("Idempotency-Key", "bulk");
        request.Content = new StringContent(Body(numbers, run.Options.Recipients), Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request, cancel);
        var body = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw new RigException($"POST /v1/sends answers {(int)answer.StatusCode} {body}");
        }

        using var made = JsonDocument.Parse(body);
        return made.RootElement.GetProperty("id").GetString()!;
    }

    private static string Body(IEnumerable<string> numbers, int recipients) => new JsonObject
    {
        ["name"] = "Rig",
        ["number_ids"] = new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]),
        ["content"] = JsonNode.Parse(
            """
            {"type":"template","template":{"name":"order_ready","language":{"code":"en_US"},"category":"utility",
            "components":[{"type":"body","parameters":[{"type":"text","text":"{{code}}"}]}]}}
            """),
        ["recipients"] = new JsonArray([.. Enumerable.Range(0, recipients).Select(i => new JsonObject
        {
            ["to"] = Recipient(i),
            ["variables"] = new JsonObject
            {
                ["code"] = string.Create(CultureInfo.InvariantCulture, $"R{i}"),
            },
        })]),
    }.ToJsonString();
}
