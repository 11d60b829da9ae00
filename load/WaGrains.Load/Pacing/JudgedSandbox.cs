using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using WaGrains.Load.Options;
using WaGrains.Load.SetUp;
using WaGrains.Sandbox;
using WaGrains.Sandbox.Shell;

namespace WaGrains.Load.Pacing;

/// <summary>A number of the sandbox, and what it may.</summary>
/// <param name="PerMinute">Agreed with its owner; 0 for nothing agreed.</param>
/// <param name="PerSecond">Meta's throughput.</param>
internal readonly record struct NumberTerms(int PerMinute, int PerSecond);

/// <summary>The sandbox in this process, as Meta's side and judge of one host: nobody writes, statuses come as they
/// should. Each send is shown at the instant its request came in.</summary>
internal sealed class JudgedSandbox : IAsyncDisposable
{
    /// <summary>The token it takes.</summary>
    public const string AccessToken = "load-access-token";

    /// <summary>The account of all numbers.</summary>
    public const string AccountId = "710000000000001";

    private const long FirstId = 730_000_000_100_000;
    private const int UpdatesPerPost = 100;
    private const int GatherMs = 20;
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private JudgedSandbox(WebApplication app, Uri url)
    {
        _app = app;
        _http = new HttpClient { BaseAddress = url };
        app.Use(Watch);
    }

    /// <summary>Told of each send before anything else is done with it, by the number's index.</summary>
    public Action<int> Arrived { get; set; } = static _ => { };

    /// <summary>Told of each send that is answered, by the number's index, with whether it was accepted.</summary>
    public Action<int, bool> Answered { get; set; } = static (_, _) => { };

    /// <summary>Starts it.</summary>
    /// <param name="url">Where it listens.</param>
    /// <param name="host">Whom it calls back.</param>
    /// <param name="options">The app.</param>
    /// <param name="numbers">The terms of each number.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<JudgedSandbox> Start(
        Uri url, Uri host, LoadOptions options, IEnumerable<NumberTerms> numbers, CancellationToken stop)
    {
        var rules = new SandboxOptions
        {
            CallbackUrl = new Uri(host, $"/webhooks/whatsapp/{options.App}").ToString(),
            AppSecret = options.Secret,
            VerifyToken = "load-verify-token",
            AccessToken = AccessToken,
            Customers = 0,
            MessagesPerMinute = 0,
            Seed = options.Seed,
            Misbehaviour = Misbehaviour.None,
            Webhooks = new WebhookPolicy { UpdatesPerPost = UpdatesPerPost, GatherMs = GatherMs },
        };
        rules.Numbers.Clear();
        foreach (var (i, terms) in numbers.Index())
        {
            rules.Numbers.Add(new SandboxNumber
            {
                PhoneNumberId = IdOf(i),
                DisplayPhoneNumber = string.Create(CultureInfo.InvariantCulture, $"+551130{i:000000}"),
                WabaId = AccountId,
                ContractedPerMinute = terms.PerMinute,
                ThroughputPerSecond = terms.PerSecond,
            });
        }

        var sandbox = new JudgedSandbox(
            SandboxServer.Build(rules, [url.GetLeftPart(UriPartial.Authority)]), url);
        await sandbox._app.StartAsync(stop);
        return sandbox;
    }

    /// <summary>Meta's id of the number with this index.</summary>
    public static string IdOf(int number) => (FirstId + number).ToString(CultureInfo.InvariantCulture);

    /// <summary>What it has found up to now.</summary>
    public SandboxReport Report() => SandboxServer.Report(_app);

    /// <summary>From now on a number may move only so much, and nobody is told.</summary>
    public async Task Slow(int number, int perSecond, CancellationToken stop)
    {
        var order = new JsonObject
        {
            ["throughput"] = new JsonObject { ["phone_number_id"] = IdOf(number), ["per_second"] = perSecond },
        };
        using var answer = await _http.PostAsJsonAsync("/sandbox/faults", order, stop);
        if (!answer.IsSuccessStatusCode)
        {
            throw new SetUpException($"The sandbox answers {(int)answer.StatusCode} to an order.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task Watch(HttpContext http, RequestDelegate next)
    {
        if (NumberOf(http.Request) is not { } number)
        {
            await next(http);
            return;
        }

        Arrived(number);
        http.Response.OnStarting(() =>
        {
            Answered(number, http.Response.StatusCode == StatusCodes.Status200OK);
            return Task.CompletedTask;
        });
        await next(http);
    }

    // /v25.0/{phone_number_id}/messages
    private static int? NumberOf(HttpRequest request)
    {
        const string end = "/messages";
        var path = request.Path.Value.AsSpan();
        if (!HttpMethods.IsPost(request.Method) || !path.EndsWith(end))
        {
            return null;
        }

        path = path[..^end.Length];
        return long.TryParse(path[(path.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture, out var id)
            ? (int)(id - FirstId)
            : null;
    }
}
