using OpenTelemetry.Metrics;

namespace WaGrains.Host.Telemetry;

/// <summary>Metrics in Prometheus' text, ours and Orleans' own; OTLP where an endpoint is configured.</summary>
internal static class TelemetrySetup
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EngineMeters>();
        builder.Services.AddSingleton<GaugeSources>();
        builder.Services.AddSingleton<Gauges>();
        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(EngineMeters.Name)
            .AddMeter("Microsoft.Orleans")
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter());
        }
    }
}
