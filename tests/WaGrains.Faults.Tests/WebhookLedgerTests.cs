using System.Text;
using WaGrains.LocalCluster.Judging;

namespace WaGrains.Faults.Tests;

public sealed class WebhookLedgerTests
{
    private readonly WebhookLedger _ledger = new();

    [Fact]
    public void Message_counts_as_acknowledged_once_any_delivery_was_answered_200()
    {
        _ledger.Note(Webhook("wamid.a"), 503);
        _ledger.Note(Webhook("wamid.a", "wamid.b"), 200);
        _ledger.Note(Webhook("wamid.a"), 0);
        _ledger.Note(Webhook("wamid.c"), 503);

        Assert.Equal(
            new Dictionary<string, bool> { ["wamid.a"] = true, ["wamid.b"] = true, ["wamid.c"] = false },
            _ledger.Messages);
    }

    [Fact]
    public void Every_webhook_that_was_not_answered_200_counts_as_refused()
    {
        _ledger.Note(Webhook("wamid.a"), 503);
        _ledger.Note(Webhook("wamid.a"), 0);
        _ledger.Note(Webhook("wamid.a"), 200);

        Assert.Equal("2 (given up: 1, 503: 1)", _ledger.Refused.ToString());
    }

    [Fact]
    public void Refusals_of_a_while_leave_out_those_before_it()
    {
        _ledger.Note(Webhook("wamid.a"), 503);
        var before = _ledger.Refused;
        _ledger.Note(Webhook("wamid.a"), 503);
        _ledger.Note(Webhook("wamid.a"), 502);

        Assert.Equal("2 (502: 1, 503: 1)", _ledger.Refused.Since(before).ToString());
    }

    [Fact]
    public void Statuses_are_no_messages()
    {
        _ledger.Note(Encoding.UTF8.GetBytes(
            """{"entry":[{"changes":[{"value":{"statuses":[{"id":"wamid.a"}]}}]},{"changes":[{"field":"other"}]}]}"""),
            200);

        Assert.Empty(_ledger.Messages);
    }

    private static byte[] Webhook(params string[] wamids)
    {
        var messages = string.Join(',', wamids.Select(wamid => $$"""{"id":"{{wamid}}","type":"text"}"""));
        return Encoding.UTF8.GetBytes($$"""{"entry":[{"changes":[{"value":{"messages":[{{messages}}] } }]}]}""");
    }
}
