using WaGrains.Simulation.Tests.Checkers;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests;

/// <summary>Every checker can fail: with one rule broken it says so, and with none broken the same story leaves it
/// silent.</summary>
public sealed class Mutations
{
    [Theory]
    [InlineData(nameof(Sabotage.AcknowledgeEarly), nameof(AcknowledgedIsArchived))]
    [InlineData(nameof(Sabotage.ShiftRepeats), nameof(WamidActsOnce))]
    [InlineData(nameof(Sabotage.ReleaseBeforeCommit), nameof(NothingLeavesBeforeItsCommit))]
    [InlineData(nameof(Sabotage.CallBeforeCommit), nameof(CallsHaveTheirAttempt))]
    [InlineData(nameof(Sabotage.AnswerBeforeArrival), nameof(RecipientsAreServedInOrder))]
    [InlineData(nameof(Sabotage.StatusFallsBack), nameof(StatusesMoveForward))]
    [InlineData(nameof(Sabotage.LoseAttemptEnds), nameof(AttemptsAndStatusesAgree))]
    [InlineData(nameof(Sabotage.IgnoreWarmUp), nameof(NumbersKeepTheirRate))]
    [InlineData(nameof(Sabotage.IgnoreCapacity), nameof(AgentsKeepTheirCapacity))]
    [InlineData(nameof(Sabotage.LoseReleases), nameof(HoldersAgree))]
    [InlineData(nameof(Sabotage.CrossTenants), nameof(TenantsStayApart))]
    [InlineData(nameof(Sabotage.ResendUnknown), nameof(UnknownIsNotResent))]
    [InlineData(nameof(Sabotage.SkipOrdinals), nameof(OrdinalsHaveNoGaps))]
    [InlineData(nameof(Sabotage.ForgetAliases), nameof(MergesLoseNothing))]
    [InlineData(nameof(Sabotage.LoseQueueing), nameof(QueuesDrain))]
    [InlineData(nameof(Sabotage.LoseHintsSilently), nameof(RecoveryIsNotNeeded))]
    [InlineData(nameof(Sabotage.OmitCallback), nameof(SandboxRulesHold))]
    [InlineData(nameof(Sabotage.StoreAnotherState), nameof(LiveStatesMatchTheStore))]
    [InlineData(nameof(Sabotage.DropVersionCheck), nameof(VersionsRiseByOne))]
    [InlineData(nameof(Sabotage.LeaveFenceOpen), nameof(NoCommitAfterVoteOut))]
    [InlineData(nameof(Sabotage.StartLate), nameof(NothingSentAfterWaking))]
    [InlineData(nameof(Sabotage.SendAgainAfterMove), nameof(MovesLoseNothing))]
    [InlineData(nameof(Sabotage.ForgetKeys), nameof(KeysActOnce))]
    [InlineData(nameof(Sabotage.ForgetBefore), nameof(EventsTellEveryChange))]
    public void A_broken_rule_is_seen_by_its_checker(string sabotage, string checker)
    {
        var broken = Enum.Parse<Sabotage>(sabotage);
        var plan = Plan(broken);

        Assert.Contains(SeedRun.One(plan with { Sabotage = broken }).Findings, finding => finding.Checker == checker);
        Assert.DoesNotContain(
            SeedRun.One(plan with { Sabotage = Sabotage.None, HintLost = 0 }).Findings,
            finding => finding.Checker == checker);
    }

    private static SimPlan Plan(Sabotage sabotage) => new()
    {
        // A lost release is healed as soon as somebody waits: here hardly anybody does.
        Seed = sabotage == Sabotage.LoseReleases ? 13UL : 11UL,
        InboundPerMinute = sabotage == Sabotage.LoseReleases ? 8 : 20,
        DeskSeconds = 4,
        AnswerLost = sabotage is Sabotage.ResendUnknown or Sabotage.AnswerBeforeArrival ? 0.1 : 0,
        WebhookTwice = 0.2,
        OutageSeconds = sabotage == Sabotage.AcknowledgeEarly ? 30 : 0,
        TwinSeconds = sabotage == Sabotage.DropVersionCheck ? 2 : 0,
        HintLost = sabotage == Sabotage.LoseHintsSilently ? 0.05 : 0,
        EvictSeconds = sabotage == Sabotage.LoseReleases ? 0 : 2,
        ZombieSeconds = sabotage is Sabotage.LeaveFenceOpen or Sabotage.SendAgainAfterMove ? 40 : 0,
        PauseSeconds = sabotage == Sabotage.StartLate ? 10 : 0,
        LateStart = sabotage == Sabotage.StartLate ? 0.5 : 0,
        KeepGoing = true,
    };
}
