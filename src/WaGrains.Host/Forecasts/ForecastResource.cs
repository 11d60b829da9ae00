using WaGrains.Domain.Forecasts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Forecasts;

/// <summary>How a bulk send would go if it began now.</summary>
/// <param name="StartAt">When its first message would leave; null where none would within 60 days.</param>
/// <param name="FinishAt">When its last one would if no deadline came before; null where that is more than 60 days
/// off.</param>
/// <param name="DurationSeconds">From now until then.</param>
/// <param name="Deadline">What has not left by then would not leave any more.</param>
/// <param name="Limit">What takes most of the time.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="Recipients">Who would be written to, and who would not.</param>
/// <param name="Numbers">Each number's share.</param>
/// <param name="Cost">What Meta would charge.</param>
/// <param name="Assumes">What was taken for granted.</param>
internal sealed record ForecastResource(
    DateTimeOffset? StartAt,
    DateTimeOffset? FinishAt,
    double? DurationSeconds,
    DateTimeOffset Deadline,
    ForecastLimit Limit,
    string Reason,
    ForecastRecipients Recipients,
    IReadOnlyList<NumberForecastResource> Numbers,
    ForecastCost Cost,
    IReadOnlyList<string> Assumes)
{
    private static readonly string[] Granted =
    [
        "Numbers keep their present pace; one that warms up has a good day every day.",
        "More urgent messages keep coming as in the last ten minutes; no other send begins.",
        "Meta takes every message at the first attempt, and does not throttle.",
    ];

    public static ForecastResource Of(
        ForecastQuestion question, SendForecast forecast, ForecastRecipients recipients, ForecastCost cost) => new(
        forecast.StartAt,
        forecast.FinishAt,
        forecast.FinishAt is null ? null : Math.Round((forecast.FinishAt - cost.AsOf)!.Value.TotalSeconds),
        question.Deadline,
        forecast.Limit,
        Words(forecast.Limit),
        recipients,
        [.. forecast.Numbers.Select(NumberForecastResource.Of)],
        cost,
        Granted);

    /// <summary>What a person is told of it.</summary>
    public static string Words(ForecastLimit limit) => limit switch
    {
        ForecastLimit.WarmUp => "The numbers have not earned a higher rate yet: good days raise it.",
        ForecastLimit.ThroughputLevel => "Meta's throughput level: Meta raises it by itself.",
        ForecastLimit.Plan => "The ceiling of the numbers' plan.",
        ForecastLimit.Held => "Meta has asked to wait.",
        ForecastLimit.Paused => "The numbers are paused: nothing leaves until somebody resumes them.",
        ForecastLimit.Stopped => "Meta refuses the numbers, their account or the template: see pace and stops.",
        ForecastLimit.Queue => "What the numbers send besides: their queues, answers in conversations, other sends.",
        ForecastLimit.QuietHours => "Recipients are asleep: marketing waits for their morning.",
    };
}

/// <summary>A number's share of a forecast.</summary>
/// <param name="NumberId">Which number.</param>
/// <param name="Messages">How many it would send.</param>
/// <param name="StartAt">When its first would leave; null where none would.</param>
/// <param name="FinishAt">When its last would.</param>
/// <param name="PerMinute">Its pace now, messages per minute; 0 while nothing may leave.</param>
/// <param name="LastPerMinute">Its pace on the last day.</param>
/// <param name="Limit">What takes most of its time.</param>
internal sealed record NumberForecastResource(
    PhoneNumberId NumberId,
    int Messages,
    DateTimeOffset? StartAt,
    DateTimeOffset? FinishAt,
    double PerMinute,
    double LastPerMinute,
    ForecastLimit Limit)
{
    public static NumberForecastResource Of(NumberForecast number) => new(
        number.Number, number.Messages, number.StartAt, number.FinishAt, number.PerMinute,
        Math.Round(number.LastPerMinute, 2), number.Limit);
}

/// <summary>Who would be written to, and who would not.</summary>
/// <param name="Listed">How many the list names.</param>
/// <param name="WrittenTo">How many would be written to, in time or late.</param>
/// <param name="Late">Of those, how many the deadline would overtake.</param>
/// <param name="Invalid">How many cannot be written to, by code: invalid_phone, duplicate_recipient,
/// variable_missing, ... A send with any of them is refused as a whole.</param>
/// <param name="Refused">How many would be refused, by code: contact_opted_out, frequency_capped,
/// service_window_closed, ...</param>
/// <param name="Sampled">How many were looked up for that; the others were taken to be like them.</param>
/// <param name="Mistakes">The first mistakes, at most 20.</param>
internal sealed record ForecastRecipients(
    int Listed,
    int WrittenTo,
    int Late,
    IReadOnlyDictionary<string, int> Invalid,
    IReadOnlyDictionary<string, int> Refused,
    int Sampled,
    IReadOnlyList<FieldMistake> Mistakes)
{
    public static ForecastRecipients Of(
        RecipientSurvey survey, IReadOnlyDictionary<string, int> refused, int writtenTo, int late) => new(
        survey.Listed, writtenTo, late, survey.Mistaken, refused, survey.Sample.Count, survey.Mistakes);
}
