using System.Globalization;
using System.Text;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Host.Drawing;
using static WaGrains.Host.Drawing.Scale;
using static WaGrains.Host.Drawing.Svg;

namespace WaGrains.Host.PhoneNumbers;

/// <summary>
/// The pace of a number as a picture: a step line of its effective rate over bands that tell by their colour what bound
/// it, with a mark at each risk event. Plain SVG that adapts to a dark page; no script, nothing loaded from elsewhere.
/// </summary>
internal static class PaceChart
{
    public const int DaysUsual = 70;

    public const int DaysMax = 400;

    private const double Width = 960;
    private const double Height = 340;
    private const double Left = 64;
    private const double Right = 16;
    private const double Top = 44;
    private const double Bottom = 56;
    private const double PlotWidth = Width - Left - Right;
    private const double PlotHeight = Height - Top - Bottom;
    private const int RateTicksMax = 6;
    private const int DateTicksMax = 11;

    private static readonly int[] DateSteps = [1, 2, 7, 14, 28, 56];

    // On white and on near-black alike; chosen to be told apart by the colour-blind (Okabe and Ito's palette).
    private const string Style = """
        <style>
        svg { font: 12px system-ui, sans-serif; color: #1b1f24; background: #ffffff; }
        text { fill: currentColor; }
        .axis { stroke: currentColor; stroke-opacity: .35; }
        .grid { stroke: currentColor; stroke-opacity: .12; }
        .rate { fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linejoin: round; }
        .risk { fill: #d55e00; stroke: #ffffff; stroke-width: 1; }
        .warm_up { fill: #56b4e9; } .throughput_level { fill: #009e73; } .plan { fill: #999999; }
        .throttled { fill: #e69f00; } .held { fill: #f0e442; } .paused { fill: #cc79a7; } .stopped { fill: #d55e00; }
        .account_stopped { fill: #8a3b00; } .portfolio_budget { fill: #0072b2; }
        .band { fill-opacity: .28; }
        @media (prefers-color-scheme: dark) {
          svg { color: #e6e9ee; background: #14171c; }
          .band { fill-opacity: .38; }
          .risk { stroke: #14171c; }
        }
        </style>
        """;

    /// <summary>Draws what is between two moments.</summary>
    /// <param name="changes">The changes of that time, oldest first, with the last one before it.</param>
    /// <param name="from">The left edge.</param>
    /// <param name="to">The right edge, later.</param>
    public static string Draw(IReadOnlyList<PaceChanged> changes, DateTimeOffset from, DateTimeOffset to)
    {
        var step = Scale.Step(changes.Select(change => change.After).DefaultIfEmpty(1).Max(), RateTicksMax);
        var top = step * Math.Max(
            1, Math.Ceiling(changes.Select(change => change.After).DefaultIfEmpty(1).Max() / step));
        var plot = new Plot(from, to, top);
        var svg = Begin(
            Width, Height, $"Pace from {Day(from)} to {Day(to)}: messages per minute, and what bound them", Style);
        var spans = Spans(changes, plot);
        Bands(svg, spans);
        Axes(svg, plot, step);
        Line(svg, spans, plot);
        Risks(svg, changes, plot);
        Legend(svg, spans, changes.Any(change => IsRisk(change) && change.At >= from));
        return svg.AppendLine("</svg>").ToString();
    }

    private static List<Span> Spans(IReadOnlyList<PaceChanged> changes, Plot plot) =>
    [
        .. changes.Select((change, i) => new Span(
            change.Binding,
            change.After,
            plot.X(change.At),
            plot.X(i + 1 < changes.Count ? changes[i + 1].At : plot.To))),
    ];

    private static void Bands(StringBuilder svg, List<Span> spans)
    {
        for (var i = 0; i < spans.Count;)
        {
            var (begin, reason) = (spans[i].Begin, spans[i].Binding);
            var end = spans[i].End;
            for (i++; i < spans.Count && spans[i].Binding == reason; i++)
            {
                end = spans[i].End;
            }

            if (end > begin)
            {
                svg.AppendLine(Text(
                    $"<rect class=\"band {Word(reason)}\" x=\"{N(begin)}\" y=\"{N(Top)}\" "
                    + $"width=\"{N(end - begin)}\" height=\"{N(PlotHeight)}\"><title>{Name(reason)}</title></rect>"));
            }
        }
    }

