using System.Text.Json;
using WaGrains.Sandbox.Judging;
using WaGrains.Sandbox.Shell;
using static WaGrains.Sandbox.Tests.Bench;

namespace WaGrains.Sandbox.Tests;

/// <summary>Throughput, pair and contract, each just within and just over; tolerance is 50 ms throughout.</summary>
public class LimitTests
{
    [Theory]
    [InlineData(949, 130429)]
    [InlineData(950, 0)]
    public void The_eighty_first_message_of_a_second_is_refused(double afterMs, int code)
    {
        var bench = new Bench(Quiet());
        for (var i = 0; i < 80; i++)
        {
            Assert.Equal(0, bench.Code(Start, TextBody("hi", $"c-{i}", $"+5511{900000000 + i}")));
        }

        Assert.Equal(code, bench.Code(Start.AddMilliseconds(afterMs), TextBody("hi", "c-80")));
        Assert.Equal(code == 0 ? 0 : 1, bench.Core.Report(Start).RateViolations);
    }

    [Fact]
    public void A_lowered_throughput_counts_what_has_left_already_and_holds_from_then_on()
    {
        var bench = new Bench(Quiet());
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(0, bench.Code(Start, TextBody("hi", $"c-{i}", $"+5511{900000000 + i}")));
        }

        using var order = JsonDocument.Parse(
            $$$"""{"throughput":{"phone_number_id":"{{{Number}}}","per_second":40}}""");
        FaultOrders.Give(bench.Core, Start, order.RootElement);
        Assert.Equal(130429, bench.Code(Start, TextBody("hi", "c-40")));
        for (var i = 41; i < 81; i++)
        {
            Assert.Equal(0, bench.Code(Start.AddSeconds(1), TextBody("hi", $"c-{i}", $"+5511{900000000 + i}")));
        }

        Assert.Equal(130429, bench.Code(Start.AddSeconds(1), TextBody("hi", "c-81")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_001)]
    public void A_throughput_out_of_range_changes_nothing(int perSecond)
    {
        var bench = new Bench(Quiet());
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Core.SetThroughput(Number, perSecond));
        Assert.Equal(0, bench.Code(Start, TextBody("hi", "c-0")));
    }

    [Fact]
    public void Inbound_messages_count_towards_throughput()
    {
        var bench = new Bench(Quiet());
        for (var i = 0; i < 80; i++)
        {
            bench.Core.Write(Start, Number, $"+5511{900000000 + i}", "hi");
        }

        Assert.Equal(130429, bench.Code(Start, TextBody("hi", "c-1")));
        Assert.Equal(0, bench.Code(Start.AddSeconds(1), TextBody("hi", "c-2")));
    }

    [Theory]
    [InlineData(5949, 131056)]
    [InlineData(5950, 0)]
    public void A_pair_bursts_to_45_and_regains_one_in_six_seconds(double afterMs, int code)
    {
        var bench = new Bench(Quiet());
        for (var i = 0; i < 45; i++)
        {
            Assert.Equal(0, bench.Code(Start, TextBody($"m {i}", $"c-{i}")));
        }

        Assert.Equal(code, bench.Code(Start.AddMilliseconds(afterMs), TextBody("one more", "c-45")));
        Assert.Equal(0, bench.Code(Start.AddMilliseconds(afterMs), TextBody("other", "c-46", "+5511900000000")));
        Assert.Equal(code == 0 ? 0 : 1, bench.Core.Report(Start).PairViolations);
    }

    [Fact]
    public void A_pair_is_the_same_person_however_the_number_is_written()
    {
        var bench = new Bench(Quiet());
        for (var i = 0; i < 45; i++)
        {
            var spelling = i % 2 == 0 ? "+55 31 98888-7777" : "553188887777";
            Assert.Equal(0, bench.Code(Start, TextBody($"m {i}", $"c-{i}", spelling)));
        }

        Assert.Equal(131056, bench.Code(Start, TextBody("more", "c-45", "+55 (31) 98888-7777")));
    }

    [Theory]
    [InlineData(2949, 1)]
    [InlineData(2950, 0)]
    [InlineData(3000, 0)]
    public void A_contract_of_twenty_a_minute_gives_one_slot_in_three_seconds(double gapMs, long violations)
    {
        var judge = new ContractJudge(20, TimeSpan.FromMilliseconds(50));
        Assert.Equal(ContractBreach.None, judge.Judge(Start));
        var breach = judge.Judge(Start.AddMilliseconds(gapMs));
        Assert.Equal(violations == 0 ? ContractBreach.None : ContractBreach.Spacing, breach);
    }

    [Fact]
    public void An_even_pace_at_the_contract_breaks_nothing_and_one_percent_more_does()
    {
        Assert.Equal(0, BreachesOf(perMinute: 20, paceMs: 3000));
        Assert.NotEqual(0, BreachesOf(perMinute: 20, paceMs: 2970));
        Assert.Equal(0, BreachesOf(perMinute: 0.5, paceMs: 120_000));
        Assert.NotEqual(0, BreachesOf(perMinute: 0.5, paceMs: 118_000));
    }

    [Theory]
    [InlineData(59_949, true)]
    [InlineData(59_950, false)]
    public void No_window_of_a_minute_holds_more_than_the_contract(double lastMs, bool isCrowded)
    {
        var judge = new ContractJudge(2, TimeSpan.FromMilliseconds(50));
        judge.Judge(Start);
        judge.Judge(Start.AddMilliseconds(29_960));
        var breach = judge.Judge(Start.AddMilliseconds(lastMs));
        Assert.Equal(isCrowded, breach.HasFlag(ContractBreach.Window));
    }

    [Fact]
    public void Contract_violations_are_counted_and_never_refused()
    {
        var bench = new Bench(QuietWith(new SandboxNumber { ContractedPerMinute = 20 }));
        for (var i = 0; i < 25; i++)
        {
            Assert.Equal(0, bench.Code(Start.AddSeconds(i), TextBody($"m {i}", $"c-{i}")));
        }

        var report = bench.Core.Report(Start);
        Assert.Equal(16, report.ContractSpacingViolations);
        Assert.Equal(5, report.ContractWindowViolations);
        Assert.Equal(18, report.ContractViolations);
        Assert.Equal(18, report.RulesBroken);
    }

    [Fact]
    public void Refused_requests_count_towards_the_contract()
    {
        var bench = new Bench(QuietWith(new SandboxNumber { ContractedPerMinute = 20 }));
        bench.Core.RefuseNext(1, 131016);
        Assert.Equal(131016, bench.Code(Start, TextBody("hi", "c-1")));
        Assert.Equal(0, bench.Code(Start.AddSeconds(1), TextBody("hi", "c-2")));
        Assert.Equal(1, bench.Core.Report(Start).ContractViolations);
    }

    private static int BreachesOf(double perMinute, double paceMs)
    {
        var judge = new ContractJudge(perMinute, TimeSpan.FromMilliseconds(50));
        return Enumerable.Range(0, 200)
            .Count(i => judge.Judge(Start.AddMilliseconds(i * paceMs)) != ContractBreach.None);
    }
}
