using System.Runtime.CompilerServices;
using System.Text;

namespace WaGrains.Host.Drawing;

/// <summary>What every drawing needs of words.</summary>
internal static class Svg
{
    public const string MediaType = "image/svg+xml; charset=utf-8";

    /// <summary>A drawing with its title, which is what is read aloud, and its style; the end tag is the
    /// caller's.</summary>
    /// <param name="width">Of the page, in its own units.</param>
    /// <param name="height">Of the page, in its own units.</param>
    /// <param name="title">Plain text.</param>
    /// <param name="style">A style element.</param>
    public static StringBuilder Begin(double width, double height, string title, string style) => new StringBuilder()
        .AppendLine(Text(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" "
            + $"role=\"img\" aria-labelledby=\"t\">"))
        .AppendLine(Text($"<title id=\"t\">{Escaped(title)}</title>"))
        .AppendLine(style);

    /// <summary>Plain text as markup takes it.</summary>
    public static string Escaped(string text) => System.Security.SecurityElement.Escape(text);

    /// <summary>Markup of several interpolated pieces, made without a string for each.</summary>
    public static string Text(ref DefaultInterpolatedStringHandler text) => text.ToStringAndClear();
}
