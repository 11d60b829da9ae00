using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;

namespace WaGrains.Domain.Tests.PhoneNumbers;

public sealed class SendQueueTests
{
    private readonly SendQueue _queue = new();
    private DateTimeOffset _now = Given.Now;

    private void Add(int id, int contact, Lane lane = Lane.Reply, long? ordinal = null) =>
        _queue.Add(NumberDesk.Send(id, contact, ordinal, lane), TimeSpan.Zero);

    /// <summary>Takes what may go now, message after message, each answered at once.</summary>
    private List<int> Drain(int most = 100)
    {
        List<int> order = [];
        while (order.Count < most && _queue.Next(_now) is { } send)
        {
            _queue.Start(send.Row.Message, _now, _now, TimeSpan.Zero);
            _queue.Remove(send.Row.Message, _now);
            order.Add((int)(ulong)send.Row.Message.Value);
        }

        return order;
    }

    [Fact]
    public void Replies_come_before_utility_before_campaigns()
    {
        Add(1, 1, Lane.Campaign);
        Add(2, 2, Lane.Utility);
        Add(3, 3);
        Assert.Equal([3, 2, 1], Drain());
    }

    [Fact]
    public void Recipients_take_turns_and_each_keeps_its_order()
    {
        Add(2, 1);
        Add(1, 1);
        Add(3, 1);
        Add(11, 2);
        Add(12, 2);
        Assert.Equal([1, 11, 2, 12, 3], Drain());
    }

    [Fact]
    public void Line_is_served_at_the_rank_of_its_most_urgent_message()
    {
        Add(1, 1, Lane.Campaign);
        Add(5, 2, Lane.Utility);
        Add(2, 1);
        Assert.Equal([1, 2, 5], Drain());
    }

    [Fact]
    public void Contact_that_is_written_to_again_and_again_keeps_its_place()
    {
        Add(1, 1);
        Add(11, 2);
        Add(2, 1);
        Add(3, 1);
        Assert.Equal([1, 11, 2, 3], Drain());
    }

    [Fact]
    public void Row_that_is_here_already_is_left_as_it_stands()
    {
        Add(1, 1);
        _queue.Start(Given.Id(1), _now, _now, TimeSpan.Zero);
        Add(1, 1);
        Assert.Equal((1, 1), (_queue.Count, _queue.UnderWay));
        Assert.Null(_queue.Next(_now));
    }

    [Fact]
    public void Row_found_under_way_is_in_doubt_and_holds_its_line()
    {
        var send = NumberDesk.Send(1);
        _queue.Add(
            send with { Row = send.Row with { Phase = QueuePhase.Attempting, Attempt = 3, AttemptAt = _now } },
            TimeSpan.FromHours(2));
        Add(2, 1);
        Assert.Null(_queue.Next(_now));
        var doubt = Assert.Single(_queue.Doubts);
        Assert.Equal((3, TimeSpan.FromHours(2), true), (doubt.Attempt, doubt.Healthy, doubt.Holds));
        _queue.ReleaseLine(Given.Id(1));
        Assert.Equal(Given.Id(2), _queue.Next(_now)!.Row.Message);
        Assert.Equal(1, _queue.UnderWay);
    }

    [Fact]
    public void Returned_message_waits_its_time_and_those_behind_it_too()
    {
        Add(1, 1);
        Add(2, 1);
        _queue.Start(Given.Id(1), _now, _now, TimeSpan.Zero);
        _queue.Return(Given.Id(1), _now.AddSeconds(5));
        Assert.Null(_queue.Next(_now.AddSeconds(4)));
        Assert.Equal(_now.AddSeconds(5), _queue.NextLater);
        Assert.Equal(
            (Given.Id(1), 1), (_queue.Next(_now.AddSeconds(5))!.Row.Message, _queue.Find(Given.Id(1))!.Row.Attempt));
    }

    [Fact]
    public void Forty_sixth_message_at_once_waits_for_the_pair()
    {
        for (var i = 1; i <= 46; i++)
        {
            Add(i, 1);
        }

        Assert.Equal(45, Drain().Count);
        Assert.Equal(_now + PairLimit.Refill, _queue.NextLater);
    }

    [Fact]
    public void Attempts_before_this_life_count_for_the_pair()
    {
        for (var i = 0; i < 45; i++)
        {
            _queue.Remember(NumberDesk.Talk(1), _now);
        }

        Add(1, 1);
        Assert.Null(_queue.Next(_now));
    }

    [Fact]
    public void Campaign_leaves_the_burst_to_people_talking()
    {
        Add(1, 1, Lane.Campaign);
        Add(2, 1, Lane.Campaign);
        Assert.Equal([1], Drain());
        _now += PairLimit.Refill;
        Assert.Equal([2], Drain());
    }

    [Fact]
    public void Recipients_that_are_done_with_are_forgotten()
    {
        for (var i = 1; i <= 50; i++)
        {
            Add(i, i);
        }

        _queue.Remember(NumberDesk.Talk(999), _now);
        Drain();
        Assert.Equal(51, _queue.Recipients);
        _now += PairLimit.Refill;
        Assert.Null(_queue.Next(_now));
        Assert.Equal(0, _queue.Recipients);
    }

