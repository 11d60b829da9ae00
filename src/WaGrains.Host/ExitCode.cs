namespace WaGrains.Host;

/// <summary>How the process ends, for supervisors.</summary>
internal static class ExitCode
{
    /// <summary>It was told to stop, and did.</summary>
    public const int Good = 0;

    /// <summary>The configuration has mistakes; they are on standard error. Starting again does not help.</summary>
    public const int BadConfiguration = 2;

    /// <summary>Another process serves this data folder.</summary>
    public const int DataInUse = 3;

    /// <summary>The right to write was lost: to another process, or because the cluster voted this one out. Starting
    /// again is safe.</summary>
    public const int FenceLost = 4;

    /// <summary>The database, or the cluster, could not be reached for as long as was allowed. Starting again later
    /// helps.</summary>
    public const int Unreachable = 5;
}
