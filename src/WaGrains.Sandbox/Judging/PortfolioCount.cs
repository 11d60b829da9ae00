using System.Globalization;

namespace WaGrains.Sandbox.Judging;

/// <summary>
/// How many different people the numbers of one business portfolio have written to outside a service window within any
/// 24 hours, and whether one more is too many (facts 4.4). Exact: a person counts from the accepted send on, and ceases
/// 24 hours after the last delivery or, where nothing was ever delivered, with the failure.
/// </summary>
/// <param name="limit">People; 0 for no limit, and then nobody is counted.</param>
/// <param name="isEnforced">Whether a send beyond it is refused, or only counted as an overrun.</param>
internal sealed class PortfolioCount(int limit, bool isEnforced)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private readonly Dictionary<string, User> _users = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, long> _ends = new();

    public int Limit { get; set; } = limit;

    public int Peak { get; private set; }

    public long Refused { get; private set; }

    public long Overruns { get; private set; }

    /// <summary>The limit as Meta's reads name it.</summary>
    public string Tier => Limit == 0 ? "TIER_UNLIMITED"
        : Limit % 1000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"TIER_{Limit / 1000}K")
        : string.Create(CultureInfo.InvariantCulture, $"TIER_{Limit}");

    /// <summary>People who count now.</summary>
    public int UsersAt(DateTimeOffset now)
    {
        while (_ends.TryPeek(out var key, out var end) && end <= now.UtcTicks)
        {
            _ends.Dequeue();
            DropIfOver(key, now);
        }

        return _users.Count;
    }

    /// <summary>Whether a send to this person must be refused.</summary>
    public bool Refuses(string key, DateTimeOffset now)
    {
        if (Limit == 0 || UsersAt(now) < Limit || _users.ContainsKey(key))
        {
            return false;
        }

        Refused += isEnforced ? 1 : 0;
        Overruns += isEnforced ? 0 : 1;
        return isEnforced;
    }

    /// <summary>A send to this person was accepted.</summary>
    public void Accepted(string key, DateTimeOffset now)
    {
        var user = _users.GetValueOrDefault(key);
        _users[key] = user with { Pending = user.Pending + 1 };
        Peak = Math.Max(Peak, UsersAt(now));
    }

    /// <summary>A send to this person was delivered.</summary>
    public void Delivered(string key, DateTimeOffset at)
    {
        var user = _users.GetValueOrDefault(key);
        var end = Math.Max(user.EndTicks, (at + Window).UtcTicks);
        _users[key] = new User(user.Pending - 1, end);
        _ends.Enqueue(key, end);
    }

    /// <summary>A send to this person has failed.</summary>
    public void Failed(string key, DateTimeOffset at)
    {
        var user = _users.GetValueOrDefault(key);
        _users[key] = user with { Pending = user.Pending - 1 };
        DropIfOver(key, at);
    }

    private void DropIfOver(string key, DateTimeOffset now)
    {
        if (_users.TryGetValue(key, out var user) && user.Pending == 0 && user.EndTicks <= now.UtcTicks)
        {
            _users.Remove(key);
        }
    }

    private readonly record struct User(int Pending, long EndTicks);
}