    [Fact]
    public void Recipient_that_is_forgotten_leaves_nothing_to_the_next()
    {
        Add(1, 1, Lane.Campaign);
        var talk = NumberDesk.Talk(1);
        _queue.OpenWindow(talk, _now.AddDays(1));
        _queue.RefusePair(talk, _now);
        _queue.Rest(Given.Id(1), _now.AddDays(1));
        _queue.Remove(Given.Id(1), _now);
        _now += TimeSpan.FromHours(1);
        Assert.Null(_queue.Next(_now));
        Assert.Equal(0, _queue.Recipients);

        Add(2, 2, Lane.Campaign);
        var template = _queue.Find(Given.Id(2))! with
        {
            Content = new TemplateContent("t", "en", TemplateCategory.Marketing, [], [], []),
        };
        Assert.True(_queue.IsOutside(template, _now));
        Assert.Equal([2], Drain());
    }

    [Fact]
    public void Same_as_a_naive_model()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            Play(seed);
        }
    }

    /// <summary>
    /// The model knows only what must hold: the head of each line, one under way per line, urgent lines first, nobody
    /// served twice while another of the same rank could be served.
    /// </summary>
    private static void Play(int seed)
    {
        var random = new Random(seed);
        var queue = new SendQueue();
        var waiting = new Dictionary<int, SortedDictionary<long, QueuedSend>>();
        var busy = new Dictionary<int, QueuedSend>();
        var ordinals = new Dictionary<int, long>();
        var now = Given.Now;
        for (var step = 1; step <= 400; step++)
        {
            now += TimeSpan.FromSeconds(7);
            var contact = random.Next(1, 6);
            if (random.Next(2) == 0)
            {
                var ordinal = ordinals[contact] = ordinals.GetValueOrDefault(contact) + 1;
                var send = NumberDesk.Send(step, contact, ordinal, (Lane)random.Next(3));
                queue.Add(send, TimeSpan.Zero);
                (waiting.TryGetValue(contact, out var line) ? line : waiting[contact] = []).Add(ordinal, send);
            }
            else if (busy.Remove(contact, out var under))
            {
                if (random.Next(3) == 0)
                {
                    queue.Return(under.Row.Message, null);
                    waiting[contact].Add(under.Row.Ordinal, under);
                }
                else
                {
                    queue.Remove(under.Row.Message, now);
                }
            }

            var free = waiting.Where(line => line.Value.Count > 0 && !busy.ContainsKey(line.Key)).ToList();
            var rank = free.Count == 0 ? (Lane?)null : free.Min(line => line.Value.Values.Min(send => send.Row.Lane));
            var next = queue.Next(now);
            Assert.True(
                (next is null) == (rank is null), $"seed={seed} step={step} next={next?.Row.Message} rank={rank}");
            if (next is not null)
            {
                var who = (int)next.Row.Conversation.Contact.Value;
                var line = waiting[who];
                Assert.True(
                    next.Row.Ordinal == line.Keys.First(), $"seed={seed} step={step} ordinal={next.Row.Ordinal}");
                Assert.True(rank == line.Values.Min(send => send.Row.Lane), $"seed={seed} step={step} rank={rank}");
                Assert.False(busy.ContainsKey(who), $"seed={seed} step={step} contact={who} is busy");
                if (random.Next(3) > 0)
                {
                    busy[who] = queue.Start(next.Row.Message, now, now, TimeSpan.Zero);
                    line.Remove(next.Row.Ordinal);
                }
            }

            Assert.True(queue.Count == waiting.Sum(l => l.Value.Count) + busy.Count,
                $"seed={seed} step={step} count={queue.Count}");
            Assert.True(queue.UnderWay == busy.Count, $"seed={seed} step={step} under way={queue.UnderWay}");
        }
    }

    [Fact]
    public void Message_that_was_settled_within_the_last_minute_is_not_taken_in_again()
    {
        Add(1, 1);
        Assert.Equal([1], Drain());
        Add(1, 1);
        Assert.Equal(0, _queue.Count);
        foreach (var later in new[] { 2, 3 })
        {
            _now = _now.AddSeconds(61);
            Add(later, later);
            Assert.Equal([later], Drain());
        }

        Add(1, 1);
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public void Bulk_sends_take_turns_however_many_messages_each_has()
    {
        AddOf(1, 1, 7);
        AddOf(2, 2, 7);
        AddOf(3, 3, 7);
        AddOf(4, 4, 8);
        AddOf(5, 5, 8);
        Add(6, 6, Lane.Campaign);
        Assert.Equal([1, 4, 6, 2, 5, 3], Drain());
    }

    [Fact]
    public void Held_send_stays_and_what_is_behind_it_in_a_line_goes_on()
    {
        AddOf(1, 1, 7);
        Add(2, 1, ordinal: 2);
        AddOf(3, 2, 8);
        _queue.Hold(new BulkSendId(7), true);
        Assert.Equal([2, 3], Drain());
        Assert.Equal(1, _queue.CountOf(new BulkSendId(7)));
        _queue.Hold(new BulkSendId(7), false);
        _now = _now.AddMinutes(1);
        Assert.Equal([1], Drain());
        Assert.Equal(0, _queue.CountOf(new BulkSendId(7)));
    }

    private void AddOf(int id, int contact, ulong send)
    {
        var queued = NumberDesk.Send(id, contact, null, Lane.Campaign);
        _queue.Add(queued with { Row = queued.Row with { Send = new BulkSendId(send) } }, TimeSpan.Zero);
    }
}
