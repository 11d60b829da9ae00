using System.Text.Json.Serialization;

namespace WaGrains.Domain.Routing;

/// <summary>How many conversations one agent holds at most, offers counted: 1 to 15, 7 unless set.</summary>
public readonly record struct AgentCapacity
{
    /// <summary>More than this nobody can answer well (product rule).</summary>
    public const int Max = 15;

    private const int Usual = 7;

    // Stored as the distance from the usual, so that default is the default.
    private readonly int more;

    /// <summary>A capacity.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 15.</exception>
    [JsonConstructor]
    public AgentCapacity(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Max);
        more = value - Usual;
    }

    /// <summary>What an agent has who was never given another.</summary>
    public static AgentCapacity Default => default;

    /// <summary>Conversations, 1 to 15.</summary>
    public int Value => Usual + more;
}
