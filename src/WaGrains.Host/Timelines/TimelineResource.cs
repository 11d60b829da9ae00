using WaGrains.Domain.Ids;

namespace WaGrains.Host.Timelines;

/// <summary>What happened to a message, in order.</summary>
/// <param name="MessageId">Which message.</param>
/// <param name="Steps">Oldest first.</param>
/// <param name="Trimmed">What is not known any more, or never was: attempts, pace_history, status_times.</param>
internal sealed record TimelineResource(
    MessageId MessageId, IReadOnlyList<TimelineStep> Steps, IReadOnlyList<string> Trimmed);

/// <summary>One step.</summary>
/// <param name="At">When.</param>
/// <param name="Step">received, queued, waits, waited, attempted, answered, sent, delivered, read, played, failed,
/// expired, cancelled, unknown.</param>
/// <param name="Words">The same for a person.</param>
internal sealed record TimelineStep(DateTimeOffset At, string Step, string Words)
{
    /// <summary>Of a wait: how long it was.</summary>
    public double? Seconds { get; init; }

    /// <summary>Of a wait: how many other messages of the number left meanwhile, counted up to 10,000, or may go
    /// first.</summary>
    public int? Ahead { get; init; }

    /// <summary>Of a wait: what bound the number when it ended, or the reason of a stop that keeps the
    /// message.</summary>
    public string? Limit { get; init; }

    /// <summary>Which attempt, from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>What the attempt came to, or why the message ended: a snake_case word.</summary>
    public string? Outcome { get; init; }

    /// <summary>Meta's error code; null for none.</summary>
    public int? Code { get; init; }
}
