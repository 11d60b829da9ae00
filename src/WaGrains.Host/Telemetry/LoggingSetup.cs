namespace WaGrains.Host.Telemetry;

/// <summary>What is logged where nothing else is configured: our own facts, and the platform's warnings.</summary>
internal static class LoggingSetup
{
    public static void AddLogging(this WebApplicationBuilder builder)
    {
        builder.Logging
            .AddFilter(null, LogLevel.Warning)
            .AddFilter("WaGrains", LogLevel.Information)

            // Says of every unknown key that it is unknown; the caller is told, and may ask as often as it likes.
            .AddFilter("WaGrains.Host.Access.KeyAuthentication", LogLevel.Warning)

            // While it may log anything it makes an activity and a scope for every request.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)

            // They say at each start how their ring range came about.
            .AddFilter("WaGrains.Grains.SiloGrain", LogLevel.Warning)
            .AddFilter("WaGrains.Grains.RecoveryService", LogLevel.Warning)

            // Takes the machine's age for the time of its first check.
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)

            // Keys of cookies, which we do not use.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
