using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>Every checker of a world.</summary>
internal static class CheckerList
{
    public static List<Checker> For(SimWorld world) =>
    [
        new AcknowledgedIsArchived(world),
        new WamidActsOnce(world),
        new NothingLeavesBeforeItsCommit(world),
        new CallsHaveTheirAttempt(world),
        new RecipientsAreServedInOrder(world),
        new StatusesMoveForward(world),
        new AttemptsAndStatusesAgree(world),
        new NumbersKeepTheirRate(world),
        new AgentsKeepTheirCapacity(world),
        new HoldersAgree(world),
        new TenantsStayApart(world),
        new UnknownIsNotResent(world),
        new OrdinalsHaveNoGaps(world),
        new MergesLoseNothing(world),
        new QueuesDrain(world),
        new RecoveryIsNotNeeded(world),
        new SandboxRulesHold(world),
        new LiveStatesMatchTheStore(world),
        new KeysActOnce(world),
        new VersionsRiseByOne(world),
        new NoCommitAfterVoteOut(world),
        new NothingSentAfterWaking(world),
        new MovesLoseNothing(world),
        new EventsTellEveryChange(world),
        new PortfoliosKeepTheirLimit(world),
    ];
}
