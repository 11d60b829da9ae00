using WaGrains.Domain.Ids;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>An attempt that has started and is not settled.</summary>
/// <param name="Message">The message.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Healthy">The intake's healthy time when it started: doubt ends only in healthy time (MUST W1).</param>
public readonly record struct Doubt(MessageId Message, int Attempt, DateTimeOffset StartedAt, TimeSpan Healthy)
{
    /// <summary>Whether the recipient's next message still waits for this answer.</summary>
    public bool Holds { get; init; } = true;

    /// <summary>Whether its row was read once more at the end: a status may have settled it whose hint was
    /// lost.</summary>
    public Looks Looks { get; init; }
}

/// <summary>How far the last look at a doubt's row has come.</summary>
public enum Looks
{
    /// <summary>Not yet its time.</summary>
    None,

    /// <summary>Asked for.</summary>
    Asked,

    /// <summary>The row was read since, and says no more than before.</summary>
    Taken,
}
