using WaGrains.CloudApi.Webhooks;

namespace WaGrains.CloudApi.Tests.Webhooks;

public sealed class WebhookHandshakeTests
{
    [Fact]
    public void Right_token_gets_the_challenge_back() =>
        Assert.Equal("1158201444", WebhookHandshake.Verify("subscribe", "1158201444", "ours", "ours"));

    [Theory]
    [InlineData("subscribe", "1", "theirs", "ours")]
    [InlineData("subscribe", "1", "our", "ours")]
    [InlineData("subscribe", "1", null, "ours")]
    [InlineData("subscribe", null, "ours", "ours")]
    [InlineData("subscribe", "", "ours", "ours")]
    [InlineData("unsubscribe", "1", "ours", "ours")]
    [InlineData(null, "1", "ours", "ours")]
    [InlineData("subscribe", "1", "", "")]
    public void Anything_else_gets_nothing(string? mode, string? challenge, string? token, string expected) =>
        Assert.Null(WebhookHandshake.Verify(mode, challenge, token, expected));

    [Fact]
    public void Long_challenge_is_not_repeated() =>
        Assert.Null(WebhookHandshake.Verify("subscribe", new string('1', 257), "ours", "ours"));
}
