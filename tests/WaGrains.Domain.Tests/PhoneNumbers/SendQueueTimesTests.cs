using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;

namespace WaGrains.Domain.Tests.PhoneNumbers;

/// <summary>The oldest message and the next deadline, against a plain look at all rows.</summary>
public sealed class SendQueueTimesTests
{
    private const int Steps = 2_000;

    private readonly SendQueue _queue = new();
    private readonly SortedDictionary<int, QueueRow> _rows = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Oldest_and_next_deadline_are_those_of_what_is_here(int seed)
    {
        var chance = new Random(seed);
        for (var step = 1; step <= Steps; step++)
        {
            Move(chance, step);
            Assert.True(
                _queue.Oldest == _rows.Values.Min(row => (DateTimeOffset?)row.QueuedAt)
                    && _queue.NextDeadline == Waiting.Min(row => (DateTimeOffset?)row.Deadline),
                $"seed {seed}, step {step}: {_queue.Oldest} and {_queue.NextDeadline} of {_rows.Count} rows");
        }
    }

    private IEnumerable<QueueRow> Waiting => _rows.Values.Where(row => row.Phase == QueuePhase.Queued);

    private void Move(Random chance, int step)
    {
        var row = _rows.Count == 0 ? null : _rows.Values.ElementAt(chance.Next(_rows.Count));
        switch (chance.Next(5))
        {
            case 0 or 1 when _rows.Count < 40:
                Add(step, chance);
                break;
            case 2 when row is { Phase: QueuePhase.Queued }:
                Set(_queue.Start(row.Message, Given.Now, Given.Now, TimeSpan.Zero).Row);
                break;
            case 3 when row is { Phase: QueuePhase.Attempting }:
                _queue.Withdraw(row.Message);
                Set(row.Withdrawn());
                break;
            case 4 when row is { Phase: QueuePhase.Attempting }:
                _queue.Return(row.Message, null);
                Set(_queue.Find(row.Message)!.Row);
                break;
            case 4 when row is not null:
                _queue.Remove(row.Message, Given.Now);
                _rows.Remove(IdOf(row));
                break;
        }
    }

    private void Add(int id, Random chance)
    {
        var send = NumberDesk.Send(id, chance.Next(1, 20), id);
        var row = send.Row with
        {
            QueuedAt = Given.Now.AddSeconds(chance.Next(100)),
            Deadline = Given.Now.AddSeconds(chance.Next(100, 200)),
        };
        _queue.Add(send with { Row = row }, TimeSpan.Zero);
        Set(row);
    }

    private void Set(QueueRow row) => _rows[IdOf(row)] = row;

    private static int IdOf(QueueRow row) => (int)(ulong)row.Message.Value;
}
