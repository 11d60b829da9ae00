using System.Globalization;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Errors;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>How a number stands with Meta, and what that makes of its rate.</summary>
internal static class Standing
{
    /// <summary>Meta is raising the number's level, which takes up to a minute (Meta, "Throughput").</summary>
    private const int Maintenance = 131057;

    /// <summary>A hold that is over sooner is part of throttling, and no event of the number's history.</summary>
    private static readonly TimeSpan HoldWorthNoting = TimeSpan.FromMinutes(1);

    /// <summary>The rate at which it sends when it may, and why not faster.</summary>
    public static EffectiveRate Rate(PhoneNumberState record, in NumberSurroundings around) =>
        record.Settings.Policy.Rate(
            record.WarmUp.Term(around.Rules.WarmUp, around.Now),
            record.Pacing.Term(record.Since),
            record.Settings.Throughput.Term(around.InboundPerMinute, record.LevelSince ?? record.Since),
            new PaceTerm(
                PaceReason.Plan, Ceiling(record.Settings, around.Rules.WarmUp), record.Since, PaceLift.PlanChange));

    /// <summary>Everything that limits it now, what binds first: holds, then rates.</summary>
    /// <param name="work">The number.</param>
    /// <param name="around">What a decision may look at.</param>
    public static IReadOnlyList<PaceTerm> Terms(NumberAtWork work, in NumberSurroundings around) =>
        [.. Holds(work, around, isForHistory: false), .. Rate(work.Record, around).Terms];

    /// <summary>What its history says binds: a hold that is worth noting, or else the smallest rate.</summary>
    public static PaceTerm Noted(NumberAtWork work, in NumberSurroundings around) =>
        Holds(work, around, isForHistory: true) is [var hold, ..] ? hold : Rate(work.Record, around).Binding;

    private static List<PaceTerm> Holds(NumberAtWork work, in NumberSurroundings around, bool isForHistory)
    {
        var record = work.Record;
        List<PaceTerm> terms = [];
        if (record.Stopped is { } why)
        {
            terms.Add(new PaceTerm(
                PaceReason.Stopped, 0, record.StoppedSince ?? record.Since, StopLift(record)) { Detail = why });
        }

        if (Stopped.OfAccount(work, around) is { } stop)
        {
            terms.Add(new PaceTerm(PaceReason.AccountStopped, 0, stop.Since, stop.Lift)
            {
                Until = stop.Until,
                Detail = stop.Reason,
            });
        }

        if (record.PausedSince is { } paused)
        {
            terms.Add(new PaceTerm(PaceReason.Paused, 0, paused, PaceLift.Operator) { Detail = "paused_by_operator" });
        }

        if (record.HeldUntil is { } until && until > around.Now)
        {
            var since = record.HeldSince ?? record.Since;
            if (!isForHistory || until - since >= HoldWorthNoting)
            {
                terms.Add(new PaceTerm(PaceReason.Held, 0, since, PaceLift.Time)
                {
                    Until = until,
                    Detail = record.HeldFor ?? "throttled",
                });
            }
        }

        if (record.BudgetSince is { } lacking)
        {
            terms.Add(new PaceTerm(PaceReason.PortfolioBudget, 0, lacking, PaceLift.Time)
            {
                Until = record.BudgetUntil,
                Detail = "messaging_limit",
            });
        }

        return terms;
    }

    /// <summary>What lifts the stop of this number; meaningful only while it is stopped.</summary>
    private static PaceLift StopLift(PhoneNumberState record) =>
        record.StoppedSince is not null && record.Stopped is { } why
            ? ErrorTable.Of(new SendError(record.StoppedCode, why, null)) is { Stops: ErrorReach.Number } policy
                ? policy.Lift
                : PaceLift.Operator
            : PaceLift.Operator;

    private static double Ceiling(PhoneNumberSettings settings, WarmUpRules rules) =>
        settings.CeilingPerMinute ?? settings.Policy switch
        {
            SendingPolicy.WarmUp => rules.CeilingPerMinute,
            SendingPolicy.Cloud => settings.Throughput.PerMinute(),
        };

    /// <summary>A risk event: down to the recovery rate at once.</summary>
    public static PhoneNumberState Risk(PhoneNumberState record, DateTimeOffset now) => record with
    {
        WarmUp = record.WarmUp.OnRisk(now),
        Traffic = record.Traffic with { RiskEvents = record.Traffic.RiskEvents + 1 },
    };

    /// <summary>Nothing leaves before this; a hold that ends later stays.</summary>
    /// <param name="record">The number.</param>
    /// <param name="until">The end; null for none.</param>
    /// <param name="why">A snake_case word; null for throttling.</param>
    /// <param name="now">The present.</param>
    public static PhoneNumberState Hold(
        PhoneNumberState record, DateTimeOffset? until, string? why, DateTimeOffset now) =>
        until is null || record.HeldUntil > until ? record : record with
        {
            HeldUntil = until,
            HeldFor = why,
            HeldSince = record.HeldUntil > now && record.HeldFor == why ? record.HeldSince : now,
        };

