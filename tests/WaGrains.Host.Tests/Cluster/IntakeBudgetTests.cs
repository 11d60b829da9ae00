using System.Text;
using Microsoft.Extensions.Time.Testing;
using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Ids;
using WaGrains.Host.Silo;

namespace WaGrains.Host.Tests.Cluster;

public sealed class IntakeBudgetTests
{
    private static readonly TenantId Loud = TenantId.Parse("loud");
    private static readonly TenantId Calm = TenantId.Parse("calm");

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    private static int Taken(IntakeBudget budget, TenantId tenant, int webhooks, int updates = 1) =>
        Taken(
            budget, tenant, webhooks,
            [.. Enumerable.Repeat(new RawItem("1", "2", "messages", "none", default), updates)]);

    private static int Taken(IntakeBudget budget, TenantId tenant, int webhooks, IReadOnlyList<WebhookItem> items)
    {
        var taken = 0;
        for (var i = 0; i < webhooks && budget.Allows(tenant); i++)
        {
            budget.Charge(tenant, items);
            taken++;
        }

        return taken;
    }

    [Fact]
    public void A_seconds_worth_is_taken_at_once_and_then_so_much_per_second()
    {
        var budget = new IntakeBudget(10, _clock);
        Assert.Equal(10, Taken(budget, Loud, 100));
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(5, Taken(budget, Loud, 100));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(10, Taken(budget, Loud, 100));
    }

    [Fact]
    public void One_large_webhook_is_taken_whole_and_paid_off_before_the_next()
    {
        var budget = new IntakeBudget(10, _clock);
        Assert.Equal(1, Taken(budget, Loud, 5, updates: 50));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(budget.Allows(Loud));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(budget.Allows(Loud));
    }

    [Fact]
    public void A_message_counts_as_four_updates_because_it_is_answered()
    {
        var message = WebhookReader.Read(Encoding.UTF8.GetBytes("""
            {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
              "messaging_product":"whatsapp","metadata":{"display_phone_number":"551130","phone_number_id":"2"},
              "contacts":[{"profile":{"name":"Ana"},"wa_id":"5511955550100"}],
              "messages":[{"from":"5511955550100","id":"wamid.1","timestamp":"1772452800","type":"text",
                "text":{"body":"catalogo"}}]}}]}]}
            """)).Items;
        Assert.IsType<InboundItem>(Assert.Single(message));

        var taken = Taken(new IntakeBudget(40, _clock), Loud, 100, message);

        Assert.Equal(10, taken);
    }

    [Fact]
    public void Nobody_pays_for_another()
    {
        var budget = new IntakeBudget(10, _clock);
        Taken(budget, Loud, 100);
        Assert.Equal(10, Taken(budget, Calm, 100));
    }

    [Fact]
    public void Without_a_bound_everything_is_taken()
    {
        var budget = new IntakeBudget(null, _clock);
        Assert.Equal(1_000, Taken(budget, Loud, 1_000, updates: 1_000));
    }
}
