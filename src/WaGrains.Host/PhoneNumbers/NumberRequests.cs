using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Host.Problems;

namespace WaGrains.Host.PhoneNumbers;

/// <summary>A number to bring under the tenant's control, or with some members only, what to change of it.</summary>
/// <param name="PhoneNumberId">Meta's id, digits; needed for a new one, cannot be changed.</param>
/// <param name="AccountId">Meta's id of the account, digits; needed for a new one.</param>
/// <param name="BusinessId">Meta's id of the business portfolio, digits: numbers of one share its messaging limit.
/// Unless
/// given the account is taken for one; an empty text takes it back.</param>
/// <param name="DisplayNumber">The number as people read it; what Meta tells unless given.</param>
/// <param name="Name">A name for lists, at most 100 characters; what Meta tells unless given.</param>
/// <param name="AccessToken">A token that may read and send for the number; kept sealed, never shown.</param>
/// <param name="Policy">warm_up unless given, or cloud.</param>
/// <param name="CeilingPerMinute">The plan's ceiling, messages per minute, above 0 to 60,000; what the policy allows at
/// most unless given.</param>
/// <param name="ThroughputPerSecond">Meta's level: 20, 80 or 1,000; 80 unless given.</param>
/// <param name="TeamId">The team that gets its conversations; the tenant's default unless given.</param>
/// <param name="QueueMax">Messages that may wait in its queue, 1 to 50,000; 10,000 unless given.</param>
internal sealed record NumberRequest(
    string? PhoneNumberId = null,
    string? AccountId = null,
    string? DisplayNumber = null,
    string? Name = null,
    string? AccessToken = null,
    SendingPolicy? Policy = null,
    double? CeilingPerMinute = null,
    int? ThroughputPerSecond = null,
    TeamId? TeamId = null,
    int? QueueMax = null,
    string? BusinessId = null)
{
    private const int TextCharsMax = 100;
    private const int TokenCharsMax = 1_024;
    private const int MetaIdCharsMax = 32;
    private const double CeilingMax = 60_000;
    private const int QueueSizeMax = 50_000;

    /// <summary>Everything that is wrong.</summary>
    /// <param name="isNew">Whether the number begins with this.</param>
    public IReadOnlyList<FieldMistake> Mistakes(bool isNew)
    {
        var mistakes = new List<FieldMistake>();
        MetaId("phone_number_id", PhoneNumberId, isNew, mistakes);
        MetaId("account_id", AccountId, isNew, mistakes);
        MetaId("business_id", BusinessId is { Length: > 0 } ? BusinessId : null, false, mistakes);
        Text("access_token", AccessToken, isNew, TokenCharsMax, mistakes);
        Text("name", Name, false, TextCharsMax, mistakes);
        Text("display_number", DisplayNumber, false, TextCharsMax, mistakes);
        if (!isNew && PhoneNumberId is not null)
        {
            mistakes.Add(new FieldMistake("phone_number_id", "not_allowed", "Cannot be changed."));
        }

        AddIf(CeilingPerMinute is <= 0 or > CeilingMax, "ceiling_per_minute", $"Above 0, at most {CeilingMax}.",
            mistakes);
        AddIf(QueueMax is < 1 or > QueueSizeMax, "queue_max", $"1 to {QueueSizeMax}.", mistakes);
        AddIf(ThroughputPerSecond is not (null or 20 or 80 or 1000), "throughput_per_second", "20, 80 or 1000.",
            mistakes);
        return mistakes;
    }

    /// <summary>The settings with what is given here; the token is the caller's to seal.</summary>
    public PhoneNumberSettings Over(PhoneNumberSettings settings) => settings with
    {
        PhoneNumberId = PhoneNumberId ?? settings.PhoneNumberId,
        AccountId = AccountId ?? settings.AccountId,
        BusinessId = BusinessId is null ? settings.BusinessId : BusinessId.Length > 0 ? BusinessId : null,
        DisplayNumber = DisplayNumber ?? settings.DisplayNumber,
        Name = Name ?? settings.Name,
        Policy = Policy ?? settings.Policy,
        CeilingPerMinute = CeilingPerMinute ?? settings.CeilingPerMinute,
        Throughput = ThroughputPerSecond switch
        {
            null => settings.Throughput,
            20 => ThroughputLevel.Coexistence,
            80 => ThroughputLevel.Standard,
            _ => ThroughputLevel.High,
        },
        Team = TeamId ?? settings.Team,
        QueueMax = QueueMax ?? settings.QueueMax,
    };

    /// <summary>Keeps the token out of logs and failure messages.</summary>
    public override string ToString() => nameof(NumberRequest);

    private static void MetaId(string param, string? text, bool isNeeded, List<FieldMistake> mistakes)
    {
        if (text is null ? isNeeded : text.Length is 0 or > MetaIdCharsMax || !text.All(char.IsAsciiDigit))
        {
            mistakes.Add(new FieldMistake(param, text is null ? "missing" : "invalid", "Must be Meta's id: digits."));
        }
    }

    private static void Text(string param, string? text, bool isNeeded, int max, List<FieldMistake> mistakes)
    {
        if (text is null ? isNeeded : text.Length > max || string.IsNullOrWhiteSpace(text))
        {
            mistakes.Add(new FieldMistake(param, text is null ? "missing" : "invalid", $"1 to {max} characters."));
        }
    }

    private static void AddIf(bool wrong, string param, string rule, List<FieldMistake> mistakes)
    {
        if (wrong)
        {
            mistakes.Add(new FieldMistake(param, "out_of_range", rule));
        }
    }
}

/// <summary>A risk that an operator saw before Meta told.</summary>
/// <param name="Reason">A snake_case word for the pace report and the alert, 1 to 64 characters.</param>
internal sealed record RiskRequest(string? Reason = null)
{
    private const int CharsMax = 64;

    public bool IsValid => Reason is { Length: > 0 and <= CharsMax }
        && Reason.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
