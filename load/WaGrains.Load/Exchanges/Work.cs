namespace WaGrains.Load.Exchanges;

/// <summary>What kind of request waits for a connection.</summary>
internal enum WorkKind
{
    /// <summary>A customer's message, to the webhook.</summary>
    Message,

    /// <summary>A status, to the webhook.</summary>
    Status,

    /// <summary>An agent's answer, to the REST API.</summary>
    Answer,
}

/// <summary>One request to the host.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Exchange">The exchange it belongs to.</param>
/// <param name="Intended">When it should have left, Stopwatch ticks: its latency counts from here.</param>
/// <param name="Status">Which status, for statuses.</param>
/// <param name="Outbound">Ordinal of the message of ours a status is about.</param>
/// <param name="Callback">Callback text to echo, JSON-escaped, for statuses.</param>
/// <param name="Repeats">How often it has been repeated.</param>
internal readonly record struct Work(
    WorkKind Kind,
    int Exchange,
    long Intended,
    StatusKind Status = StatusKind.Sent,
    int Outbound = 0,
    byte[]? Callback = null,
    int Repeats = 0);
