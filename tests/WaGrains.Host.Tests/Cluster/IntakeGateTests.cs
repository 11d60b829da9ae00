using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Turns;
using WaGrains.Grains.Forwarding;
using WaGrains.Grains.Hints;
using WaGrains.Grains.Reports;
using WaGrains.Host.Configuration;
using WaGrains.Host.Problems;
using WaGrains.Host.Silo;
using WaGrains.Host.Telemetry;
using WaGrains.Host.Webhooks;

namespace WaGrains.Host.Tests.Cluster;

public sealed class IntakeGateTests : IEffectSink, IAsyncDisposable
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider _services;
    private readonly Staging _staging;
    private readonly HintCarrier _hints;
    private int _passed;

    public IntakeGateTests()
    {
        _services = new ServiceCollection().AddSingleton<IProblemDetailsWriter, ProblemWriter>()
            .AddLogging().AddMetrics().AddProblemDetails()
            .AddSingleton<TimeProvider>(_clock).AddSingleton<EngineMeters>().AddSingleton<CommitPulse>()
            .AddSingleton<EngineWatch>().BuildServiceProvider();
        _staging = new Staging(this, _clock);
        _hints = new HintCarrier(
            () => throw new InvalidOperationException("no hint is carried here"),
            _clock,
            _services.GetRequiredService<EngineWatch>());
    }

    [Fact]
    public async Task While_too_many_turns_are_staged_a_webhook_is_sent_back_and_told_when_to_come_again()
    {
        Fill();

        var refused = await Post("/webhooks/whatsapp/acme", Places(8));

        Assert.Equal((503, "1", 0), (refused.StatusCode, refused.Headers.RetryAfter.ToString(), _passed));
    }

    [Fact]
    public async Task While_too_many_turns_are_staged_nothing_is_taken_that_another_silo_forwards()
    {
        Fill();
        var taker = new WebhookTaker(null!, null!, BoundsOf(Places(8), null), _clock);

        Assert.False(await taker.TakeForwarded(new ForwardedWebhook("acme", "{}"u8.ToArray(), [])));
    }

    [Fact]
    public async Task Other_requests_and_unknown_apps_pass_whatever_is_full()
    {
        var none = Places(0);

        await Post("/v1/messages", none);
        await Post("/webhooks/whatsapp/nobody", none);

        Assert.Equal(2, _passed);
    }

    [Fact]
    public async Task A_webhook_gives_its_place_back()
    {
        var one = Places(1);

        await Post("/webhooks/whatsapp/acme", one);
        await Post("/webhooks/whatsapp/acme", one);

        Assert.Equal(2, _passed);
    }

    [Fact]
    public async Task A_webhook_without_a_place_is_sent_back()
    {
        var refused = await Post("/webhooks/whatsapp/acme", Places(0));

        Assert.Equal((503, 0), (refused.StatusCode, _passed));
    }

    [Fact]
    public async Task A_webhook_of_a_tenant_beyond_its_budget_is_sent_back_before_it_is_read()
    {
        var budget = new IntakeBudget(10, _clock);
        budget.Charge(Acme, [.. Enumerable.Repeat(new RawItem("1", "2", "messages", "none", default), 30)]);

        var refused = await Post("/webhooks/whatsapp/acme", Places(1), budget);
        _clock.Advance(TimeSpan.FromSeconds(3));
        await Post("/webhooks/whatsapp/acme", Places(1), budget);

        Assert.Equal((503, 1), (refused.StatusCode, _passed));
    }

    [Fact]
    public async Task Whoever_hands_in_too_much_waits_for_its_refusal()
    {
        var refused = Post("/webhooks/whatsapp/acme", Places(0), waits: true);
        Assert.False(refused.IsCompleted);

        _clock.Advance(IntakeGate.HeldBack);

        Assert.Equal(503, (await refused).StatusCode);
    }

    [Fact]
    public async Task Only_so_many_wait_for_their_refusal()
    {
        var gate = Gate(Places(0));
        var held = Enumerable.Range(0, IntakeGate.HeldBackMax)
            .Select(_ => gate.InvokeAsync(Webhook("/webhooks/whatsapp/acme"))).ToList();

        await gate.InvokeAsync(Webhook("/webhooks/whatsapp/acme"));

        Assert.DoesNotContain(held, one => one.IsCompleted);
        _clock.Advance(IntakeGate.HeldBack);
        await Task.WhenAll(held);
    }

    void IEffectSink.Release(OwnerKey from, Effect effect, long commitStartedAt)
    {
    }

    public async ValueTask DisposeAsync()
    {
        await _hints.DisposeAsync();
        await _services.DisposeAsync();
    }

    private IntakeShares Places(int places) => new(places, 1, _clock);

    private async Task<HttpResponse> Post(
        string path, IntakeShares shares, IntakeBudget? budget = null, bool waits = false)
    {
        var http = Webhook(path);
        var answered = Gate(shares, budget).InvokeAsync(http);
        if (!waits)
        {
            _clock.Advance(IntakeGate.HeldBack);
        }

        await answered;
        return http.Response;
    }

    private DefaultHttpContext Webhook(string path)
    {
        var http = new DefaultHttpContext { RequestServices = _services };
        (http.Request.Method, http.Request.Path) = (HttpMethods.Post, path);
        return http;
    }

    private IntakeGate Gate(IntakeShares shares, IntakeBudget? budget = null)
    {
        var options = new WaGrainsOptions();
        options.Apps["acme"] = new MetaApp { AppSecret = "s", VerifyToken = "v", Tenant = "acme" };
        return new IntakeGate(
            _ =>
            {
                _passed++;
                return Task.CompletedTask;
            },
            options,
            BoundsOf(shares, budget));
    }

    private IntakeGate.Bounds BoundsOf(IntakeShares shares, IntakeBudget? budget) => new(
        _staging, _hints, shares, budget ?? new IntakeBudget(null, _clock),
        _services.GetRequiredService<EngineMeters>()) { Clock = _clock };

    private void Fill()
    {
        for (var i = 0; i < Limits.StagedTurnsMax / 4 * 3; i++)
        {
            _staging.StageRows(OwnerKey.ContactsOf(Acme), [new ApiKeyRevoked()], [], static _ => { });
        }
    }

    private sealed record ApiKeyRevoked : Change;
}
