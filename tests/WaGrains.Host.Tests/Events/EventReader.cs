using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Events;

/// <summary>A client that follows a stream.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private EventReader(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> items) =>
        (_response, _items) = (response, items);

    public static async Task<EventReader> Open(TestApi api, string key, string? after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events/stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (after is not null)
        {
            request.Headers.Add("Last-Event-ID", after);
        }

        var response = await api.Http().SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var items = SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync();
        return new EventReader(response, items.GetAsyncEnumerator());
    }

    public async Task<StreamedEvent> Next()
    {
        Assert.True(await _items.MoveNextAsync(), "the stream has ended");
        var item = _items.Current;
        return new StreamedEvent(item.EventId!, item.EventType, JsonDocument.Parse(item.Data).RootElement);
    }

    /// <summary>The next event of this type; heartbeats and others are passed over.</summary>
    public async Task<StreamedEvent> NextOf(string type)
    {
        while (true)
        {
            if (await Next() is var found && found.Type == type)
            {
                return found;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>One event as it came.</summary>
internal sealed record StreamedEvent(string Id, string Type, JsonElement Data);
