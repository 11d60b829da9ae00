using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Turns;

/// <summary>Something a person should look at.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">Its id: a message's form, so that alerts sort by time.</param>
/// <param name="At">When.</param>
/// <param name="Kind">Stable snake_case word: forbidden_words, number_risk, unknown_outcome, unknown_number,
/// dead_letter, ...</param>
/// <param name="Subject">Public id of what it is about.</param>
/// <param name="Detail">A sentence for people; never a customer's words or phone number.</param>
public sealed record AlertRaised(
    TenantId Tenant, MessageId Id, DateTimeOffset At, string Kind, string Subject, string Detail) : Change
{
    /// <summary>How soon somebody should look.</summary>
    public AlertSeverity Severity { get; init; } = AlertSeverity.Warning;
}

/// <summary>How soon somebody should look at an alert. The numbers are stored.</summary>
public enum AlertSeverity
{
    /// <summary>Good to know.</summary>
    Notice = 0,

    /// <summary>Today.</summary>
    Warning = 1,

    /// <summary>Now: something of the tenant does not work until somebody acts.</summary>
    Critical = 2,
}

/// <summary>Keeps a webhook item that no decision understands, byte for byte.</summary>
/// <param name="Tenant">Whose app it came through.</param>
/// <param name="Id">Its id: a hash of the bytes under the time of arrival.</param>
/// <param name="Field">The webhook's field.</param>
/// <param name="Reason">Stable snake_case word: unknown_field, unknown_number, malformed_item, ...</param>
/// <param name="Payload">The item as Meta wrote it.</param>
public sealed record RawKept(TenantId Tenant, MessageId Id, string Field, string Reason, ReadOnlyMemory<byte> Payload)
    : Change;
