using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Tests.PhoneNumbers;

public sealed class PairLimitTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Forty_five_replies_may_go_at_once() => Assert.Equal(Now, Sent(44).NextAllowed(Now));

    [Fact]
    public void The_forty_sixth_waits_for_one_refill() =>
        Assert.Equal(Now + PairLimit.Refill, Sent(45).NextAllowed(Now));

    [Fact]
    public void Refill_is_never_faster_than_one_in_6_seconds() =>
        Assert.True(PairLimit.Refill >= TimeSpan.FromSeconds(6));

    [Fact]
    public void Campaign_waits_until_the_bucket_is_full() =>
        Assert.Equal(Now + (2 * PairLimit.Refill), Sent(2).NextAllowedForCampaign(Now));

    [Fact]
    public void Bucket_is_full_once_everything_is_refilled() =>
        Assert.True(Sent(2).IsFull(Now + (2 * PairLimit.Refill)));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 16)]
    [InlineData(6, 4096)]
    [InlineData(60, 4096)]
    public void Refusal_waits_longer_each_time(int refusals, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), PairLimit.Full.OnRefused(Now, refusals).NextAllowed(Now));

    [Fact]
    public void Meta_bucket_is_never_overdrawn()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            var (limit, now, tokens, filled) = (PairLimit.Full, Now, 45.0, Now);
            for (var i = 0; i < 300; i++)
            {
                now = limit.NextAllowed(now.AddSeconds(random.Next(3) == 0 ? random.NextDouble() * 20 : 0));
                tokens = Math.Min(45, tokens + ((now - filled).TotalSeconds / 6)) - 1;
                filled = now;
                limit = limit.Take(now);
                Assert.True(tokens > -1e-9, $"seed={seed} message={i} tokens={tokens}");
            }
        }
    }

    private static PairLimit Sent(int count)
    {
        var limit = PairLimit.Full;
        for (var i = 0; i < count; i++)
        {
            limit = limit.Take(Now);
        }

        return limit;
    }
}
