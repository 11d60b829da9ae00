using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>What the number's UTC days come to: they are counted, judged while they last, and closed.</summary>
internal static class Days
{
    /// <summary>Closes the day that is over since the last turn, if one is; days without a turn had no
    /// traffic.</summary>
    public static void Close(Turn<NumberAtWork> turn, in NumberSurroundings around)
    {
        var record = turn.Next.Record;
        var today = DateOnly.FromDateTime(around.Now.UtcDateTime);
        if (record.Day >= today)
        {
            return;
        }

        var rules = around.Rules;
        var late = record.Traffic.RiskOfWholeDay(rules.Day) is { } risk && risk != record.Traffic.Told
            ? risk
            : (RiskEvent?)null;
        var before = record.WarmUp.PerMinute(rules.WarmUp);
        var next = record with
        {
            WarmUp = record.WarmUp.Decide(record.Day, record.Traffic, record.Quality, rules),
            Day = today,
            Traffic = DayTraffic.None,
        };
        if (late is { } told)
        {
            turn.Write(next, Cause(told), around);
            Standing.Alarm(turn, "number_risk", Word(told), around.Now);
        }
        else if (!next.WarmUp.PerMinute(rules.WarmUp).Equals(before))
        {
            turn.Write(next, "day_closed", around);
        }
        else
        {
            turn.Then(turn.Next with { Record = next });
        }
    }

    /// <summary>
    /// Takes over what the day has counted. It stays in memory and is written with the next attempt: losing a minute of
    /// it in a crash is harmless. A risk it shows acts at once, and once for each cause.
    /// </summary>
    public static Turn<NumberAtWork> Count(
        Turn<NumberAtWork> turn, PhoneNumberState record, in NumberSurroundings around)
    {
        if (record.Traffic.Risk(around.Rules.Day, around.Now) is not { } risk || risk == record.Traffic.Told)
        {
            return turn.Then(turn.Next with { Record = record });
        }

        var told = record with { Traffic = record.Traffic with { Told = risk } };
        turn.Write(Standing.Risk(told, around.Now), Cause(risk), around);
        Standing.Alarm(turn, "number_risk", Word(risk), around.Now);
        return turn;
    }

    /// <summary>A contact wrote back.</summary>
    public static Turn<NumberAtWork> Replied(NumberAtWork work, ContactReplied replied, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        Close(turn, around);
        if (replied.Window is { } window)
        {
            Budgeting.Opened(turn, window);
            turn.Publish(around);
        }

        var record = turn.Next.Record;
        return Count(turn, record with
        {
            Traffic = record.Traffic with
            {
                Replied = record.Traffic.Replied + 1,
                MarketingReplied = record.Traffic.MarketingReplied + (replied.ToMarketing ? 1 : 0),
            },
        }, around);
    }

    /// <summary>A contact wants no more. Written at once: a few of them decide about the number.</summary>
    public static Turn<NumberAtWork> OptedOut(NumberAtWork work, ContactOptedOut optedOut, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        Close(turn, around);
        var record = turn.Next.Record;
        var traffic = record.Traffic.WithOptOut(optedOut.Conversation);
        if (ReferenceEquals(traffic, record.Traffic))
        {
            return turn;
        }

        Count(turn, record with { Traffic = traffic }, around);
        return turn.Changes.Count > 0 ? turn.Publish(around) : turn.Write(turn.Next.Record, "opt_out", around);
    }

    private static string Cause(RiskEvent risk) => "risk_" + Word(risk);

    private static string Word(RiskEvent risk) => risk switch
    {
        RiskEvent.SpamRestriction => "spam_restriction",
        RiskEvent.PolicyBlock => "policy_restriction",
        RiskEvent.QualityRed => "quality_red",
        RiskEvent.UnansweredBurst => "unanswered_burst",
        RiskEvent.OptOutRatio => "opt_out_ratio",
    };
}
