using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Forecasts;

/// <summary>How a bulk send would go if it began now and nothing else changed.</summary>
/// <param name="StartAt">When its first message would leave; null where none would within
/// <see cref="Forecaster.Horizon"/>.</param>
/// <param name="FinishAt">When its last one would, if no deadline came before; null where that is beyond the
/// horizon.</param>
/// <param name="Late">Recipients whose turn would not come before the deadline.</param>
/// <param name="Limit">What takes most of the time.</param>
/// <param name="Numbers">What each number would do of it, in the order asked.</param>
public sealed record SendForecast(
    DateTimeOffset? StartAt,
    DateTimeOffset? FinishAt,
    int Late,
    ForecastLimit Limit,
    IReadOnlyList<NumberForecast> Numbers);

/// <summary>A number's share of a bulk send.</summary>
/// <param name="Number">Which number.</param>
/// <param name="Messages">How many it would send within the horizon.</param>
/// <param name="StartAt">When it would send its first; null where it would send none.</param>
/// <param name="FinishAt">When it would send its last.</param>
/// <param name="PerMinute">Its pace now, messages per minute; 0 while nothing may leave.</param>
/// <param name="LastPerMinute">Its pace on the last day, messages per minute: warmed up, where that is how it is
/// paced.</param>
/// <param name="Limit">What takes most of its time.</param>
public sealed record NumberForecast(
    PhoneNumberId Number,
    int Messages,
    DateTimeOffset? StartAt,
    DateTimeOffset? FinishAt,
    double PerMinute,
    double LastPerMinute,
    ForecastLimit Limit);

/// <summary>What a bulk send waits for most.</summary>
public enum ForecastLimit
{
    /// <summary>What the number has earned so far.</summary>
    WarmUp = 1,

    /// <summary>Meta's throughput level.</summary>
    ThroughputLevel = 2,

    /// <summary>The number's plan.</summary>
    Plan = 3,

    /// <summary>Meta has asked to wait.</summary>
    Held = 4,

    /// <summary>Somebody has paused it: no time helps.</summary>
    Paused = 5,

    /// <summary>Meta refuses it, its account or what is sent: time helps only where the stop has an end.</summary>
    Stopped = 6,

    /// <summary>What waits in its queue, what keeps coming and is more urgent, and what other bulk sends have left to
    /// send.</summary>
    Queue = 7,

    /// <summary>Recipients are asleep.</summary>
    QuietHours = 8,
}
