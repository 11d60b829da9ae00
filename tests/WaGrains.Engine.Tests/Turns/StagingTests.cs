using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Turns;

namespace WaGrains.Engine.Tests.Turns;

public sealed class StagingTests
{
    private static readonly OwnerKey One = OwnerKey.Of(Bench.Tenant, new AgentId(1));
    private static readonly OwnerKey Two = OwnerKey.Of(Bench.Tenant, new AgentId(2));

    private readonly Bench _bench = new();
    private readonly List<string> _settled = [];

    private static TimerSet Row(int n) => new TimerSet(One, $"t{n}", DateTimeOffset.UnixEpoch);

    private Activation<int> Life(OwnerKey owner) => new(owner, 0, _bench.Staging);

    private void Run(Activation<int> life, string name, params TimerSet[] rows) => Decide(
        life,
        state => Turn.Accept(state + 1).Change(rows).Emit(Seen.Of(Bench.Tenant, name, "")),
        outcome => _settled.Add($"{name} {outcome.Fate}{(outcome.Because is { } why ? " " + why : "")}"));

    private static void Decide(Activation<int> life, Func<int, Turn<int>> decide, Action<TurnOutcome> settled) =>
        life.Run((state, _, _) => decide(state), Wake.Message, default, new TurnCallback(settled));

    private IEnumerable<string> Left => _bench.Released.OfType<Seen>().Select(seen => seen.Kind);

    [Fact]
    public void Reply_and_effects_come_only_after_the_commit()
    {
        var life = Life(One);
        Run(life, "a", Row(1));
        Assert.Equal(1, life.State);
        Assert.Empty(_settled);
        Assert.Empty(Left);
        _bench.Commit();
        Assert.Equal(["a Committed"], _settled);
        Assert.Equal(["a"], Left);
    }

    [Fact]
    public void Effects_leave_before_the_caller_goes_on()
    {
        var seen = 0;
        Decide(
            Life(One),
            state => Turn.Accept(state).Change(Row(1)).Emit(Seen.Of(Bench.Tenant, "a", "")),
            _ => seen = Left.Count());
        _bench.Commit();
        Assert.Equal(1, seen);
    }

    [Fact]
    public void Read_of_an_owner_with_nothing_staged_is_answered_at_once()
    {
        Run(Life(One), "read");
        Assert.Equal(["read Committed"], _settled);
    }

    [Fact]
    public void Read_waits_for_the_newest_staged_turn_of_its_owner_only()
    {
        var life = Life(One);
        Run(life, "a", Row(1));
        Run(life, "read");
        Run(Life(Two), "other");
        Assert.Equal(["other Committed"], _settled);
        _bench.Commit();
        Assert.Equal(["other Committed", "a Committed", "read Committed"], _settled);
    }

    [Fact]
    public void Read_waits_while_the_commit_before_it_is_under_way()
    {
        var life = Life(One);
        Run(life, "a", Row(1));
        var taken = _bench.Staging.Take();
        var (_, positions) = Staging.Rows(taken);
        Run(life, "read");
        Assert.Empty(_settled);
        _bench.Staging.Settle(taken, positions, CommitResult.Durable, 0);
        Assert.Equal(["a Committed"], _settled);
        _bench.Commit();
        Assert.Equal(["a Committed", "read Committed"], _settled);
    }

    [Fact]
    public void Refused_turn_voids_the_later_ones_of_its_activation_and_of_no_other()
    {
        var (one, two) = (Life(One), Life(Two));
        Run(one, "a1", Row(1));
        Run(two, "b1", Row(2));
        Run(one, "a2", Row(3));
        Run(one, "a3");
        _bench.NextResult = new CommitResult(
            CommitVerdict.Durable,
            [new RefusedTurn(0, RefusedBecause.Version, "x"), new RefusedTurn(2, RefusedBecause.Follows, "")]);
        _bench.Commit();
        Assert.Equal(["a1 Void Version", "b1 Committed", "a2 Void Follows", "a3 Void"], _settled);
        Assert.Equal(["b1"], Left);
        Assert.True(one.IsDropped);
        Assert.False(two.IsDropped);
    }

