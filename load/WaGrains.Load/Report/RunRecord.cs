using System.Text.Json.Serialization;
using WaGrains.Load.Measures;

namespace WaGrains.Load.Report;

/// <summary>One run, as it stands in the results file. Absent figures are null: not known, never zero.</summary>
internal sealed record RunRecord
{
    /// <summary>rate, find_max (one step of a search) or idle.</summary>
    public required string Kind { get; init; }

    /// <summary>The caller's word.</summary>
    public required string Label { get; init; }

    /// <summary>When the measured window began, UTC.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Commit of the working tree.</summary>
    public required string? Commit { get; init; }

    /// <summary>Where.</summary>
    public required Machine Machine { get; init; }

    /// <summary>How, without secrets.</summary>
    public required string CommandLine { get; init; }

    /// <summary>Seed of arrivals.</summary>
    public required int Seed { get; init; }

    /// <summary>Mean arrivals wanted, exchanges per second.</summary>
    public required double Rate { get; init; }

    /// <summary>Measured window, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Exchanges, all of the run.</summary>
    public required Exchanged Exchanges { get; init; }

    /// <summary>Times, milliseconds.</summary>
    public required Times Latency { get; init; }

    /// <summary>What went wrong, by kind.</summary>
    public required SortedDictionary<string, long> Errors { get; init; }

    /// <summary>What it cost.</summary>
    public required Cost Cost { get; init; }

    /// <summary>Memory per conversation, of idle runs only.</summary>
    public IdleMemory? Idle { get; init; }

    /// <summary>Whether the run was stopped by hand.</summary>
    public required bool Stopped { get; init; }

    /// <summary>Whether nothing was unmatched, doubled or left behind.</summary>
    [JsonIgnore]
    public bool IsSound => Exchanges is { Unmatched: 0, Doubled: 0, LeftBehind: 0 };
}

/// <summary>Counts of exchanges.</summary>
/// <param name="Started">Webhooks meant to leave, warm-up included.</param>
/// <param name="Completed">Acknowledged, replied, all statuses acknowledged.</param>
/// <param name="LeftBehind">Not complete when the drain ended.</param>
/// <param name="Unmatched">Sends that answer nothing of this run.</param>
/// <param name="Doubled">Second replies.</param>
/// <param name="PerSecond">Completed inside the window, per second of it.</param>
internal sealed record Exchanged(
    int Started,
    long Completed,
    long LeftBehind,
    long Unmatched,
    long Doubled,
    double PerSecond);

/// <summary>Distributions, milliseconds.</summary>
/// <param name="Acknowledgement">Message webhook to HTTP 200.</param>
/// <param name="Reply">Message webhook to the reply at the Graph stub.</param>
/// <param name="Status">Status webhook to HTTP 200.</param>
/// <param name="Answer">Agent's answer to HTTP 202; null without agents.</param>
/// <param name="GeneratorWait">Part of the above that the generator itself added.</param>
internal sealed record Times(
    Percentiles? Acknowledgement,
    Percentiles? Reply,
    Percentiles? Status,
    Percentiles? Answer,
    Percentiles? GeneratorWait);

/// <summary>What the window cost; per exchange means per exchange completed inside it.</summary>
/// <param name="HostCpuSeconds">Host process.</param>
/// <param name="LoadCpuSeconds">This tool with its Graph stub.</param>
/// <param name="HostCpuUsPerExchange">Hosts together, microseconds.</param>
/// <param name="LoadCpuUsPerExchange">This tool, microseconds.</param>
/// <param name="HostRssStartBytes">Host's resident memory when the window began.</param>
/// <param name="HostRssEndBytes">And when it ended.</param>
/// <param name="AllocatedBytesPerExchange">Host, managed.</param>
/// <param name="Gen0PerThousand">Collections of generation 0 per 1,000 exchanges.</param>
/// <param name="Gen1PerThousand">Of generation 1.</param>
/// <param name="Gen2PerThousand">Of generation 2.</param>
/// <param name="GcPauseMs">Pauses of the host in the window, together.</param>
internal sealed record Cost(
    double? HostCpuSeconds,
    double LoadCpuSeconds,
    double? HostCpuUsPerExchange,
    double? LoadCpuUsPerExchange,
    long? HostRssStartBytes,
    long? HostRssEndBytes,
    double? AllocatedBytesPerExchange,
    double? Gen0PerThousand,
    double? Gen1PerThousand,
    double? Gen2PerThousand,
    double? GcPauseMs)
{
    /// <summary>The database server, microseconds per exchange; null where the tool did not start it.</summary>
    public double? DatabaseCpuUsPerExchange { get; init; }

    /// <summary>The difference of two snapshots over so many exchanges.</summary>
    public static Cost Between(Snapshot start, Snapshot end, long exchanges)
    {
        var hostCpu = end.HostCpuSeconds - start.HostCpuSeconds;
        var loadCpu = end.OwnCpuSeconds - start.OwnCpuSeconds;
        var (a, b) = (start.Runtime, end.Runtime);
        return new Cost(
            Round(hostCpu),
            Math.Round(loadCpu, 2),
            Per(hostCpu * 1e6, exchanges),
            Per(loadCpu * 1e6, exchanges),
            start.HostRssBytes,
            end.HostRssBytes,
            Per(b?.AllocatedBytes - a?.AllocatedBytes, exchanges),
            Per((b?.Gen0 - a?.Gen0) * 1000, exchanges),
            Per((b?.Gen1 - a?.Gen1) * 1000, exchanges),
            Per((b?.Gen2 - a?.Gen2) * 1000, exchanges),
            Round((b?.PauseSeconds - a?.PauseSeconds) * 1000))
        {
            DatabaseCpuUsPerExchange = Per((end.DatabaseCpuSeconds - start.DatabaseCpuSeconds) * 1e6, exchanges),
        };
    }

    private static double? Per(double? total, long exchanges) => exchanges == 0 ? null : Round(total / exchanges);

    private static double? Round(double? value) => value is { } known ? Math.Round(known, 2) : null;
}

/// <summary>What idle conversations cost the host.</summary>
/// <param name="Conversations">Created by this run.</param>
/// <param name="HeapBytesEach">Managed heap after the last collection, difference; null without /metrics.</param>
/// <param name="RssBytesEach">Resident memory, difference; null when the process is unknown.</param>
/// <param name="FullCollections">Generation 2 collections in between: without any, the heap figure still holds
/// garbage.</param>
internal sealed record IdleMemory(
    long Conversations,
    double? HeapBytesEach,
    double? RssBytesEach,
    double? FullCollections);

/// <summary>How results are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(Summary))]
internal sealed partial class ResultsJson : JsonSerializerContext;
