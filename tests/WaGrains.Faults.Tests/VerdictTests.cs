using System.Text;
using WaGrains.LocalCluster.Judging;

namespace WaGrains.Faults.Tests;

public sealed class VerdictTests
{
    private static readonly SandboxCounts Clean = new(7, 0, 0, 2, 2, 0, 0);

    private static readonly UInt128 A = Wamid.Print("wamid.a");
    private static readonly UInt128 B = Wamid.Print("wamid.b");
    private static readonly UInt128 C = Wamid.Print("wamid.c");

    private static readonly Dictionary<UInt128, bool> Passed = new() { [A] = true, [B] = true };

    private static readonly Dictionary<UInt128, int> Held = new() { [A] = 1, [B] = 1 };

    [Fact]
    public void Run_in_which_every_message_is_kept_once_is_clean() =>
        Assert.Empty(Verdict.Of(Passed, Held, Clean));

    [Fact]
    public void Acknowledged_message_that_the_archive_lacks_is_a_violation() => Assert.Equal(
        ["acknowledged and not archived: 1"],
        Verdict.Of(Passed, new Dictionary<UInt128, int> { [A] = 1 }, Clean));

    [Fact]
    public void Message_archived_twice_is_a_violation() => Assert.Equal(
        ["archived more than once: 1"],
        Verdict.Of(Passed, new Dictionary<UInt128, int> { [A] = 2, [B] = 1 }, Clean));

    [Fact]
    public void Message_that_nobody_delivered_is_a_violation() => Assert.Equal(
        ["archived and never delivered: 1"],
        Verdict.Of(Passed, new Dictionary<UInt128, int>(Held) { [C] = 1 }, Clean));

    [Fact]
    public void Message_that_was_refused_to_the_end_is_a_violation() => Assert.Equal(
        ["never acknowledged: 1"],
        Verdict.Of(new Dictionary<UInt128, bool>(Passed) { [C] = false }, Held, Clean));

    [Fact]
    public void What_the_sandbox_counts_is_a_violation() => Assert.Equal(
        [
            "rules broken at the sandbox (pair_violations 3): 3",
            "messages of customers unacknowledged at the sandbox: 1",
            "webhooks still unacknowledged: 4",
        ],
        Verdict.Of(
            Passed,
            Held,
            Clean with { RulesBroken = 3, Broken = "pair_violations 3", Acknowledged = 1, Pending = 4 }));

    [Fact]
    public void Repeats_that_the_sandbox_could_not_have_seen_are_a_violation() => Assert.Equal(
        ["sends and pairs the sandbox has forgotten, so that repeats go unseen: 2"],
        Verdict.Of(Passed, Held, Clean with { Forgotten = 2 }));

    [Fact]
    public void Counts_are_read_from_the_sandbox_report()
    {
        const string Report = """
            {"rules_broken":3,"messages_accepted":7,"template_recipients":5,"never_answered":2,"never_told":1,
             "messages_rejected_by_code":{"131048":3,"131056":1},
             "portfolios":{"71":{"limit":9,"users":4,"peak":6,"refused":3,"overruns":0},
             "72":{"limit":9,"users":1,"peak":1,"refused":0,"overruns":2} },
             "repeated_sends":1,"repeated_content":2,"missing_callback_data":0,
             "rate_violations":0,"pair_violations":0,"contract_violations":0,"order_violations":0,
             "webhooks":{"created":9,"acknowledged":8,"pending":1,"retried":0,"given_up":0,"updates_waiting":2},
             "inbound_messages":{"written":6,"acknowledged":5,"answered_by_context":0,"answered_after":0,
             "unanswered":4},"statuses_planned":10,"sends_forgotten":1,"pairs_forgotten":2}
            """;

        Assert.Equal(
            new SandboxCounts(7, 3, 3, 6, 5, 4, 3)
            {
                Planned = 10,
                Forgotten = 3,
                Broken = "repeated_sends 1, repeated_content 2",
                TemplatePeople = 5,
                NeverAnswered = 2,
                NeverTold = 1,
                LimitUsers = 5,
                LimitPeak = 7,
                BeyondLimit = 5,
                Refused = "131048 3, 131056 1",
            },
            SandboxCounts.Read(Encoding.UTF8.GetBytes(Report)));
    }
}
