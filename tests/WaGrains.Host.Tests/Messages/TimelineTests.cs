using WaGrains.Domain.Errors;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Turns;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Messages;

public sealed class TimelineTests : IAsyncLifetime
{
    private TestApi _api = null!;
    private TestTenant _tenant = null!;
    private PhoneNumberId _number;
    private string _conversation = "";

    public async Task InitializeAsync()
    {
        _api = await TestApi.Run();
        _tenant = await _api.Tenant();
        var number = await _tenant.Number();
        _number = PhoneNumberId.Parse(number);
        _conversation = await _tenant.Inbound(number);
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    private async Task<MessageId> Send() => MessageId.Parse(
        (await _tenant.Owner.Post($"/v1/conversations/{_conversation}/messages", TestTenant.Text())).Ok(202)
        .GetProperty("message_id").GetString()!);

    private Task<TurnOutcome> Rows(params Change[] changes) => _api.Owners.Staging
        .StageRows(OwnerKey.Of(_tenant.Id, _number), changes, []);

    private async Task<List<string>> Told(MessageId message, string member = "step") =>
        [.. (await _tenant.Owner.Get($"/v1/messages/{message}/timeline")).Ok(200).GetProperty("steps").EnumerateArray()
            .Select(step => step.GetProperty(member).ToString())];

    private StatusRaised Status(MessageId message, MessageStatus status, int seconds, SendError? error = null) => new(
        _tenant.Id, message, status, TestApi.Start.AddSeconds(seconds), "wamid.1", error, null,
        ConversationId.Parse(_conversation));

    [Fact]
    public async Task Message_that_was_read_tells_each_step_with_its_time()
    {
        var message = await Send();
        await Rows(new AttemptStarted(_tenant.Id, _number, message, 1, TestApi.Start.AddSeconds(41)));
        await Rows(new AttemptEnded(
            _tenant.Id, message, 1, "accepted", 0, "wamid.1", TestApi.Start.AddSeconds(42)));
        await Rows(Status(message, MessageStatus.Sent, 43));
        await Rows(Status(message, MessageStatus.Delivered, 44));
        await Rows(Status(message, MessageStatus.Read, 60));
        Assert.Equal(
            ["queued", "waited", "attempted", "answered", "sent", "delivered", "read"], await Told(message));
        var wait = (await _tenant.Owner.Get($"/v1/messages/{message}/timeline")).Ok(200).GetProperty("steps")[1];
        Assert.Equal(
            (41.0, "plan", 0),
            (wait.GetProperty("seconds").GetDouble(), wait.GetProperty("limit").GetString(),
                wait.GetProperty("ahead").GetInt32()));
        Assert.Equal("Waited 41 s for plan at 120 a minute.", wait.GetProperty("words").GetString());
    }

    [Fact]
    public async Task Those_that_left_meanwhile_are_counted_and_a_failure_has_its_code()
    {
        var first = await Send();
        var message = await Send();
        await Rows(new AttemptStarted(_tenant.Id, _number, first, 1, TestApi.Start.AddSeconds(2)));
        await Rows(new AttemptStarted(_tenant.Id, _number, message, 1, TestApi.Start.AddSeconds(4)));
        await Rows(new AttemptEnded(_tenant.Id, message, 1, "rejected", 131026, null, TestApi.Start.AddSeconds(5)));
        await Rows(Status(
            message, MessageStatus.Failed, 5, new SendError(131026, "undeliverable", null)));
        var steps = (await _tenant.Owner.Get($"/v1/messages/{message}/timeline")).Ok(200).GetProperty("steps");
        Assert.Equal(1, steps[1].GetProperty("ahead").GetInt32());
        var last = steps[steps.GetArrayLength() - 1];
        Assert.Equal(
            ("failed", 131026, "undeliverable"),
            (last.GetProperty("step").GetString(), last.GetProperty("code").GetInt32(),
                last.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task Message_that_waits_says_for_what()
    {
        var first = await Send();
        var message = await Send();
        _api.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["queued", "waits"], await Told(message));
        Assert.Equal("Has waited 30 s for plan at 120 a minute; up to 1 other messages go first.",
            (await Told(message, "words"))[1]);
        Assert.NotEqual(first, message);
    }

    [Fact]
    public async Task Message_that_Meta_does_not_take_waits_for_the_end_of_the_stop_and_not_for_pace()
    {
        var message = await Send();
        var stop = new SendStop(StopScope.Replies, "77", 0, "account_restricted", TestApi.Start, null);
        var alert = new ErrorAlert(AlertSeverity.Critical, "The account is restricted.");
        await _api.Owners.Ask(OwnerKey.Of(_tenant.Id), new RaiseStop(stop, alert), CancellationToken.None);
        _api.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("Has waited 30 s for account restricted.", (await Told(message, "words"))[1]);
    }

    [Fact]
    public async Task What_was_trimmed_is_named()
    {
        var message = await Send();
        await Rows(Status(message, MessageStatus.Read, 60));
        var told = (await _tenant.Owner.Get($"/v1/messages/{message}/timeline")).Ok(200);
        Assert.Equal(
            ["attempts", "status_times"],
            told.GetProperty("trimmed").EnumerateArray().Select(each => each.GetString()));
    }

    [Fact]
    public async Task Message_of_nobody_and_of_another_tenant_is_not_there()
    {
        var message = await Send();
        var rival = await _api.Tenant("rival");
        (await rival.Owner.Get($"/v1/messages/{message}/timeline")).Problem(404, "not_found");
        (await _tenant.Owner.Get("/v1/messages/none/timeline")).Problem(404, "not_found");
    }
}
