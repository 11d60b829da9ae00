using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using WaGrains.Load.Measures;
using WaGrains.Load.Options;

namespace WaGrains.Load.Exchanges;

/// <summary>
/// A fixed number of connections to the host, each carrying one request at a time from one queue. The queue is bounded;
/// what does not fit is shed and counted, because an overloaded run must end rather than grow.
/// </summary>
internal sealed class Connections : IDisposable
{
    private const int WaitingMax = 500_000;
    private const int RepeatsMax = 4;
    private const int ProblemBytesMax = 4096;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Channel<Work> _waiting = Channel.CreateBounded<Work>(new BoundedChannelOptions(WaitingMax)
    {
        FullMode = BoundedChannelFullMode.Wait,
    });

    private readonly HttpMessageInvoker _http;
    private readonly LoadOptions _options;
    private readonly Ledger _ledger;
    private readonly Payloads _payloads;
    private readonly byte[] _secret;
    private readonly Uri[] _webhooks;
    private readonly Uri[] _answers;
    private readonly AuthenticationHeaderValue _tenantKey;
    private int _turn;

    /// <param name="options">Where to and how many.</param>
    /// <param name="ledger">Where outcomes go.</param>
    /// <param name="payloads">What to send.</param>
    /// <param name="tenantKey">Owner key, for agents' answers.</param>
    public Connections(LoadOptions options, Ledger ledger, Payloads payloads, string tenantKey)
    {
        _options = options;
        _ledger = ledger;
        _payloads = payloads;
        _secret = Encoding.UTF8.GetBytes(options.Secret);
        IReadOnlyList<Uri> urls = options.Urls.Count > 0 ? options.Urls : [options.Url];
        _webhooks = [.. urls.Select(url => new Uri(url, $"/webhooks/whatsapp/{options.App}"))];
        _answers = [.. urls.Select(url => new Uri(url, "/v1/messages"))];
        _tenantKey = new AuthenticationHeaderValue("Bearer", tenantKey);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = options.Connections,
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
        });
    }

    /// <summary>Queues a request; never waits.</summary>
    public void Enqueue(in Work work)
    {
        if (!_waiting.Writer.TryWrite(work))
        {
            _ledger.Errors.Count("generator queue full");
        }
    }

    /// <summary>Carries requests until <paramref name="stop"/>; ends without an exception.</summary>
    public Task Run(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, _options.Connections).Select(_ => Carry(stop)));

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task Carry(CancellationToken stop)
    {
        await Task.Yield();
        var buffer = GC.AllocateUninitializedArray<byte>(Payloads.BytesMax);
        try
        {
            await foreach (var work in _waiting.Reader.ReadAllAsync(stop))
            {
                if (work.Repeats == 0)
                {
                    _ledger.Left(work);
                }

                await Deliver(work, buffer, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run is over; what was still open is reported as left behind.
        }
    }

    private async Task Deliver(Work work, byte[] buffer, CancellationToken stop)
    {
        var length = Write(work, buffer);
        if (await TrySend(work, buffer.AsMemory(0, length), stop))
        {
            _ledger.Succeeded(work);
            if (work.Kind == WorkKind.Message && _options.Mix == Mix.Agents)
            {
                Enqueue(new Work(WorkKind.Answer, work.Exchange, Stopwatch.GetTimestamp()));
            }
        }
        else if (work.Repeats == RepeatsMax)
        {
            _ledger.Errors.Count("given up");
        }
        else
        {
            _ = Repeat(work with { Repeats = work.Repeats + 1 }, stop);
        }
    }

    // Meta repeats what is not answered with 200, soon and then ever later; so do we, from the same intended instant.
    private async Task Repeat(Work work, CancellationToken stop)
    {
        _ledger.Errors.Count("repeated");
        var pause = FirstPause * Math.Pow(4, work.Repeats - 1);
        await Task.Delay(pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Enqueue(work);
    }

    private int Write(in Work work, Span<byte> buffer)
    {
        var population = _ledger.Population;
        var contact = population.ContactOf(work.Exchange);
        var ordinal = work.Kind == WorkKind.Status ? work.Outbound : work.Exchange;
        var values = new SlotValues(
            population.Digits(contact),
            population.NumberOf(contact),
            MessageIds.Of(_ledger.Run, ordinal),
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        return work.Kind switch
        {
            WorkKind.Message => _payloads.Message(buffer, work.Exchange, values),
            WorkKind.Status => _payloads.Status(buffer, work.Status, values, work.Callback),
            WorkKind.Answer => _payloads.Answer(buffer, values),
        };
    }

    private async ValueTask<bool> TrySend(Work work, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        try
        {
            using var request = Request(work, body);
            using var response = await _http.SendAsync(request, stop);
            if (response.IsSuccessStatusCode)
            {
                await Discard(response, stop);
                return true;
            }

            var code = await ProblemCode(response, stop);
            _ledger.Errors.Count($"{Where(work.Kind)} {(int)response.StatusCode} {code}".TrimEnd());
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            _ledger.Errors.Count($"{Where(work.Kind)} {failure.GetType().Name}");
        }

        return false;
    }

    private HttpRequestMessage Request(in Work work, ReadOnlyMemory<byte> body)
    {
        var silo = (int)((uint)Interlocked.Increment(ref _turn) % (uint)_webhooks.Length);
        var target = (work.Kind == WorkKind.Answer ? _answers : _webhooks)[silo];
        var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new ReadOnlyMemoryContent(body),
        };
        request.Content.Headers.ContentType = Json;
        if (work.Kind == WorkKind.Answer)
        {
            request.Headers.Authorization = _tenantKey;
            request.Headers.TryAddWithoutValidation("Idempotency-Key", $"load-{_ledger.Run:x8}-{work.Exchange}");
        }
        else
        {
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", Signature(body.Span));
        }

        return request;
    }

    private string Signature(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, body, hash);
        return string.Concat("sha256=", Convert.ToHexStringLower(hash));
    }

    // A body left unread costs the connection; most answers have none.
    private static async ValueTask Discard(HttpResponseMessage response, CancellationToken stop)
    {
        if (response.Content.Headers.ContentLength != 0)
        {
            await response.Content.CopyToAsync(Stream.Null, stop);
        }
    }

    private static async Task<string> ProblemCode(HttpResponseMessage response, CancellationToken stop)
    {
        await response.Content.LoadIntoBufferAsync(ProblemBytesMax, stop);
        try
        {
            using var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(stop));
            return problem.RootElement.TryGetProperty("code", out var code) ? code.ToString() : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Where(WorkKind kind) =>
        kind switch { WorkKind.Message => "webhook", WorkKind.Status => "status", WorkKind.Answer => "answer" };
}
