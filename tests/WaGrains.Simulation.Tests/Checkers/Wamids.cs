using System.Text.Json;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>Reads which messages a webhook brings, independently of the product's reader.</summary>
internal static class Wamids
{
    public static IEnumerable<string> In(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        foreach (var entry in document.RootElement.GetProperty("entry").EnumerateArray())
        {
            foreach (var change in entry.GetProperty("changes").EnumerateArray())
            {
                if (!change.GetProperty("value").TryGetProperty("messages", out var messages))
                {
                    continue;
                }

                foreach (var message in messages.EnumerateArray())
                {
                    yield return message.GetProperty("id").GetString()!;
                }
            }
        }
    }
}
