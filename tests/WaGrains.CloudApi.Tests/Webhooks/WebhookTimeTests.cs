using WaGrains.CloudApi.Webhooks;

namespace WaGrains.CloudApi.Tests.Webhooks;

public sealed class WebhookTimeTests
{
    [Theory]
    [InlineData(1_793_000_000, 1_793_000_000)]
    [InlineData(1_793_000_000_999, 1_793_000_000)]
    [InlineData(1_793_000_000_999_999, 1_793_000_000)]
    [InlineData(1_230_768_000, 1_230_768_000)]
    [InlineData(4_102_444_800, 4_102_444_800)]
    public void Seconds_millis_and_micros_are_the_same_second(long written, long seconds) =>
        Assert.Equal(
            new WebhookTime(DateTimeOffset.FromUnixTimeSeconds(seconds), WasClamped: false),
            WebhookTime.FromUnix(written));

    [Theory]
    [InlineData(0, 1_230_768_000)]
    [InlineData(-1, 1_230_768_000)]
    [InlineData(long.MinValue, 1_230_768_000)]
    [InlineData(1_230_767_999, 1_230_768_000)]
    [InlineData(4_102_444_801, 4_102_444_800)]
    [InlineData(99_999_999_999, 4_102_444_800)]
    [InlineData(long.MaxValue, 4_102_444_800)]
    public void Out_of_range_goes_to_the_nearest_bound(long written, long seconds) =>
        Assert.Equal(
            new WebhookTime(DateTimeOffset.FromUnixTimeSeconds(seconds), WasClamped: true),
            WebhookTime.FromUnix(written));
}
