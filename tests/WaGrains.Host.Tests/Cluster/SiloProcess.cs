using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using WaGrains.Host.Silo;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Cluster;

/// <summary>One host in a process of its own, as an operator would run it.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly HttpClient _http;

    private SiloProcess(ProcessStartInfo start, string name, string url)
    {
        Name = name;
        _http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    /// <summary>All it has printed: for failure messages.</summary>
    public string Said => $"{Name} said:\n{string.Join('\n', _said)}";

    /// <summary>Starts it; <see cref="Ready"/> tells when it serves.</summary>
    public static SiloProcess Start(
        string name, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var url = $"http://127.0.0.1:{FreePorts.Next()}";
        var start = new ProcessStartInfo("dotnet", [typeof(ExitCode).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        start.Environment["WAGRAINS__Url"] = url;
        start.Environment["WAGRAINS__SiloName"] = name;
        start.Environment["WAGRAINS__Cluster__SiloPort"] = $"{FreePorts.Next()}";
        start.Environment["WAGRAINS__Cluster__GatewayPort"] = $"{FreePorts.Next()}";
        return new SiloProcess(start, name, url);
    }

    public TestClient With(string? key) => new(_http, key);

    public Task<HttpResponseMessage> Post(HttpRequestMessage request) => _http.SendAsync(request);

    /// <summary>Whether it takes traffic now, by its own word.</summary>
    public async Task<bool> IsReady()
    {
        try
        {
            using var answer = await _http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public Task Ready() => Patience.Until(StartsWithin, () => $"is not ready; {Said}", async () =>
        await IsReady() || (_process.HasExited ? throw new InvalidOperationException($"ended; {Said}") : false));

    /// <summary>The exit code, once it has ended.</summary>
    public async Task<int> Ended()
    {
        await Patience.Until(
            EndsWithin, () => $"has not ended; {Said}", () => Task.FromResult(_process.HasExited));
        return _process.ExitCode;
    }

    /// <summary>Sends it a signal by its name.</summary>
    public async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _http.Dispose();
    }
}

/// <summary>Waits for what another process does, by asking it again and again; never without end.</summary>
internal static class Patience
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task Until(TimeSpan within, Func<string> failure, Func<Task<bool>> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var pauses = new PeriodicTimer(Pause, TimeProvider.System);
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < within, failure());
            await pauses.WaitForNextTickAsync();
        }
    }
}