    private static void Axes(StringBuilder svg, Plot plot, double step)
    {
        for (var rate = 0d; rate <= plot.Top; rate += step)
        {
            var y = plot.Y(rate);
            svg.AppendLine(Text(
                $"<line class=\"{(rate > 0 ? "grid" : "axis")}\" x1=\"{N(Left)}\" x2=\"{N(Width - Right)}\" "
                + $"y1=\"{N(y)}\" y2=\"{N(y)}\"/>"));
            svg.AppendLine(Text(
                $"<text x=\"{N(Left - 8)}\" y=\"{N(y + 4)}\" text-anchor=\"end\">{rate:0.###}</text>"));
        }

        var days = (plot.To - plot.From).TotalDays;
        var every = DateSteps.First(candidate => days / candidate <= DateTicksMax);
        var first = new DateTimeOffset(plot.From.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        for (var day = first; day <= plot.To; day = day.AddDays(every))
        {
            var x = plot.X(day);
            svg.AppendLine(Text(
                $"<line class=\"axis\" x1=\"{N(x)}\" x2=\"{N(x)}\" y1=\"{N(Top + PlotHeight)}\" "
                + $"y2=\"{N(Top + PlotHeight + 5)}\"/>"));
            svg.AppendLine(Text(
                $"<text x=\"{N(x)}\" y=\"{N(Top + PlotHeight + 19)}\" text-anchor=\"middle\">"
                + $"{day.UtcDateTime:d MMM}</text>"));
        }

        svg.AppendLine(Text($"<text x=\"{N(Left)}\" y=\"{N(Top - 10)}\">messages per minute</text>"));
        svg.AppendLine(Text(
            $"<text x=\"{N(Width - Right)}\" y=\"{N(Top + PlotHeight + 19)}\" text-anchor=\"end\">UTC</text>"));
    }

    private static void Line(StringBuilder svg, List<Span> spans, Plot plot)
    {
        if (spans.Count == 0)
        {
            return;
        }

        var path = new StringBuilder(Text($"M{N(spans[0].Begin)} {N(plot.Y(spans[0].PerMinute))}"));
        foreach (var span in spans)
        {
            path.Append(Text($"V{N(plot.Y(span.PerMinute))}H{N(span.End)}"));
        }

        svg.AppendLine(Text($"<path class=\"rate\" d=\"{path}\"/>"));
    }

    private static void Risks(StringBuilder svg, IReadOnlyList<PaceChanged> changes, Plot plot)
    {
        foreach (var risk in changes.Where(change => IsRisk(change) && change.At >= plot.From))
        {
            var (x, y) = (plot.X(risk.At), plot.Y(risk.After));
            svg.AppendLine(Text(
                $"<path class=\"risk\" d=\"M{N(x)} {N(y - 2)}l-6 -11h12z\">"
                + $"<title>{Escaped(risk.Cause)} on {Day(risk.At)}: "
                + $"{risk.Before:0.##} to {risk.After:0.##}</title></path>"));
        }
    }

    private static void Legend(StringBuilder svg, List<Span> spans, bool hasRisks)
    {
        var x = Left;
        var y = Height - 14;
        foreach (var reason in spans.Select(span => span.Binding).Distinct().Order())
        {
            svg.AppendLine(Text(
                $"<rect class=\"band {Word(reason)}\" x=\"{N(x)}\" y=\"{N(y - 10)}\" width=\"12\" height=\"12\"/>"));
            svg.AppendLine(Text($"<text x=\"{N(x + 17)}\" y=\"{N(y)}\">{Name(reason)}</text>"));
            x += 30 + (Name(reason).Length * 7);
        }

        if (hasRisks)
        {
            svg.AppendLine(Text($"<path class=\"risk\" d=\"M{N(x + 6)} {N(y + 1)}l-6 -11h12z\"/>"));
            svg.AppendLine(Text($"<text x=\"{N(x + 17)}\" y=\"{N(y)}\">risk event</text>"));
        }
    }

    private static bool IsRisk(PaceChanged change) => change.Cause.StartsWith("risk_", StringComparison.Ordinal);

    private static string Word(PaceReason reason) => ApiJson.Word(reason);

    private static string Name(PaceReason reason) => Word(reason).Replace('_', ' ');

    private static string Day(DateTimeOffset at) =>
        at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A stretch of time under one rate.</summary>
    private readonly record struct Span(PaceReason Binding, double PerMinute, double Begin, double End);

    /// <summary>From times and rates to places on the page.</summary>
    private sealed record Plot(DateTimeOffset From, DateTimeOffset To, double Top)
    {
        public double X(DateTimeOffset at) =>
            Left + (PlotWidth * Math.Clamp((at - From) / (To - From), 0, 1));

        public double Y(double perMinute) => PaceChart.Top + (PlotHeight * (1 - (perMinute / Top)));
    }
}
