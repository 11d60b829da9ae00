using System.Globalization;

namespace WaGrains.Host.Drawing;

/// <summary>What every drawing needs of numbers.</summary>
internal static class Scale
{
    private static readonly double[] Steps = [1, 2, 5, 10];

    /// <summary>The spacing of values on an axis: 1, 2 or 5 times a power of ten.</summary>
    /// <param name="most">The largest value.</param>
    /// <param name="ticksMax">How many steps it may take at most.</param>
    public static double Step(double most, int ticksMax)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(most, 1) / ticksMax)));
        return power * Steps.First(step => most / (power * step) <= ticksMax);
    }

    /// <summary>A number as SVG takes it.</summary>
    public static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