    [Fact]
    public void Turns_staged_behind_a_failed_commit_are_void_and_the_activation_takes_no_more()
    {
        var life = Life(One);
        Run(life, "a1", Row(1));
        var taken = _bench.Staging.Take();
        var (_, positions) = Staging.Rows(taken);
        Run(life, "a2", Row(2));
        _bench.Staging.Settle(taken, positions, CommitResult.Unavailable, 0);
        _bench.Commit();
        Run(life, "a3", Row(3));
        Assert.Equal(["a1 Void", "a2 Void", "a3 Void"], _settled);
        Assert.Empty(Left);
    }

    [Fact]
    public void Durable_turn_is_released_though_a_later_decision_threw_meanwhile()
    {
        var life = Life(One);
        Run(life, "a", Row(1));
        var taken = _bench.Staging.Take();
        var (_, positions) = Staging.Rows(taken);
        Decide(life, _ => throw new InvalidOperationException("bug"), outcome => _settled.Add($"b {outcome.Fate}"));
        _bench.Staging.Settle(taken, positions, CommitResult.Durable, 0);
        Assert.Equal(["b Failed", "a Committed"], _settled);
        Assert.Equal(["a"], Left);
        Assert.True(life.IsDropped);
    }

    [Fact]
    public void Turn_staged_before_a_later_decision_threw_is_void_if_it_was_not_taken()
    {
        var life = Life(One);
        Run(life, "a", Row(1));
        Decide(life, _ => throw new InvalidOperationException("bug"), outcome => _settled.Add($"b {outcome.Fate}"));
        Assert.False(_bench.Commit());
        Assert.Equal(["b Failed", "a Void"], _settled);
    }

    [Fact]
    public void Lost_fence_voids_everything_and_takes_nothing_more()
    {
        var (one, two) = (Life(One), Life(Two));
        Run(one, "a", Row(1));
        var taken = _bench.Staging.Take();
        var (_, positions) = Staging.Rows(taken);
        Run(two, "b", Row(2));
        _bench.Staging.Settle(taken, positions, CommitResult.FenceLost, 0);
        _bench.Staging.Close();
        Run(Life(Two), "c", Row(3));
        _bench.Staging.StageRows(One, [Row(4)], [], outcome => _settled.Add($"d {outcome.Fate}"));
        Assert.Equal(["a Void", "b Void", "c Busy", "d Busy"], _settled);
        Assert.Equal(0, _bench.Staging.Waiting);
    }

    [Fact]
    public void Turn_that_was_being_decided_while_staging_closed_is_void()
    {
        var life = Life(One);
        Decide(
            life,
            state =>
            {
                _bench.Staging.Close();
                return Turn.Accept(state).Change(Row(1));
            },
            outcome => _settled.Add($"a {outcome.Fate}"));
        Assert.Equal(["a Void"], _settled);
        Assert.Equal(0, _bench.Staging.Waiting);
    }

    [Fact]
    public void Owner_at_its_bound_is_busy_before_anything_is_decided()
    {
        var life = Life(One);
        for (var i = 0; i < Limits.StagedPerOwnerMax; i++)
        {
            Decide(life, state => Turn.Accept(state + 1).Change(Row(1)), static _ => { });
        }

        Decide(life, _ => throw new InvalidOperationException("decided"), outcome => _settled.Add($"a {outcome.Fate}"));
        Run(Life(Two), "b");
        Assert.Equal(["a Busy", "b Committed"], _settled);
        Assert.False(life.IsDropped);
        _bench.Commit();
        Run(life, "c", Row(1));
        Assert.Equal(Limits.StagedPerOwnerMax + 1, life.State);
    }

    [Fact]
    public void Silo_at_its_bound_is_busy_for_everybody()
    {
        for (var i = 0; i < Limits.StagedTurnsMax; i++)
        {
            _bench.Staging.StageRows(One, [Row(1)], [], static _ => { });
        }

        Run(Life(Two), "a", Row(1));
        _bench.Staging.StageRows(One, [Row(1)], [], outcome => _settled.Add($"b {outcome.Fate}"));
        Assert.Equal(["a Busy", "b Busy"], _settled);
        Assert.Equal(Limits.StagedTurnsMax, _bench.Staging.Waiting);
        Assert.Equal(Limits.BatchTurnsMax, _bench.Staging.Take().Count);
    }
}
