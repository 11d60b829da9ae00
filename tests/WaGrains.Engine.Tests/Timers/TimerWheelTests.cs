using WaGrains.Domain.Ids;
using WaGrains.Engine.Timers;

namespace WaGrains.Engine.Tests.Timers;

public sealed class TimerWheelTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly OwnerKey One = OwnerKey.Of(Bench.Tenant, new AgentId(1));
    private static readonly OwnerKey Two = OwnerKey.Of(Bench.Tenant, new AgentId(2));

    private readonly TimerWheel _wheel = new();

    [Fact]
    public void Due_ones_come_earliest_first_and_once()
    {
        _wheel.Set(One, "", At.AddSeconds(2));
        _wheel.Set(Two, "", At.AddSeconds(1));
        _wheel.Set(One, "idle", At.AddSeconds(3));
        Assert.Equal([Two, One], _wheel.TakeDue(At.AddSeconds(2)).Select(due => due.Owner));
        Assert.Empty(_wheel.TakeDue(At.AddSeconds(2)));
        Assert.Equal((1, At.AddSeconds(3)), (_wheel.Count, _wheel.Next));
    }

    [Fact]
    public void Later_request_replaces_an_earlier_one()
    {
        _wheel.Set(One, "", At.AddSeconds(1));
        _wheel.Set(One, "", At.AddSeconds(5));
        Assert.Equal(At.AddSeconds(5), _wheel.Next);
        Assert.Empty(_wheel.TakeDue(At.AddSeconds(4)));
        Assert.Equal(At.AddSeconds(5), Assert.Single(_wheel.TakeDue(At.AddSeconds(5))).DueAt);
    }

    [Fact]
    public void Time_that_was_left_and_set_again_comes_once()
    {
        _wheel.Set(One, "", At.AddSeconds(1));
        _wheel.Set(One, "", At.AddSeconds(2));
        _wheel.Set(One, "", At.AddSeconds(1));
        Assert.Single(_wheel.TakeDue(At.AddSeconds(9)));
    }

    [Fact]
    public void Ties_all_come()
    {
        for (ulong i = 0; i < 100; i++)
        {
            _wheel.Set(OwnerKey.Of(Bench.Tenant, new AgentId(i)), "", At);
        }

        Assert.Equal(100, _wheel.TakeDue(At).Select(due => due.Owner).Distinct().Count());
    }

    [Fact]
    public void Driver_is_called_for_an_earlier_time_only()
    {
        var calls = 0;
        _wheel.WhenEarlier(() => calls++);
        _wheel.Set(One, "", At.AddSeconds(5));
        _wheel.Set(Two, "", At.AddSeconds(6));
        _wheel.Set(Two, "", At.AddSeconds(6));
        Assert.Equal(1, calls);
        _wheel.Set(Two, "", At.AddSeconds(4));
        Assert.Equal(2, calls);
    }

    [Fact]
    public void Same_as_a_naive_map_through_replacing_and_compacting()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var random = new Random(seed);
            var wheel = new TimerWheel();
            var naive = new Dictionary<OwnerKey, DateTimeOffset>();
            for (var step = 0; step < 6_000; step++)
            {
                var owner = OwnerKey.Of(Bench.Tenant, new AgentId((ulong)random.Next(20)));
                var at = At.AddSeconds(step + random.Next(2_000));
                wheel.Set(owner, "", at);
                naive[owner] = at;
                if (random.Next(50) == 0)
                {
                    var due = wheel.TakeDue(At.AddSeconds(step)).Select(timer => timer.Owner).ToHashSet();
                    var expected = naive.Where(pair => pair.Value <= At.AddSeconds(step)).Select(pair => pair.Key)
                        .ToHashSet();
                    Assert.True(due.SetEquals(expected), $"seed={seed} step={step}");
                    expected.ToList().ForEach(key => naive.Remove(key));
                }

                Assert.True(
                    wheel.Count == naive.Count, $"seed={seed} step={step} count={wheel.Count} expected={naive.Count}");
                Assert.True(
                    wheel.Next == naive.Values.Select(v => (DateTimeOffset?)v).Min(), $"seed={seed} step={step}");
            }
        }
    }
}
