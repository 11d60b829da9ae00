using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>One entry of a number's pace history: its effective rate, or what binds it, has changed. Written in the
/// commit that changed it; kept 400 days.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Number">Which number.</param>
/// <param name="Entry">Counts the number's entries from 1, gap-free.</param>
/// <param name="At">When.</param>
/// <param name="Cause">What did it, a stable snake_case word: configured, day_closed, risk_quality_red, throttled,
/// paused, ...</param>
/// <param name="Binding">What binds from now on.</param>
/// <param name="Before">The effective rate until then, messages per minute; 0 before the first entry and while nothing
/// may leave.</param>
/// <param name="After">The effective rate from then on, messages per minute; 0 while nothing may leave.</param>
public sealed record PaceChanged(
    TenantId Tenant,
    PhoneNumberId Number,
    long Entry,
    DateTimeOffset At,
    string Cause,
    PaceReason Binding,
    double Before,
    double After) : Change
{
    /// <summary>This as its number's state remembers it.</summary>
    internal RecordedPace Newest => new(Entry, At, Binding, After);
}

/// <summary>The newest entry of a number's pace history, as its state remembers it.</summary>
/// <param name="Entry">Its number.</param>
/// <param name="At">When it was written.</param>
/// <param name="Binding">What binds.</param>
/// <param name="PerMinute">The effective rate, messages per minute.</param>
public sealed record RecordedPace(long Entry, DateTimeOffset At, PaceReason Binding, double PerMinute);

/// <summary>Which changes of the pace the history tells of.</summary>
internal static class PaceHistory
{
    /// <summary>
    /// Throttling and inbound move the rate with every message; the history follows them in steps of a tenth, at most
    /// one a minute, or it would hold a row for each message.
    /// </summary>
    private const double NoticeableRatio = 0.1;

    private static readonly TimeSpan NoticeableAfter = TimeSpan.FromMinutes(1);

    /// <summary>The entry to write with a number's state; null where its pace has not changed.</summary>
    /// <param name="work">The number in the state that is about to be written.</param>
    /// <param name="cause">What changed it.</param>
    /// <param name="around">What the decision may look at.</param>
    public static PaceChanged? Note(NumberAtWork work, string cause, in NumberSurroundings around)
    {
        var record = work.Record;
        var binding = Standing.Noted(work, around);
        var last = record.Recorded;
        return last is not null && !IsNews(last, binding, around.Now)
            ? null
            : new PaceChanged(
                record.Tenant, record.Id, (last?.Entry ?? 0) + 1, around.Now, cause, binding.Reason,
                last?.PerMinute ?? 0, binding.PerMinute);
    }

    /// <summary>The cause where nothing but time and traffic has gone by since the last entry.</summary>
    public static string Drift(PhoneNumberState record) => record.Recorded?.Binding switch
    {
        PaceReason.Held => "hold_ended",
        PaceReason.AccountStopped => "account_stop_ended",
        PaceReason.Throttled => "messages_accepted",
        PaceReason.PortfolioBudget => "portfolio_budget",
        PaceReason.ThroughputLevel => "inbound_traffic",
        _ => "rules_changed",
    };

    private static bool IsNews(RecordedPace last, in PaceTerm now, DateTimeOffset at) =>
        last.Binding != now.Reason
        || (!last.PerMinute.Equals(now.PerMinute)
            && (now.Reason is not (PaceReason.Throttled or PaceReason.ThroughputLevel)
                || (Math.Abs(now.PerMinute - last.PerMinute) >= last.PerMinute * NoticeableRatio
                    && at - last.At >= NoticeableAfter)));
}
