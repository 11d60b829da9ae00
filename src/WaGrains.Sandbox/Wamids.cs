using System.Buffers.Binary;

namespace WaGrains.Sandbox;

/// <summary>
/// Message ids: unique within a run, and between runs because the start time is in them; a database that outlives the
/// sandbox would otherwise take a second run's messages for repeats. Opaque base64 that may hold `+`, `/` and `=`.
/// </summary>
internal sealed class Wamids(Chance chance)
{
    private long _start;
    private long _sequence;

    public void Start(DateTimeOffset now) => _start = now.UtcTicks;

    public string Next()
    {
        Span<byte> bytes = stackalloc byte[31];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, 0x1C1829_0B55_4E9AUL);
        BinaryPrimitives.WriteInt64BigEndian(bytes[7..], _start);
        BinaryPrimitives.WriteInt64BigEndian(bytes[15..], ++_sequence);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[23..], chance.NextBits());
        return $"wamid.{Convert.ToBase64String(bytes)}";
    }

    /// <summary>Value for `fbtrace_id`.</summary>
    public string NextTrace()
    {
        Span<byte> bytes = stackalloc byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, chance.NextBits());
        return $"A{Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_')}";
    }
}
