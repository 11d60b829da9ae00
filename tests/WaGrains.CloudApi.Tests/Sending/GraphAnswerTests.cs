using System.Text;
using WaGrains.CloudApi.Sending;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Tests.Sending;

public sealed class GraphAnswerTests
{
    [Theory]
    [InlineData("""{"messages":[{"id":"wamid.A"}]}""", null, false)]
    [InlineData(
        """{"contacts":[{"input":"+49","wa_id":"49"}],"messages":[{"id":"wamid.A","message_status":"accepted"}]}""",
        "49",
        false)]
    [InlineData("""{"contacts":[{"user_id":"US.1"}],"messages":[{"id":"wamid.A","group_id":"g"}]}""", null, false)]
    [InlineData(
        """{"contacts":"none","messages":[{"id":"wamid.A","message_status":"held_for_quality_assessment"}]}""",
        null,
        true)]
    [InlineData("""{"messages":[{"id":"wamid.A","message_status":"paused"}]}""", null, true)]
    public void Wamid_is_acceptance(string body, string? waId, bool held) =>
        Assert.Equal(SendOutcome.Accepted("wamid.A", waId) with { HeldForQuality = held }, Read(200, body));

    [Theory]
    [InlineData("""{"error":{"message":"m","code":131056,"error_data":{"details":"d"}}}""", "d")]
    [InlineData("""{"error":{"message":"m","code":131056,"error_data":"plain"}}""", "plain")]
    [InlineData("""{"error":{"message":"m","code":"131056"}}""", "m")]
    [InlineData("""{"error":{"code":131056,"message":7}}""", null)]
    public void Error_is_judged_by_its_code(string body, string? details)
    {
        var outcome = Read(400, body);
        Assert.Equal(SendOutcomeKind.Refused, outcome.Kind);
        Assert.Equal(new SendError(131056, "pair_rate_limit", details), outcome.Error);
    }

    [Theory]
    [InlineData("""{"\ud800":1,"messages":[{"id":"wamid.A"}]}""")]
    [InlineData("""{"messages":[{"\udc00\ud800":1,"id":"wamid.A"}]}""")]
    public void Half_a_surrogate_pair_in_a_name_does_not_cost_the_wamid(string body) =>
        Assert.Equal("wamid.A", Read(200, body).Wamid);

    [Fact]
    public void Mutated_answers_never_throw()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"error":{"message":"m\u00e9","code":131056,"error_data":{"details":"d"}},"messages":[{"id":"w"}]}""");
        for (var seed = 0; seed < 5_000; seed++)
        {
            var chance = new Random(seed);
            var mutant = (byte[])body.Clone();
            for (var change = 0; change < 3; change++)
            {
                mutant[chance.Next(mutant.Length)] = "\"{}[]:,\\u0d8nt"u8[chance.Next(14)];
            }

            var failure = Record.Exception(() => GraphAnswer.Read(chance.Next(100, 600), mutant));
            Assert.True(failure is null, $"seed={seed} {failure}");
        }
    }

    [Fact]
    public void Error_object_wins_over_a_successful_status() =>
        Assert.Equal(SendOutcomeKind.Refused, Read(200, """{"error":{"code":190}}""").Kind);

    [Theory]
    [InlineData(200, "", SendOutcomeKind.Unknown)]
    [InlineData(200, "<html>", SendOutcomeKind.Unknown)]
    [InlineData(200, "[]", SendOutcomeKind.Unknown)]
    [InlineData(200, "{}", SendOutcomeKind.Unknown)]
    [InlineData(200, """{"messages":[]}""", SendOutcomeKind.Unknown)]
    [InlineData(200, """{"messages":[{"id":""}]}""", SendOutcomeKind.Unknown)]
    [InlineData(200, """{"messages":[{"id":5}]}""", SendOutcomeKind.Unknown)]
    [InlineData(200, """{"messages":["wamid.A"]}""", SendOutcomeKind.Unknown)]
    [InlineData(502, "<html>", SendOutcomeKind.Unknown)]
    [InlineData(503, """{"messages":[{"id":"wamid.A"}]}""", SendOutcomeKind.Unknown)]
    [InlineData(504, "", SendOutcomeKind.Unknown)]
    [InlineData(408, "", SendOutcomeKind.Unknown)]
    [InlineData(429, "", SendOutcomeKind.Refused)]
    [InlineData(401, "", SendOutcomeKind.Refused)]
    [InlineData(400, "", SendOutcomeKind.Refused)]
    [InlineData(413, """{"error":"too large"}""", SendOutcomeKind.Refused)]
    [InlineData(307, "", SendOutcomeKind.Refused)]
    public void Without_an_error_object_the_status_decides_and_doubt_stays_doubt(
        int httpStatus,
        string body,
        SendOutcomeKind kind) => Assert.Equal(kind, Read(httpStatus, body).Kind);

    private static SendOutcome Read(int httpStatus, string body) =>
        GraphAnswer.Read(httpStatus, Encoding.UTF8.GetBytes(body));
}
