using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Conversations;

/// <summary>
/// The customer service window: 24 hours from the contact's last message, by Meta's timestamp; inside it any message
/// may be sent, outside only approved templates (error 131047; Meta, "Pricing" and "Send messages", read 2026-11-22).
/// </summary>
/// <param name="ClosesAt">See the property.</param>
public readonly record struct ServiceWindow(DateTimeOffset ClosesAt)
{
    /// <summary>How long one message keeps it open.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(24);

    private readonly Instant _closesAt = ClosesAt;

    /// <summary>When it closes; the default value was never open.</summary>
    public DateTimeOffset ClosesAt
    {
        get => _closesAt.Value;
        init => _closesAt = value;
    }

    /// <summary>Whether a free-form message may leave now.</summary>
    public bool IsOpenAt(DateTimeOffset now) => now < ClosesAt;

    /// <summary>The window after a message of the contact; an older message never shortens it.</summary>
    public ServiceWindow After(DateTimeOffset sentAt)
    {
        var closes = sentAt + Length;
        return closes > ClosesAt ? new ServiceWindow(closes) : this;
    }
}
