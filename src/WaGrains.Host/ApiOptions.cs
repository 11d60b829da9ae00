namespace WaGrains.Host;

/// <summary>What may be set of the REST API: section <c>WaGrains</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>Where keys and the embedded database lie. Default: <c>data</c> beside the process.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Requests per second and API key, 1 to 100,000; also the largest burst. Default 1,000.</summary>
    public int RequestsPerSecond { get; set; } = 1_000;

    /// <summary>A rate card that takes the place of the one that comes with the program, in its form; a path. Default:
    /// none.</summary>
    public string? RateCardFile { get; set; }
}
