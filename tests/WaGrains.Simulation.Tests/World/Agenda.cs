namespace WaGrains.Simulation.Tests.World;

/// <summary>What happens when; what is due at one instant happens in the order it was written down.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (long Ticks, long Turn)> _queue = new();
    private long _turn;

    public int Count => _queue.Count;

    public void Add(DateTimeOffset at, Action action) => _queue.Enqueue(action, (at.UtcTicks, ++_turn));

    public bool TryTake(DateTimeOffset until, out DateTimeOffset at, out Action action)
    {
        (at, action) = (default, static () => { });
        if (!_queue.TryPeek(out _, out var due) || due.Ticks > until.UtcTicks)
        {
            return false;
        }

        action = _queue.Dequeue();
        at = new DateTimeOffset(due.Ticks, TimeSpan.Zero);
        return true;
    }
}
