namespace WaGrains.Host.Telemetry;

/// <summary>What is logged where nothing else is configured: our own facts, and the platform's warnings.</summary>
internal static class LoggingSetup
{
    public static void AddLogging(this WebApplicationBuilder builder)
    {
        builder.Logging
            .AddFilter(null, LogLevel.Warning)
            .AddFilter("WaGrains", LogLevel.Information)

            // They say at each start how their ring range came about.
            .AddFilter("WaGrains.Grains.SiloGrain", LogLevel.Warning)
            .AddFilter("WaGrains.Grains.RecoveryService", LogLevel.Warning)

            // Takes the machine's age for the time of its first check.
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)

            // Keys of cookies, which we do not use.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
