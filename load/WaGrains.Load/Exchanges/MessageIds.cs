using System.Buffers.Text;
using System.Globalization;

namespace WaGrains.Load.Exchanges;

/// <summary>
/// The part of a wamid that is ours: 16 upper-case hex digits, run in the upper half, ordinal in the lower. The run
/// tells replies that belong to an earlier run from replies that belong to nothing.
/// </summary>
internal static class MessageIds
{
    /// <summary>Hex digits of an id.</summary>
    public const int Width = 16;

    /// <summary>What stands before the id in a customer's message.</summary>
    public const string InboundPrefix = "wamid.HBgNNTUxMTlJTgIAEhgg";

    /// <summary>What stands before the id in a message of ours.</summary>
    public const string OutboundPrefix = "wamid.HBgNNTUxMTlPVQIAERgS";

    /// <summary>What closes a wamid.</summary>
    public const string Suffix = "AA==";

    /// <summary>Joins run and ordinal.</summary>
    public static ulong Of(uint run, int ordinal) => ((ulong)run << 32) | (uint)ordinal;

    /// <summary>Writes an id into its slot.</summary>
    public static void Write(Span<byte> slot, ulong id) =>
        id.TryFormat(slot, out _, "X16", CultureInfo.InvariantCulture);

    /// <summary>Reads the id out of a customer's wamid.</summary>
    public static bool TryReadWamid(ReadOnlySpan<byte> wamid, out ulong id)
    {
        id = 0;
        return wamid.Length == InboundPrefix.Length + Width + Suffix.Length
            && TryRead(wamid[InboundPrefix.Length..], out id);
    }

    /// <summary>Reads the id that ends an agent's text.</summary>
    public static bool TryReadText(ReadOnlySpan<byte> text, out ulong id)
    {
        id = 0;
        return text.Length >= Width && TryRead(text[^Width..], out id);
    }

    private static bool TryRead(ReadOnlySpan<byte> hex, out ulong id) =>
        Utf8Parser.TryParse(hex[..Width], out id, out var used, 'X') && used == Width;
}
