using System.Globalization;
using WaGrains.Host.Configuration;
using WaGrains.Host.Telemetry;

namespace WaGrains.Host.Demo;

/// <summary>Shows in the terminal what happens: one line per event, never what anybody wrote.</summary>
internal sealed class TerminalView(Onlookers onlookers, WaGrainsOptions options, DataFolder folder, TimeProvider clock)
{
    private const int LinesPerSecondMax = 25;

    /// <summary>Says where everything is.</summary>
    public void Welcome(string key)
    {
        Console.WriteLine();
        Console.WriteLine($"  WaGrains serves on {options.Url}   (reference: {options.Url}/reference)");
        Console.WriteLine($"  owner's key of the demo tenant: {key}");
        Console.WriteLine($"  kept in {folder.File("demo.key")}; the operator's key in {folder.File("operator.key")}");
        Console.WriteLine();
        Console.WriteLine("  try:  KEY=$(cat data/demo.key)");
        Console.WriteLine($"        curl -s -H \"Authorization: Bearer $KEY\" {options.Url}/v1/conversations");
        Console.WriteLine();
    }

    /// <summary>Shows events until told to stop; in a rush it counts what it leaves out.</summary>
    public async Task Show(CancellationToken stopping)
    {
        var events = onlookers.Watch();
        var second = clock.GetTimestamp();
        var lines = 0;
        var left = 0;
        await foreach (var seen in events.ReadAllAsync(stopping))
        {
            if (clock.GetElapsedTime(second) > TimeSpan.FromSeconds(1))
            {
                if (left > 0)
                {
                    Console.WriteLine($"            ... and {left} more");
                }

                (second, lines, left) = (clock.GetTimestamp(), 0, 0);
            }

            if (++lines > LinesPerSecondMax)
            {
                left++;
                continue;
            }

            var time = clock.GetUtcNow().ToString("HH:mm:ss.f", CultureInfo.InvariantCulture);
            Console.WriteLine($"{time}  {Arrow(seen.Kind)} {seen.Kind,-22} {seen.Subject}  {seen.Detail}");
        }
    }

    /// <summary>Shows one line that is no event.</summary>
    public void Tell(string line) =>
        Console.WriteLine($"{clock.GetUtcNow().ToString("HH:mm:ss.f", CultureInfo.InvariantCulture)}  ## {line}");

    private static string Arrow(string kind) => kind switch
    {
        "message_received" => "<-",
        "message_accepted" or "message_sent" or "message_delivered" or "message_read" or "message_played" => "->",
        "conversation_waiting" or "conversation_assigned" or "conversation_closed" => "==",
        "forbidden_words" or "number_risk" or "number_stopped" or "message_failed" or "send_in_doubt" => "!!",
        _ => "  ",
    };
}
