namespace WaGrains.Sandbox;

/// <summary>
/// What is to happen later. Equal times keep the order in which they were added, so a seed replays exactly.
/// </summary>
internal sealed class Agenda<T>
{
    private readonly PriorityQueue<T, Slot> _items = new();
    private long _added;

    public int Count => _items.Count;

    public DateTimeOffset? NextDue =>
        _items.TryPeek(out _, out var slot) ? new DateTimeOffset(slot.Ticks, TimeSpan.Zero) : null;

    public void Add(DateTimeOffset due, T item) => _items.Enqueue(item, new Slot(due.UtcTicks, _added++));

    public bool TryTakeDue(DateTimeOffset now, out T item, out DateTimeOffset due)
    {
        if (_items.TryPeek(out item!, out var slot) && slot.Ticks <= now.UtcTicks)
        {
            _items.Dequeue();
            due = new DateTimeOffset(slot.Ticks, TimeSpan.Zero);
            return true;
        }

        due = default;
        return false;
    }

    private readonly record struct Slot(long Ticks, long Order) : IComparable<Slot>
    {
        public int CompareTo(Slot other) =>
            Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks) : Order.CompareTo(other.Order);
    }
}