    public static Turn<NumberAtWork> Configure(
        NumberAtWork work, ConfigureNumber configure, in NumberSurroundings around)
    {
        var settings = configure.Settings;
        var isSameLevel = settings.Throughput == work.Record.Settings.Throughput;
        var isFreed = settings.SealedToken != work.Record.Settings.SealedToken
            && work.Record.Stopped is not null && StopLift(work.Record) == PaceLift.NewToken;
        var record = (isFreed ? Unstopped(work.Record) : work.Record) with
        {
            Settings = settings,
            Pacing = work.Record.Pacing.WithCeiling(settings.Throughput.PerMinute()),
            LevelSince = isSameLevel ? work.Record.LevelSince : around.Now,
        };
        if (settings.Portfolio != work.Record.Settings.Portfolio)
        {
            work.Queue.Budget.Clear();
            work.Queue.ResumeAll();
            record = record with { BudgetSince = null, BudgetUntil = null };
        }

        return Budgeting.Join(Turn.Accept(work).Write(record, "configured", around))
            .Keep(record.Tenant, configure.Idempotency, around.Now)
            .Publish(around);
    }

    public static Turn<NumberAtWork> Changed(NumberAtWork work, QualityChanged changed, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        Days.Close(turn, around);
        var record = turn.Next.Record;
        switch (changed.Event)
        {
            case QualityEvent.Green:
                turn.Write(record with { Quality = QualityRating.Green }, "quality_green", around);
                break;

            case QualityEvent.Yellow:
                turn.Write(record with { Quality = QualityRating.Yellow }, "quality_yellow", around);
                break;

            case QualityEvent.Risk:
                turn.Write(
                    Risk(record with { Quality = QualityRating.Red }, around.Now), "risk_" + changed.Reason, around);
                Alarm(turn, "number_risk", changed.Reason, around.Now);
                break;

            case QualityEvent.Stop:
                turn.Write(
                    record with { Stopped = changed.Reason, StoppedCode = 0, StoppedSince = around.Now },
                    "stopped",
                    around);
                Alarm(turn, "number_stopped", changed.Reason, around.Now);
                break;

            case QualityEvent.Pause when record.PausedSince is null:
                turn.Write(record with { PausedSince = around.Now }, "paused", around);
                Alarm(turn, "number_paused", changed.Reason, around.Now);
                break;

            case QualityEvent.Resume when record.IsStopped || record.HeldUntil is not null:
                turn.Write(Freed(record), "resumed", around);
                break;

            case QualityEvent.Upgrade when record.Settings.Throughput == ThroughputLevel.Standard:
                turn.Write(Upgraded(record, around.Now), "throughput_upgrade", around);
                break;

            case QualityEvent.Pause or QualityEvent.Resume or QualityEvent.Upgrade:
                break;
        }

        return turn.Publish(around);
    }

    private static PhoneNumberState Unstopped(PhoneNumberState record) =>
        record with { Stopped = null, StoppedCode = 0, StoppedSince = null };

    private static PhoneNumberState Freed(PhoneNumberState record) => Unstopped(record) with
    {
        PausedSince = null,
        HeldUntil = null,
        HeldFor = null,
        HeldSince = null,
    };

    /// <summary>Meta has raised the level: the wait it asked for meanwhile is over too.</summary>
    private static PhoneNumberState Upgraded(PhoneNumberState record, DateTimeOffset now)
    {
        var isWaiting = record.HeldFor == ErrorTable.Find(Maintenance)!.Reason;
        return record with
        {
            Settings = record.Settings with { Throughput = ThroughputLevel.High },
            Pacing = record.Pacing.WithCeiling(ThroughputLevel.High.PerMinute()),
            LevelSince = now,
            HeldUntil = isWaiting ? null : record.HeldUntil,
            HeldFor = isWaiting ? null : record.HeldFor,
            HeldSince = isWaiting ? null : record.HeldSince,
        };
    }

    /// <summary>Raises an alert about this number.</summary>
    public static void Alarm(
        Turn<NumberAtWork> turn, string kind, string reason, DateTimeOffset now, ErrorAlert? alert = null)
    {
        var record = turn.Next.Record;

        // Derived from all that tells two alerts of one moment apart: a second row under one id would void the turn.
        var name = string.Create(
            CultureInfo.InvariantCulture, $"alert\n{record.Id}\n{record.Version}\n{kind}\n{reason}\n{now.Ticks}");
        turn.Change(new AlertRaised(
            record.Tenant,
            MessageId.Inbound(record.Tenant, name, now),
            now,
            kind,
            record.Id.ToString(),
            alert is null ? $"Reason: {reason}." : $"{alert.Text} Reason: {reason}.")
        {
            Severity = alert?.Severity ?? AlertSeverity.Warning,
        });
        turn.Emit(Seen.Of(record.Tenant, kind, record.Id, reason));
    }

    public static PaceReport Report(NumberAtWork work, in NumberSurroundings around)
    {
        var (record, queue) = work;
        var terms = Terms(work, around);
        var rate = Rate(record, around).Binding.PerMinute;
        var from = record.HeldUntil > around.Now ? record.HeldUntil.Value : around.Now;
        return new PaceReport(
            record,
            terms[0].PerMinute,
            terms,
            queue.Waiting,
            queue.UnderWay,
            Stopped.IsAt(work, around) || record.BudgetSince is not null
                ? null
                : EffectiveRate.EmptyAt(queue.Count, record.Slot.WithRate(rate, around.Now), from))
        {
            Stops = Stopped.Shown(work, around),
        };
    }
}
