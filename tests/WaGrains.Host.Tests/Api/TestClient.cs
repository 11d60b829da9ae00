using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace WaGrains.Host.Tests.Api;

/// <summary>One caller of the API.</summary>
internal sealed class TestClient(HttpClient http, string? key)
{
    public Task<TestAnswer> Get(string path) => Send(HttpMethod.Get, path, null);

    public async Task<TestAnswer> Get(string path, (string Name, string Value)? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is { } known)
        {
            request.Headers.TryAddWithoutValidation(known.Name, known.Value);
        }

        return await Send(request);
    }

    public Task<TestAnswer> Delete(string path) => Send(HttpMethod.Delete, path, null);

    public Task<TestAnswer> Post(string path, object? body = null, string? idempotencyKey = null) =>
        Send(HttpMethod.Post, path, Json(body), idempotencyKey);

    public Task<TestAnswer> Put(string path, object body, string? idempotencyKey = null) =>
        Send(HttpMethod.Put, path, Json(body), idempotencyKey);

    public Task<TestAnswer> Patch(string path, object body) => Send(HttpMethod.Patch, path, Json(body));

    public Task<TestAnswer> PostRaw(string path, string body, string mediaType = "application/json") =>
        Send(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, mediaType));

    public async Task<TestAnswer> Send(
        HttpMethod method, string path, HttpContent? body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return await Send(request);
    }

    private async Task<TestAnswer> Send(HttpRequestMessage request)
    {
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var isEndless = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var text = isEndless ? "" : await response.Content.ReadAsStringAsync();
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(
                header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new TestAnswer($"{request.Method} {request.RequestUri}", (int)response.StatusCode, text, headers);
    }

    private static JsonContent? Json(object? body) => body is null ? null : JsonContent.Create(body);
}

/// <summary>What came back.</summary>
internal sealed record TestAnswer(string Request, int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Code => Text.StartsWith('{') && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The body, once the status is the one expected.</summary>
    public JsonElement Ok(int status)
    {
        Assert.True(Status == status, $"{Request}: expected {status}, got {Status} {Text}");
        return Text.Length == 0 ? default : Json;
    }

    /// <summary>The problem, once status, code and form are the ones expected.</summary>
    public JsonElement Problem(int status, string code)
    {
        Assert.True(Status == status && Code == code, $"{Request}: expected {status} {code}, got {Status} {Text}");
        Assert.StartsWith("application/problem+json", Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(Headers["X-Request-Id"], Json.GetProperty("request_id").GetString());
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(Json.GetProperty("title").GetString()));
        return Json;
    }

    /// <summary>The only mistake of a request that is not valid.</summary>
    public void Mistake(string param, string code)
    {
        var errors = Problem(422, "validation_failed").GetProperty("errors");
        Assert.True(errors.GetArrayLength() == 1, $"{Request}: expected one mistake, got {Text}");
        Assert.Equal(
            (param, code), (errors[0].GetProperty("param").GetString(), errors[0].GetProperty("code").GetString()));
    }
}
