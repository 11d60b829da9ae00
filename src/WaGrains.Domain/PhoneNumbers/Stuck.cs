using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>Whether a queue that could move does not: a mistake of ours, which people must hear of at once.</summary>
internal static class Stuck
{
    private const int IntervalsMax = 3;

    private static readonly TimeSpan After = TimeSpan.FromSeconds(10);

    /// <summary>Since when, or from when on, a message could start.</summary>
    /// <param name="work">The number.</param>
    /// <param name="start">When the next may start; null for none.</param>
    /// <param name="now">The present.</param>
    public static DateTimeOffset? DueSince(NumberAtWork work, DateTimeOffset? start, DateTimeOffset now) =>
        start > now ? start : start is null ? null : work.DueSince < now ? work.DueSince : now;

    /// <summary>If nothing has started until then, the queue is stuck; null where nothing is to start.</summary>
    public static DateTimeOffset? At(DateTimeOffset? dueSince, TimeSpan? interval) =>
        dueSince is not { } due || interval is not { } spacing ? null
        : IntervalsMax * spacing > After ? due + (IntervalsMax * spacing)
        : due + After;

    /// <summary>The silo has noticed: an alert, once for each time it is stuck, and another try to move it.</summary>
    public static Turn<NumberAtWork> Report(NumberAtWork work, ReportStuck report, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        var start = Pumping.NextStart(work, around);
        if (start is null || start.Value.At > around.Now || work.DueSince is not { } since || since > report.StuckAt)
        {
            return turn.Publish(around);
        }

        if (!work.IsStuck)
        {
            turn.Then(work with { IsStuck = true });
            Standing.Alarm(turn, "queue_stuck", "ready_and_not_sent", around.Now);
        }

        return turn.Publish(around);
    }
}
