using WaGrains.Domain.Errors;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Tests.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Stops;

public sealed class StoppingTests
{
    private static readonly ErrorAlert Alert = new(AlertSeverity.Warning, "Words.");

    private TenantState _state = new() { Id = Given.Tenant };
    private DateTimeOffset _now = Given.Now;

    public StoppingTests() => Tell(new CreateTenant("Demo", new TenantConfiguration()));

    [Fact]
    public void Stop_is_told_once_whoever_meets_it()
    {
        Assert.Equal("template_stopped", Assert.Single(Raise(Paused(3)).Changes.OfType<AlertRaised>()).Kind);
        Assert.Empty(Raise(Paused(3)).Changes);
        Assert.Single(_state.Stops!);
    }

    [Fact]
    public void Stop_is_made_harder_but_not_easier_by_a_later_word()
    {
        Raise(Paused(3));
        Assert.Single(Raise(Paused(6) with { Reason = "again" }).Changes.OfType<AlertRaised>());
        Assert.Empty(Raise(Paused(1) with { Reason = "shorter" }).Changes);
        Raise(Paused(3) with { Reason = "template_disabled", Fate = MessageFate.Fails, Until = null });
        Assert.Equal((MessageFate.Fails, null), (_state.Stops!.Single().Fate, _state.Stops!.Single().Until));
    }

    [Fact]
    public void Answer_from_before_the_lifting_does_not_bring_a_stop_back()
    {
        Raise(Paused(3));
        _now += TimeSpan.FromMinutes(1);
        Tell(new EndStop(StopScope.Template, "waba-1", "hello", "en", null));
        Assert.Empty(Raise(Paused(3)).Changes);
        Assert.False(_state.Stops!.Single().HoldsAt(_now));

        _now += TimeSpan.FromMinutes(1);
        Raise(Paused(3) with { Since = _now });
        Assert.True(_state.Stops!.Single().HoldsAt(_now));
    }

    [Fact]
    public void Word_that_ends_another_reason_ends_nothing()
    {
        Raise(Paused(3));
        Assert.Empty(Tell(new EndStop(StopScope.Template, "waba-1", "hello", "en", "template_quality_red")).Changes);
        Assert.Empty(Tell(new EndStop(StopScope.Template, "waba-2", "hello", "en", null)).Changes);
    }

    [Fact]
    public void Person_lifts_by_id_and_hears_of_what_is_not_there()
    {
        Raise(Paused(3));
        var id = _state.Stops!.Single().Id;
        Assert.IsType<TenantView>(Tell(new LiftStop(id, Given.Key)).Reply);
        Assert.Equal("not_found", ((Refused)Tell(new LiftStop(id, null)).Reply).Refusal.Code);
    }

    [Fact]
    public void Stops_do_not_make_a_configuration_stale()
    {
        Raise(Paused(3));
        Assert.Equal(2, _state.Version);
        Assert.IsType<TenantView>(Tell(new ConfigureTenant(Given.Configuration, 1, null)).Reply);
        Assert.IsType<Refused>(Tell(new ConfigureTenant(Given.Configuration, 1, null)).Reply);
    }

    [Fact]
    public void Stops_are_bounded_and_the_oldest_gives_way()
    {
        for (var i = 0; i < 501; i++)
        {
            Raise(Paused(3) with { Template = $"t{i}" });
        }

        Assert.Equal((500, "t1"), (_state.Stops!.Count, _state.Stops![0].Template));
    }

    [Fact]
    public void Message_of_a_disabled_template_fails_unsent_and_others_go_on()
    {
        var desk = Desk(Paused(3) with { Code = 132016, Reason = "template_disabled", Fate = MessageFate.Fails });
        desk.Queue(Of(1, Given.Template()), Of(2, Given.Marketing));
        Assert.Equal(Given.Id(2), Assert.Single(desk.Pump()).Message);
        var raised = desk.Changes<StatusRaised>().Single();
        Assert.Equal((MessageStatus.Failed, 132016, "template_disabled"),
            (raised.Status, raised.Error!.Code, raised.Error.Reason));
    }

    [Fact]
    public void Message_of_a_paused_template_waits_and_leaves_within_a_minute_of_the_lifting()
    {
        var desk = Desk(Paused(3)).Queue(Of(1, Given.Template()));
        Assert.Empty(desk.Pump());
        Assert.Equal(desk.Now.AddMinutes(1), desk.WakesAt);
        desk.Stops = [];
        desk.Now += TimeSpan.FromMinutes(1);
        Assert.Single(desk.Pump());
    }

