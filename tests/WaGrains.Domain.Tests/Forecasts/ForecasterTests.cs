using WaGrains.Domain.Bulk;
using WaGrains.Domain.Errors;
using WaGrains.Domain.Forecasts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Forecasts;

public sealed class ForecasterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    private static ForecastQuestion Question(int recipients, PacingRules? rules = null) =>
        new(recipients, Lane.Campaign, Noon.AddDays(30), rules ?? PacingRules.Default);

    private static NumberOutlook Number(
        double perMinute, int ahead = 0, IReadOnlyList<int>? beside = null, ulong id = 1,
        Func<PhoneNumberState, PhoneNumberState>? change = null)
    {
        var fresh = PhoneNumberState.Fresh(Given.Tenant, new PhoneNumberId(id), Noon) with
        {
            Version = 1,
            Settings = new PhoneNumberSettings { Policy = SendingPolicy.Cloud, CeilingPerMinute = perMinute },
        };
        return Outlook(change?.Invoke(fresh) ?? fresh, ahead, beside);
    }

    private static NumberOutlook Stopped(SendStop stop) => Outlook(Number(60).Pace.State, stop: stop);

    private static NumberOutlook Outlook(
        PhoneNumberState state, int ahead = 0, IReadOnlyList<int>? beside = null, SendStop? stop = null)
    {
        var around = new NumberSurroundings(0, TimeSpan.Zero, false, Noon)
        {
            Stops = stop is null ? StopBook.None : new StopBook([stop]),
        };
        var reply = PhoneNumber.Decide(new NumberAtWork(state, new SendQueue()), new ReadPace(), around).Reply;
        var queued = new Dictionary<Lane, int> { [Lane.Reply] = ahead };
        return new NumberOutlook((PaceReport)reply with { Queued = queued }, beside ?? []);
    }

    private static double Minutes(SendForecast forecast) => (forecast.FinishAt!.Value - Noon).TotalMinutes;

    [Fact]
    public void Steady_number_takes_its_pace()
    {
        var forecast = Forecaster.Ask(Question(600), [Number(60)], Noon);
        Assert.Equal(10.08, Minutes(forecast), 1.0 / 60);
        Assert.Equal(Noon, forecast.StartAt);
        Assert.Equal((ForecastLimit.Plan, 0, 600), (forecast.Limit, forecast.Late, forecast.Numbers[0].Messages));
    }

    [Fact]
    public void Numbers_share_by_pace_and_end_together()
    {
        var forecast = Forecaster.Ask(Question(900), [Number(20), Number(40, id: 2)], Noon);
        Assert.Equal([300, 600], forecast.Numbers.Select(number => number.Messages));
        Assert.Equal(15.1, Minutes(forecast), 0.1);
    }

    [Fact]
    public void Replies_go_first_and_other_sends_take_turns()
    {
        var behind = Forecaster.Ask(Question(60), [Number(60, ahead: 120)], Noon);
        Assert.Equal(3.0, Minutes(behind), 0.1);
        Assert.Equal(2.0, (behind.StartAt!.Value - Noon).TotalMinutes, 0.1);
        Assert.Equal(ForecastLimit.Queue, behind.Limit);
        var beside = Forecaster.Ask(Question(60), [Number(60, beside: [30])], Noon);
        Assert.Equal(1.5, Minutes(beside), 0.1);
    }

    [Fact]
    public void What_keeps_coming_leaves_the_rest_of_the_pace()
    {
        var busy = Number(60) with { OtherPerMinute = 45 };
        var forecast = Forecaster.Ask(Question(150), [busy], Noon);
        Assert.Equal(10.1, Minutes(forecast), 0.1);
        Assert.Equal(ForecastLimit.Queue, forecast.Limit);
        var flooded = Forecaster.Ask(Question(6), [busy with { OtherPerMinute = 600 }], Noon);
        Assert.Equal(5.0, Minutes(flooded), 1.0);
    }

    [Fact]
    public void Number_that_may_not_send_sends_nothing_and_says_why()
    {
        var paused = Number(60, change: state => state with { PausedSince = Noon });
        var forecast = Forecaster.Ask(Question(10), [paused], Noon);
        Assert.Equal(
            (null, null, 10, ForecastLimit.Paused),
            (forecast.StartAt, forecast.FinishAt, forecast.Late, forecast.Limit));
        var shared = Forecaster.Ask(Question(60), [paused, Number(60, id: 2)], Noon);
        Assert.Equal([0, 60], shared.Numbers.Select(number => number.Messages));
    }

    [Fact]
    public void What_Meta_takes_from_none_of_the_account_waits_for_the_stops_end()
    {
        var template = new TemplateContent("order_ready", "en_US", TemplateCategory.Utility, [], [], []);
        var stop = new SendStop(StopScope.Template, "", 132015, "template_paused", Noon, Noon.AddHours(3))
        {
            Template = "order_ready",
        };
        var question = Question(60) with { Content = template };
        var paused = Forecaster.Ask(question, [Stopped(stop)], Noon);
        Assert.Equal((Noon.AddHours(3), ForecastLimit.Stopped), (paused.StartAt, paused.Limit));
        Assert.Equal(181, Math.Round(Minutes(paused)));
        var other = question with { Content = template with { Name = "other" } };
        Assert.Equal(Noon, Forecaster.Ask(other, [Stopped(stop)], Noon).StartAt);
        var disabled = Forecaster.Ask(question, [Stopped(stop with { Fate = MessageFate.Fails })], Noon);
        Assert.Equal((null, ForecastLimit.Stopped), (disabled.FinishAt, disabled.Limit));
        var locked = stop with { Scope = StopScope.Everything, Template = null, Until = null };
        var forecast = Forecaster.Ask(Question(60), [Stopped(locked), Number(60, id: 2)], Noon);
        Assert.Equal([0, 60], forecast.Numbers.Select(number => number.Messages));
        Assert.Equal(ForecastLimit.Stopped, forecast.Numbers[0].Limit);
    }

    [Fact]
    public void Hold_is_waited_for()
    {
        var held = Number(60, change: state => state with { HeldUntil = Noon.AddHours(1), HeldSince = Noon });
        var forecast = Forecaster.Ask(Question(60), [held], Noon);
        Assert.Equal(Noon.AddHours(1), forecast.StartAt);
        Assert.Equal((61.0, ForecastLimit.Held), (Math.Round(Minutes(forecast)), forecast.Limit));
    }

    [Fact]
    public void Whoever_comes_after_the_deadline_is_late()
    {
        var question = Question(600) with { Deadline = Noon.AddMinutes(5) };
        var forecast = Forecaster.Ask(question, [Number(60)], Noon);
        Assert.InRange(forecast.Late, 299, 304);
        Assert.Equal(10.1, Minutes(forecast), 0.1);
    }

    [Fact]
    public void Warm_up_earns_with_each_day_and_stands_still_at_yellow()
    {
        var young = PhoneNumberState.Fresh(Given.Tenant, new PhoneNumberId(1), Noon) with { Version = 1 };
        var growing = Forecaster.Ask(Question(200_000), [Outlook(young)], Noon);
        var yellow = Forecaster.Ask(
            Question(200_000), [Outlook(young with { Quality = QualityRating.Yellow })], Noon);
        Assert.Equal(200_000 / (20 * 0.99) / 1440, Minutes(yellow) / 1440, 0.05);
        Assert.True(Minutes(growing) < Minutes(yellow), $"{Minutes(growing)} against {Minutes(yellow)}");
        Assert.Equal((20, 20), (growing.Numbers[0].PerMinute, yellow.Numbers[0].LastPerMinute));
        Assert.InRange(growing.Numbers[0].LastPerMinute, 23, 27);
        Assert.Equal(ForecastLimit.WarmUp, growing.Limit);
    }

    [Fact]
    public void Those_asleep_are_written_to_in_their_morning()
    {
        var tokyo = TimeZoneInfo.CreateCustomTimeZone("tokyo", TimeSpan.FromHours(9), "tokyo", "tokyo");
        var rules = new PacingRules { QuietHours = new QuietHours(new TimeOnly(20, 0), new TimeOnly(8, 0)) };
        var question = Question(60, rules) with { Zones = [new ZoneShare(tokyo, 60)] };
        var forecast = Forecaster.Ask(question, [Number(60)], Noon);
        Assert.Equal(ForecastLimit.QuietHours, forecast.Limit);
        Assert.Equal(11 * 60, Minutes(forecast), 2.0);
        var awake = Forecaster.Ask(
            question with { Zones = [new ZoneShare(TimeZoneInfo.Utc, 60)] }, [Number(60)], Noon);
        Assert.Equal(1.0, Minutes(awake), 0.1);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Forecast_is_within_three_per_cent_of_the_drain(int seed)
    {
        var random = new Random(seed);
        var numbers = Enumerable.Range(1, random.Next(1, 4))
            .Select(id => new Drained((ulong)id, random.Next(10, 300), random.Next(0, 60), random.Next(0, 60)))
            .ToList();
        var recipients = random.Next(600, 1_500) * numbers.Count;
        var forecast = Forecaster.Ask(Question(recipients), [.. numbers.Select(number => number.Outlook())], Noon);
        var took = Drained.Drain(numbers, recipients);
        var foretold = forecast.FinishAt!.Value - Noon;
        Assert.True(
            (foretold - took).Duration() <= (took * 0.03) + TimeSpan.FromSeconds(60),
            $"seed {seed}: foretold {foretold}, took {took}");
    }

    /// <summary>A real number whose attempts all are accepted at once.</summary>
    private sealed class Drained
    {
        private static readonly BulkSendId Send = new(900);

        private readonly PhoneNumberId _id;
        private readonly SendQueue _queue = new();
        private NumberAtWork _work;
        private int _next;

        public Drained(ulong id, double perMinute, int replies, int singles)
        {
            _id = new PhoneNumberId(id);
            var state = PhoneNumberState.Fresh(Given.Tenant, _id, Noon) with { Version = 1 };
            _work = new NumberAtWork(state, _queue);
            Tell(
                new ConfigureNumber(
                    new PhoneNumberSettings { Policy = SendingPolicy.Cloud, CeilingPerMinute = perMinute }, null),
                Noon);
            Queue(replies, Lane.Reply, null, Noon);
            Queue(singles, Lane.Campaign, null, Noon);
            Singles = singles;
        }

        private int Singles { get; }

        private DateTimeOffset? WakesAt { get; set; }

        public NumberOutlook Outlook() => new((PaceReport)Tell(new ReadPace(), Noon).Reply, [Singles]);

        /// <summary>Hands recipients over as rounds do, every ten seconds.</summary>
        public static TimeSpan Drain(List<Drained> numbers, int recipients)
        {
            var now = Noon;
            for (var round = Noon; ; round = round.AddSeconds(10))
            {
                while (numbers.MinBy(number => number.WakesAt ?? DateTimeOffset.MaxValue) is { WakesAt: { } at } next
                    && at <= round)
                {
                    now = at > now ? at : now;
                    next.Pump(now);
                }

                if (recipients == 0 && numbers.All(number => number._queue.Count == 0))
                {
                    return now - Noon;
                }

                now = round;
                foreach (var number in numbers.OrderByDescending(number => number.Room(round)))
                {
                    var given = Math.Min(recipients, number.Room(round));
                    number.Queue(given, Lane.Campaign, Send, round);
                    recipients -= given;
                }
            }
        }

        private int Room(DateTimeOffset now) => ((BulkRoom)Tell(new ReadRoom(Send), now).Reply).Room;

        private void Pump(DateTimeOffset now)
        {
            WakesAt = null;
            foreach (var call in Tell(Domain.PhoneNumbers.Pump.Message, now).Effects.OfType<SendToGraph>().ToList())
            {
                Tell(new SendCompleted(call.Message, call.Attempt, SendOutcome.Accepted("w", null)), now);
            }
        }

        private void Queue(int count, Lane lane, BulkSendId? send, DateTimeOffset now)
        {
            var sends = Enumerable.Range(0, count).Select(_ => ++_next).Select(n => new QueuedSend(
                new QueueRow(
                    Given.Tenant, _id, MessageId.New(now, (_id.Value << 32) | (uint)n),
                    new ConversationId(_id, new ContactId((ulong)n)), 1, lane, now, now.AddDays(90), null,
                    new Recipient("5511999990000", null), null, 0, QueuePhase.Queued, null, null) { Send = send },
                Given.Text("x")));
            Tell(new EnqueueSends([.. sends], []), now);
        }

        private Turn<NumberAtWork> Tell(OwnerMessage message, DateTimeOffset now)
        {
            var turn = PhoneNumber.Decide(
                _work, message, new NumberSurroundings(0, TimeSpan.Zero, false, now));
            _work = turn.Next;
            WakesAt = turn.Effects.OfType<WakeAt>().LastOrDefault()?.At ?? WakesAt;
            return turn;
        }
    }
}
