using System.Text;
using WaGrains.CloudApi.Sending;
using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Errors;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Tests.Sending;

/// <summary>Meta tells an error in two shapes, as the answer to a send and in a failed status: both come to the same
/// named error, for every code of the table.</summary>
public sealed class ErrorShapeTests
{
    public static TheoryData<int> Codes =>
        [.. ErrorTable.Rows.SelectMany(row => new[] { row.Code, row.UpTo }).Distinct()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Both_shapes_of_an_error_name_it_alike(int code)
    {
        var expected = new SendError(code, ErrorTable.Find(code)!.Reason, "words");

        var answer = Answer(400, $$"""{"code":{{code}},"message":"m","error_data":{"details":"words"} }""");
        Assert.Equal((SendOutcomeKind.Refused, expected), (answer.Kind, answer.Error));
        Assert.Equal(expected, Status($$"""{"code":{{code}},"title":"t","error_data":{"details":"words"} }"""));
    }

    [Theory]
    [InlineData(429, false, "throttled")]
    [InlineData(400, true, "temporary")]
    [InlineData(429, true, "throttled")]
    [InlineData(500, false, "unknown_code")]
    public void Code_that_is_not_listed_is_named_by_what_comes_with_it(int httpStatus, bool isTransient, string reason)
    {
        var transient = isTransient ? "true" : "false";
        var error = Answer(httpStatus, $$"""{"code":999999,"is_transient":{{transient}}}""").Error;
        Assert.Equal(new SendError(999_999, reason, null), error);
    }

    [Fact]
    public void Listed_code_is_judged_by_itself_whatever_else_is_told() => Assert.Equal(
        "parameter_invalid", Answer(429, """{"code":100,"is_transient":true}""").Error!.Reason);

    [Fact]
    public void Transient_error_of_a_status_is_named_so() => Assert.Equal(
        new SendError(999_999, "temporary", null), Status("""{"is_transient":true,"code":999999}"""));

    [Fact]
    public void Failed_status_without_a_code_is_no_lost_token()
    {
        var error = Status("""{"title":"t"}""");
        Assert.Equal(new SendError(0, "failed_without_code", "t"), error);
        Assert.Equal(ErrorReach.Message, ErrorTable.Of(error!).Stops);
    }

    [Theory]
    [InlineData(401, ErrorReach.Number)]
    [InlineData(429, ErrorReach.Nothing)]
    [InlineData(413, ErrorReach.Message)]
    public void Answer_without_a_code_is_judged_by_its_status(int httpStatus, ErrorReach stops) => Assert.Equal(
        stops, ErrorTable.Of(GraphAnswer.Read(httpStatus, Array.Empty<byte>()).Error!).Stops);

    [Theory]
    [InlineData("held_for_quality_assessment", true)]
    [InlineData("paused", true)]
    [InlineData("accepted", false)]
    public void Message_that_meta_holds_back_is_accepted_and_marked(string status, bool isHeld)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"messages":[{"id":"w","message_status":"{{status}}"}]}""");
        var outcome = GraphAnswer.Read(200, body);
        Assert.Equal((SendOutcomeKind.Accepted, isHeld), (outcome.Kind, outcome.HeldForQuality));
    }

    private static SendOutcome Answer(int httpStatus, string error) =>
        GraphAnswer.Read(httpStatus, Encoding.UTF8.GetBytes($$"""{"error":{{error}} }"""));

    private static SendError? Status(string error)
    {
        var body = $$"""
            {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
              "messaging_product":"whatsapp","metadata":{"phone_number_id":"73"},
              "statuses":[{"id":"w","status":"failed","timestamp":"1793000002","recipient_id":"49",
                "errors":[{{error}}]}]} }]}]}
            """;
        var item = Assert.Single(WebhookReader.Read(Encoding.UTF8.GetBytes(body)).Items);
        return Assert.IsType<StatusItem>(item).Update.Error;
    }
}
