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

    /// <summary>The right to write was lost to another process. Starting again is safe.</summary>
    public const int FenceLost = 4;
}
