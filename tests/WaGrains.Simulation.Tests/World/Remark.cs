using System.Globalization;
using System.Runtime.CompilerServices;

namespace WaGrains.Simulation.Tests.World;

/// <summary>A text that is put together only where somebody will read it: a rule was broken, or a trace is
/// kept.</summary>
[InterpolatedStringHandler]
internal ref struct Remark
{
    private readonly string? _whole;
    private DefaultInterpolatedStringHandler _text;

    public Remark(int literalLength, int formattedCount, bool holds, out bool isRead)
    {
        isRead = !holds;
        _text = isRead ? new(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public Remark(int literalLength, int formattedCount, Trace trace, out bool isRead)
        : this(literalLength, formattedCount, holds: !trace.Keeps, out isRead)
    {
    }

    private Remark(string whole) => _whole = whole;

    public static implicit operator Remark(string text) => new(text);

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

    /// <summary>The text, once.</summary>
    public string Take() => _whole ?? _text.ToStringAndClear();
}