    [Fact]
    public void Message_that_cannot_outlive_a_pause_expires_with_its_code()
    {
        var send = Of(1, Given.Template());
        var desk = Desk(Paused(3)).Queue(send with { Row = send.Row with { Deadline = Given.Now.AddHours(2) } });
        desk.Pump();
        var raised = desk.Changes<StatusRaised>().Single();
        Assert.Equal((MessageStatus.Expired, "template_paused"), (raised.Status, raised.Error!.Reason));
    }

    [Theory]
    [InlineData(StopScope.Templates, true, false)]
    [InlineData(StopScope.Replies, false, true)]
    [InlineData(StopScope.Utility, true, false)]
    public void Restriction_of_the_account_holds_one_kind_of_messages(StopScope scope, bool template, bool text)
    {
        var stop = new SendStop(scope, "waba-1", 0, "restricted", Given.Now, null);
        Assert.Equal(template, Desk(stop).Queue(Of(1, Given.Template())).Pump().Count == 0);
        Assert.Equal(text, Desk(stop).Queue(Of(1, Given.Text("x"))).Pump().Count == 0);
    }

    [Fact]
    public void Pace_tells_of_the_accounts_stop_and_of_those_that_hold_some_messages()
    {
        var stop = new SendStop(StopScope.Everything, "waba-1", 368, "policy_restriction", Given.Now, null)
        {
            Lift = PaceLift.Operator,
        };
        var desk = Desk(stop, Paused(3)).Queue(Of(1, Given.Text("x")));
        Assert.Empty(desk.Pump());
        Assert.Equal(("policy_restriction", PaceReason.AccountStopped), (desk.Changes<PaceChanged>().Single().Cause,
            desk.Changes<PaceChanged>().Single().Binding));
        var report = (PaceReport)desk.Tell(new ReadPace()).Reply;
        Assert.Equal((0, PaceReason.AccountStopped, PaceLift.Operator, "policy_restriction", Given.Now),
            (report.PerMinute, report.Terms[0].Reason, report.Terms[0].Lift, report.Terms[0].Detail,
                report.Terms[0].Since));
        Assert.Null(report.EmptyAt);
        Assert.Equal("template_paused", Assert.Single(report.Stops!).Reason);
    }

    [Fact]
    public void Deadlines_run_while_nothing_may_leave()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1), NumberDesk.Send(2));
        desk.Tell(new QualityChanged(QualityEvent.Stop, "operator", desk.Now));
        desk.Now = Given.Now.AddDays(1);
        Assert.Empty(desk.Pump());
        Assert.Empty(desk.Rows);
        Assert.All(desk.Changes<StatusRaised>(), raised => Assert.Equal(MessageStatus.Expired, raised.Status));
    }

    [Fact]
    public void Jitter_is_the_same_for_a_message_and_never_shorter_than_meta_asks()
    {
        for (UInt128 seed = 0; seed < 200; seed++)
        {
            var wait = RetryRule.PowersOfFour.WaitBefore(3, seed)!.Value;
            Assert.InRange(wait, TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(20));
            Assert.Equal(wait, RetryRule.PowersOfFour.WaitBefore(3, seed));
        }

        Assert.NotEqual(RetryRule.PowersOfFour.WaitBefore(3, 1), RetryRule.PowersOfFour.WaitBefore(3, 2));
    }

    private static SendStop Paused(int hours) =>
        new(StopScope.Template, "waba-1", 132015, "template_paused", Given.Now, Given.Now.AddHours(hours))
        {
            Template = "hello",
            Language = "en",
        };

    private static NumberDesk Desk(params SendStop[] stops) =>
        new NumberDesk(NumberDesk.Fast with { AccountId = "waba-1" }) { Stops = stops }.Unlimited();

    private static QueuedSend Of(int id, MessageContent content) =>
        NumberDesk.Send(id, contact: id) with { Content = content };

    private Turn<TenantState> Raise(SendStop stop) => Tell(new RaiseStop(stop, Alert));

    private Turn<TenantState> Tell(TenantMessage message)
    {
        var turn = TurnCheck.Run(_state, state => Tenant.Decide(state, message, _now));
        _state = turn.Next;
        return turn;
    }
}
