using System.Text;
using Microsoft.Extensions.Time.Testing;
using WaGrains.LocalCluster.Judging;

namespace WaGrains.Faults.Tests;

public sealed class WebhookLedgerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly WebhookLedger _ledger;

    public WebhookLedgerTests() => _ledger = new WebhookLedger(_clock);

    [Fact]
    public void Message_counts_as_acknowledged_once_any_delivery_was_answered_200()
    {
        _ledger.Note(Webhook("wamid.a"), 503);
        _ledger.Note(Webhook("wamid.a", "wamid.b"), 200);
        _ledger.Note(Webhook("wamid.a"), 0);
        _ledger.Note(Webhook("wamid.c"), 503);

        Assert.Equal(
            new Dictionary<UInt128, bool>
            {
                [Wamid.Print("wamid.a")] = true,
                [Wamid.Print("wamid.b")] = true,
                [Wamid.Print("wamid.c")] = false,
            },
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
    public void Webhook_that_its_sender_abandoned_has_passed_and_was_not_refused()
    {
        _ledger.Note(Webhook("wamid.a"), WebhookLedger.Abandoned);

        Assert.Equal((1, 0L), (_ledger.Messages.Count, _ledger.Refused.Count));
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

    [Fact]
    public void What_was_acknowledged_is_told_once_with_the_time_of_the_oldest()
    {
        _ledger.Note(Webhook("wamid.a"), 503);
        _ledger.Note(Webhook("wamid.a", "wamid.b"), 200);
        _ledger.Note(Webhook("wamid.a"), 200);

        var taken = _ledger.TakeAcknowledged();

        Assert.Equal([Wamid.Print("wamid.a"), Wamid.Print("wamid.b")], taken.Messages.ToHashSet());
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_795_000_000), taken.Oldest);
        Assert.Empty(_ledger.TakeAcknowledged().Messages);
    }

    [Fact]
    public void Message_that_the_ledger_has_no_room_for_is_counted_and_not_judged()
    {
        var small = new WebhookLedger(_clock, messagesMax: 1);
        small.Note(Webhook("wamid.a", "wamid.b"), 200);
        small.Note(Webhook("wamid.a"), 200);

        Assert.Equal((1, 1L), (small.Messages.Count, small.Unjudged));
    }

    [Fact]
    public void Id_in_which_meta_escapes_a_slash_is_the_one_that_the_archive_has()
    {
        _ledger.Note(Webhook("wamid.HBg\\/x+A=="), 200);

        Assert.Equal([Wamid.Print("wamid.HBg/x+A==")], _ledger.Messages.Keys);
    }

    [Fact]
    public void Gap_is_the_longest_wait_of_a_webhook_from_its_first_delivery_until_a_200()
    {
        var first = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(2));
        _ledger.Note(Webhook("wamid.b"), 503, first);
        var again = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _ledger.Note(Webhook("wamid.b"), 200, again);
        _clock.Advance(TimeSpan.FromSeconds(9));
        var quick = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _ledger.Note(Webhook("wamid.c"), 200, quick);

        Assert.Equal([TimeSpan.FromSeconds(3)], _ledger.Gaps.Spread().Sorted);
    }

    [Fact]
    public void Wait_that_has_not_ended_is_a_gap()
    {
        _ledger.Note(Webhook("wamid.a"), 503);
        _clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal([TimeSpan.FromSeconds(7)], _ledger.Gaps.Spread().Sorted);
        _ledger.Gaps.Restart();
        Assert.Empty(_ledger.Gaps.Spread().Sorted);
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.9, 4)]
    [InlineData(1, 4)]
    public void Share_of_the_numbers_that_a_gap_covers_is_rounded_up(double share, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        new GapSpread([.. new[] { 1, 2, 3, 4 }.Select(each => TimeSpan.FromSeconds(each))]).At(share));

    private static byte[] Webhook(params string[] wamids)
    {
        var messages = string.Join(',', wamids.Select(
            wamid => $$"""{"id":"{{wamid}}","timestamp":"1795000000","type":"text"}"""));
        return Encoding.UTF8.GetBytes($$"""
            {"entry":[{"id":"7","changes":[{"value":{"metadata":{"phone_number_id":"730000000000011"},
            "messages":[{{messages}}] } }]}]}
            """);
    }
}
