using WaGrains.Domain.Ids;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// What a number knows of its portfolio's budget: which of its messages have some, which were asked for, which were
/// refused. Memory alone; what is forgotten is asked for again, at no cost. Mutable.
/// </summary>
public sealed class BudgetInHand
{
    /// <summary>An answer that has not come by then is lost.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

    private readonly HashSet<MessageId> _granted = [];
    private readonly Dictionary<MessageId, DateTimeOffset> _asked = [];
    private readonly Dictionary<MessageId, long> _places = [];
    private readonly SortedDictionary<long, MessageId> _refused = [];
    private long _place;

    /// <summary>Nobody needs to be counted before this; null where a limit is counted.</summary>
    public DateTimeOffset? OpenUntil { get; private set; }

    /// <summary>When what was refused is asked for again; null while nothing is.</summary>
    public DateTimeOffset? RetryAt { get => _refused.Count > 0 ? field : null; set; }

    /// <summary>Messages that were refused and wait.</summary>
    public int Refused => _refused.Count;

    /// <summary>Whether nothing has been refused and no answer is to come: nobody waits for budget.</summary>
    public bool IsIdle => _refused.Count == 0 && _asked.Count == 0;

    /// <summary>Answers that are awaited.</summary>
    public int Asked => _asked.Count;

    /// <summary>Whether this message may be sent.</summary>
    public bool Covers(MessageId message, DateTimeOffset now) => OpenUntil > now || _granted.Contains(message);

    /// <summary>Whether this message was asked for, and the answer may still come.</summary>
    public bool IsAsked(MessageId message, DateTimeOffset now) =>
        _asked.TryGetValue(message, out var at) && at + AskAgainAfter > now;

    /// <summary>Whether this message was refused.</summary>
    public bool IsRefused(MessageId message) => _places.ContainsKey(message);

    /// <summary>The refused ones that have waited longest.</summary>
    public IEnumerable<MessageId> Longest(int most) => _refused.Values.Take(most);

    /// <summary>It has been asked for.</summary>
    public void Ask(MessageId message, DateTimeOffset now) => _asked[message] = now;

    /// <summary>Answers that should have come by now are awaited no more.</summary>
    public void ForgetLost(DateTimeOffset now)
    {
        foreach (var (message, at) in _asked)
        {
            if (at + AskAgainAfter <= now)
            {
                _asked.Remove(message);
            }
        }
    }

    /// <summary>It may be sent.</summary>
    public void Grant(MessageId message)
    {
        Forget(message);
        _granted.Add(message);
    }

    /// <summary>It must wait; one that was refused before keeps its place.</summary>
    public void Refuse(MessageId message)
    {
        _asked.Remove(message);
        if (_places.TryAdd(message, _place))
        {
            _refused[_place++] = message;
        }
    }

    /// <summary>Nobody needs to be counted before this.</summary>
    public void Open(DateTimeOffset until)
    {
        OpenUntil = until;
        RetryAt = null;
        _asked.Clear();
        _places.Clear();
        _refused.Clear();
    }

    /// <summary>A limit may be counted from now on.</summary>
    public void Close() => OpenUntil = null;

    /// <summary>The message is gone, or needs no budget.</summary>
    /// <returns>Whether the portfolio may hold some for it.</returns>
    public bool Forget(MessageId message)
    {
        if (_places.Remove(message, out var place))
        {
            _refused.Remove(place);
        }

        // Both: one that was granted may have been asked for again.
        return _granted.Remove(message) | _asked.Remove(message);
    }

    /// <summary>Another portfolio: all of it is void.</summary>
    public void Clear()
    {
        _granted.Clear();
        Open(DateTimeOffset.MinValue);
        OpenUntil = null;
    }
}
