using System.Globalization;
using System.Text;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.PhoneNumbers;

/// <summary>
/// Ten weeks in the life of a number, as a text to be read: good weeks, a risk event and the way back, YELLOW, a pause,
/// throttling, and at last the official path with an upgrade. <c>WAGRAINS_UPDATE_GOLDENS=1</c> writes what is instead
/// of comparing.
/// </summary>
public sealed class LifeOfANumberTests
{
    private const int SentADay = 30;

    private readonly StringBuilder _story = new();
    private readonly List<PaceChanged> _entries = [];
    private readonly NumberDesk _desk;
    private int _message;

    public LifeOfANumberTests()
    {
        _desk = new NumberDesk(new PhoneNumberSettings { PhoneNumberId = "1", Policy = SendingPolicy.WarmUp });
        Note();
        _desk.Now = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    }

    [Fact]
    public void Ten_weeks_read_as_they_were_told()
    {
        Tell("week 1: a new number, and customers who answer");
        GoodDays(21);
        Tell("week 4: Meta restricts it for spam; the operator resumes it an hour later");
        Say(new QualityChanged(QualityEvent.Risk, "spam_restriction", _desk.Now));
        Say(new QualityChanged(QualityEvent.Stop, "spam_restriction", _desk.Now));
        _desk.Now += TimeSpan.FromHours(1);
        Say(new QualityChanged(QualityEvent.Resume, "operator", _desk.Now));
        Say(new QualityChanged(QualityEvent.Green, "told", _desk.Now));
        NextDay();
        GoodDays(13);
        Tell("week 6: quality YELLOW for five days");
        Say(new QualityChanged(QualityEvent.Yellow, "told", _desk.Now));
        GoodDays(5);
        Say(new QualityChanged(QualityEvent.Green, "told", _desk.Now));
        GoodDays(9);
        Tell("week 8: marketing to 300, of whom nobody answers");
        UnansweredBurst();
        NextDay();
        GoodDays(6);
        Tell("week 9: an operator pauses it over night");
        Say(new QualityChanged(QualityEvent.Pause, "operator", _desk.Now));
        _desk.Now += TimeSpan.FromHours(12);
        Say(new QualityChanged(QualityEvent.Resume, "operator", _desk.Now));
        NextDay();
        GoodDays(6);
        Tell("week 10: the official path, throttled once, then raised to HIGH");
        Say(new ConfigureNumber(_desk.Record.Settings with { Policy = SendingPolicy.Cloud }, null));
        Throttled();
        Say(new QualityChanged(QualityEvent.Upgrade, "throughput_upgrade", _desk.Now));
        GoodDays(5);
        Tell("the end");

        Golden.Holds("pace/ten_weeks_of_a_number.txt", _story.ToString());
    }

    [Fact]
    public void Every_entry_begins_where_the_one_before_has_ended()
    {
        GoodDays(30);
        Say(new QualityChanged(QualityEvent.Risk, "quality_red", _desk.Now));
        GoodDays(30);
        Assert.Equal(Enumerable.Range(1, _entries.Count).Select(n => (long)n), _entries.Select(entry => entry.Entry));
        Assert.Equal(_entries.SkipLast(1).Select(entry => entry.After), _entries.Skip(1).Select(entry => entry.Before));
        Assert.Equal(
            _entries.Count, _entries.Zip(_entries.Skip(1)).Count(pair =>
                (pair.First.After, pair.First.Binding) != (pair.Second.After, pair.Second.Binding)) + 1);
    }

    private void GoodDays(int days)
    {
        for (var day = 0; day < days; day++)
        {
            for (var i = 0; i < SentADay; i++)
            {
                Exchange(Given.Text("x"), Lane.Reply);
                _desk.Now += TimeSpan.FromMinutes(1);
                if (i % 3 == 0)
                {
                    Say(ContactReplied.Message);
                }
            }

            NextDay();
        }
    }

    private void UnansweredBurst()
    {
        for (var i = 0; i < 300; i++)
        {
            Exchange(Given.Marketing, Lane.Campaign);
            _desk.Now += TimeSpan.FromMinutes(1);
        }
    }

    private void Throttled()
    {
        var id = Queue(Given.Text("x"), Lane.Reply);
        _desk.Complete(id, NumberDesk.Refused(130429));
        Note();
        _desk.Now += TimeSpan.FromMinutes(1);
        _desk.Pump();
        Note();
        _desk.Complete(id, SendOutcome.Accepted("w", null), attempt: 2);
        for (var i = 0; i < 60; i++)
        {
            _desk.Now += TimeSpan.FromMinutes(1);
            Exchange(Given.Text("x"), Lane.Reply);
        }
    }

    private void Exchange(MessageContent content, Lane lane)
    {
        var id = Queue(content, lane);
        if (_desk.Rows.Any(row => row.Message == Given.Id(id) && row.Phase == QueuePhase.Attempting))
        {
            _desk.Complete(id, SendOutcome.Accepted("w", null));
            Note();
        }
    }

    private int Queue(MessageContent content, Lane lane)
    {
        var send = NumberDesk.Send(++_message, contact: _message, lane: lane);
        _desk.Queue(send with { Content = content, Row = send.Row with { Deadline = _desk.Now.AddDays(1) } });
        _desk.Pump();
        Note();
        return _message;
    }

    private void NextDay() =>
        _desk.Now = new DateTimeOffset(_desk.Now.UtcDateTime.Date.AddDays(1).AddHours(9), default);

    private void Say(OwnerMessage message)
    {
        _desk.Tell(message);
        Note();
    }

    private void Note()
    {
        foreach (var entry in _desk.Changes<PaceChanged>())
        {
            _entries.Add(entry);
            _story.Append(CultureInfo.InvariantCulture,
                $"{entry.At:yyyy-MM-dd HH:mm}  {entry.Before,8:0.00} -> {entry.After,8:0.00}  {entry.Binding,-15} ")
                .Append(entry.Cause).Append('\n');
        }

        foreach (var alert in _desk.Changes<AlertRaised>())
        {
            _story.Append(CultureInfo.InvariantCulture, $"{alert.At:yyyy-MM-dd HH:mm}  alert {alert.Kind}: ")
                .Append(alert.Detail).Append('\n');
        }
    }

    private void Tell(string title)
    {
        var report = (PaceReport)_desk.Tell(new ReadPace()).Reply;
        var binding = report.Terms[0];
        _story.Append(CultureInfo.InvariantCulture, $"\n# {_desk.Now:yyyy-MM-dd}  {title}\n")
            .Append(CultureInfo.InvariantCulture, $"  now {report.PerMinute:0.00}/min, bound by {binding.Reason}, ")
            .Append(CultureInfo.InvariantCulture, $"lifted by {binding.Lift}, ")
            .Append(CultureInfo.InvariantCulture, $"{_desk.Record.WarmUp.GoodDays} good days\n");
    }
}
