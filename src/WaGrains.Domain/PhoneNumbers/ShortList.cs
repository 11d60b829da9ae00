namespace WaGrains.Domain.PhoneNumbers;

/// <summary>A list that nearly always holds one item or none, and then is no object of its own. Mutable: to be kept in
/// one field and not copied.</summary>
internal struct ShortList<T>
    where T : struct
{
    private T? _first;
    private List<T>? _others;

    /// <summary>How many it holds.</summary>
    public readonly int Count => _first is null ? 0 : 1 + (_others?.Count ?? 0);

    /// <summary>The item at a place that is taken.</summary>
    public readonly T this[int place] => place == 0 ? _first!.Value : _others![place - 1];

    /// <summary>Puts an item into this place, 0 to <see cref="Count"/>; what stood there and behind moves on.</summary>
    public void Insert(int place, T item)
    {
        if (place > 0)
        {
            (_others ??= new(1)).Insert(place - 1, item);
            return;
        }

        if (_first is { } second)
        {
            (_others ??= new(1)).Insert(0, second);
        }

        _first = item;
    }

    /// <summary>Takes the item out of this place.</summary>
    public void RemoveAt(int place)
    {
        if (place > 0)
        {
            _others!.RemoveAt(place - 1);
        }
        else
        {
            _first = _others?[0];
            _others?.RemoveAt(0);
        }

        _others = _others is { Count: 0 } ? null : _others;
    }

    /// <summary>All items in their order.</summary>
    public readonly IEnumerable<T> Items()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }
}
