using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>How a number stands with Meta, and what that makes of its rate.</summary>
internal static class Standing
{
    /// <summary>The rate at which it sends, and why not faster.</summary>
    public static EffectiveRate Rate(PhoneNumberState record, in NumberSurroundings around) =>
        record.Settings.Policy.Rate(
            record.WarmUp,
            record.Pacing.Term(record.Since),
            record.Settings.Throughput.Term(around.InboundPerMinute, record.Since),
            new PaceTerm(PaceReason.Plan, Ceiling(record.Settings), record.Since, PaceLift.PlanChange));

    private static double Ceiling(PhoneNumberSettings settings) => settings.CeilingPerMinute ?? settings.Policy switch
    {
        SendingPolicy.WarmUp => WarmUp.PerMinuteMax,
        SendingPolicy.Cloud => settings.Throughput.PerMinute(),
    };

    /// <summary>Closes every day that is over since the last turn; days without a turn had no traffic.</summary>
    public static PhoneNumberState CloseDays(PhoneNumberState record, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return record.Day >= today
            ? record
            : record with
            {
                WarmUp = record.WarmUp.Decide(record.Day, record.Traffic, record.Quality),
                Day = today,
                Traffic = DayTraffic.None,
            };
    }

    /// <summary>A risk event: down to the recovery rate at once.</summary>
    public static PhoneNumberState Risk(PhoneNumberState record, DateTimeOffset now) => record with
    {
        WarmUp = record.WarmUp.OnRisk(now),
        Traffic = record.Traffic with { RiskEvents = record.Traffic.RiskEvents + 1 },
    };

    public static NumberAtWork Replied(NumberAtWork work, DateTimeOffset now)
    {
        var record = CloseDays(work.Record, now);
        return work with
        {
            Record = record with { Traffic = record.Traffic with { Replied = record.Traffic.Replied + 1 } },
        };
    }

    public static Turn<NumberAtWork> Configure(
        NumberAtWork work, ConfigureNumber configure, in NumberSurroundings around)
    {
        var settings = configure.Settings;
        var record = work.Record with
        {
            Settings = settings,
            Pacing = work.Record.Pacing.WithCeiling(settings.Throughput.PerMinute()),
        };
        return Turn.Accept(work).Write(record)
            .Keep(record.Tenant, configure.Idempotency, around.Now)
            .Publish(around);
    }

    public static Turn<NumberAtWork> Changed(NumberAtWork work, QualityChanged changed, in NumberSurroundings around)
    {
        var record = CloseDays(work.Record, around.Now);
        var next = changed.Event switch
        {
            QualityEvent.Green => record with { Quality = QualityRating.Green },
            QualityEvent.Yellow => record with { Quality = QualityRating.Yellow },
            QualityEvent.Risk => Risk(record with { Quality = QualityRating.Red }, around.Now),
            QualityEvent.Stop => record with { Stopped = changed.Reason },
            QualityEvent.Resume => record with { Stopped = null, HeldUntil = null },
        };
        var turn = Turn.Accept(work).Write(next);
        if (changed.Event is QualityEvent.Risk or QualityEvent.Stop)
        {
            Alarm(turn, changed.Event == QualityEvent.Risk ? "number_risk" : "number_stopped", changed.Reason,
                around.Now);
        }

        return turn.Publish(around);
    }

    /// <summary>Raises an alert about this number.</summary>
    public static void Alarm(Turn<NumberAtWork> turn, string kind, string reason, DateTimeOffset now)
    {
        var record = turn.Next.Record;
        turn.Change(new AlertRaised(
            record.Tenant,
            MessageId.New(now, ((UInt128)record.Id.Value << 16) | (ushort)record.Version),
            now,
            kind,
            record.Id.ToString(),
            $"Reason: {reason}."));
        turn.Emit(new Seen(record.Tenant, kind, record.Id.ToString(), reason));
    }

    public static PaceReport Report(NumberAtWork work, in NumberSurroundings around)
    {
        var (record, queue) = work;
        var rate = Rate(record, around);
        return new PaceReport(
            record,
            record.Stopped is null ? rate.Binding.PerMinute : 0,
            rate.Terms,
            queue.Waiting,
            queue.UnderWay,
            record.Stopped is not null
                ? null
                : EffectiveRate.EmptyAt(
                    queue.Count, record.Slot.WithRate(rate.Binding.PerMinute, around.Now), around.Now));
    }
}
