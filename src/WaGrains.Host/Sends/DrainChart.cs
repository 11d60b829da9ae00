using System.Globalization;
using System.Text;
using WaGrains.Domain.Bulk;
using WaGrains.Host.Drawing;
using static WaGrains.Host.Drawing.Scale;
using static WaGrains.Host.Drawing.Svg;

namespace WaGrains.Host.Sends;

/// <summary>
/// The drain of a bulk send as a picture: what was read lies within what was delivered, that within what was sent, and
/// a dashed line leads on to the end. Plain SVG that adapts to a dark page; no script, nothing loaded from elsewhere.
/// </summary>
internal static class DrainChart
{
    private const double Width = 960;
    private const double Height = 340;
    private const double Left = 64;
    private const double Right = 132;
    private const double Top = 48;
    private const double Bottom = 40;
    private const double PlotWidth = Width - Left - Right;
    private const double PlotHeight = Height - Top - Bottom;
    private const double LabelApart = 15;
    private const int CountTicksMax = 5;
    private const int TimeTicksMax = 8;

    /// <summary>An ended send's picture goes on for so much of its time: what was counted since stands at its
    /// end.</summary>
    private const double Afterwards = 0.06;

    private static readonly TimeSpan[] TimeSteps =
    [
        .. ((int[])[1, 2, 5, 10, 15, 30]).Select(seconds => TimeSpan.FromSeconds(seconds)),
        .. ((int[])[1, 2, 5, 10, 15, 30]).Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. ((int[])[1, 2, 3, 6, 12, 24, 48, 96, 192]).Select(hours => TimeSpan.FromHours(hours)),
    ];

    // Okabe and Ito's palette, as in the picture of a number's pace.
    private const string Style = """
        <style>
        svg { font: 12px system-ui, sans-serif; color: #1b1f24; background: #ffffff; }
        text { fill: currentColor; }
        .name { font-size: 15px; font-weight: 600; }
        .quiet { fill-opacity: .62; }
        .axis { stroke: currentColor; stroke-opacity: .35; }
        .grid { stroke: currentColor; stroke-opacity: .12; }
        .now { stroke: currentColor; stroke-opacity: .45; stroke-dasharray: 2 3; }
        .all { stroke: currentColor; stroke-opacity: .5; stroke-dasharray: 6 4; }
        .area { fill-opacity: .30; }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .ahead { fill: none; stroke: #56b4e9; stroke-width: 2; stroke-dasharray: 5 5; }
        .sent { fill: #56b4e9; } .delivered { fill: #0072b2; } .read { fill: #009e73; } .failed { fill: #d55e00; }
        .line.sent { fill: none; stroke: #56b4e9; } .line.delivered { fill: none; stroke: #0072b2; }
        .line.read { fill: none; stroke: #009e73; } .line.failed { fill: none; stroke: #d55e00; }
        @media (prefers-color-scheme: dark) {
          svg { color: #e6e9ee; background: #14171c; }
          .delivered { fill: #3a9bdc; } .line.delivered { stroke: #3a9bdc; }
          .area { fill-opacity: .38; }
        }
        </style>
        """;

    private static readonly Curve[] Curves =
    [
        new("sent", point => point.Sent), new("delivered", point => point.Delivered), new("read", point => point.Read),
        new("failed", point => point.Failed),
    ];

    /// <summary>Draws it.</summary>
    public static string Draw(Drain drain)
    {
        var plot = Plot.Of(drain);
        var svg = Begin(Width, Height, $"{Title(drain)}: {Standing(drain)}", Style);
        svg.AppendLine(Text($"<text class=\"name\" x=\"{N(Left)}\" y=\"22\">{Escaped(Title(drain))}</text>"));
        svg.AppendLine(Text(
            $"<text class=\"quiet\" x=\"{N(Width - 16)}\" y=\"22\" text-anchor=\"end\">"
            + $"{Escaped(Standing(drain))}</text>"));
        Axes(svg, plot, drain);
        foreach (var curve in Curves)
        {
            Draw(svg, curve, drain, plot);
        }

        Ahead(svg, drain, plot);
        Labels(svg, drain, plot);
        return svg.AppendLine("</svg>").ToString();
    }

    private static string Title(Drain drain) =>
        drain.Send.Name.Length > 0 ? drain.Send.Name : drain.Send.Id.ToString();

    private static string Standing(Drain drain)
    {
        var now = drain.Points[^1];
        var left = drain.Send.Total - now.Sent - now.Failed;
        return drain.Send.Phase switch
        {
            BulkPhase.Ended => Text($"ended {Moment(drain.Send.EndedAt ?? drain.Now)} UTC"),
            BulkPhase.Paused => Text($"paused, {left:N0} of {drain.Send.Total:N0} to go"),
            BulkPhase.Closing => "ending early",
            BulkPhase.Running => Text($"{left:N0} of {drain.Send.Total:N0} to go")
                + (drain.FinishAt is { } finish ? Text($", done about {Moment(finish)} UTC") : ""),
        };
    }

    private static void Axes(StringBuilder svg, Plot plot, Drain drain)
    {
        var step = Math.Max(1, Step(drain.Send.Total, CountTicksMax));
        for (var count = 0d; count <= drain.Send.Total; count += step)
        {
            var y = plot.Y(count);
            svg.AppendLine(Text(
                $"<line class=\"{(count > 0 ? "grid" : "axis")}\" x1=\"{N(Left)}\" x2=\"{N(Left + PlotWidth)}\" "
                + $"y1=\"{N(y)}\" y2=\"{N(y)}\"/>"));
            svg.AppendLine(Text(
                $"<text class=\"quiet\" x=\"{N(Left - 8)}\" y=\"{N(y + 4)}\" text-anchor=\"end\">{count:N0}</text>"));
        }

        svg.AppendLine(Text(
            $"<line class=\"all\" x1=\"{N(Left)}\" x2=\"{N(Left + PlotWidth)}\" y1=\"{N(Top)}\" y2=\"{N(Top)}\"/>"));
        var every = TimeSteps.FirstOrDefault(each => (plot.To - plot.From) / each <= TimeTicksMax, TimeSteps[^1]);
        var first = plot.From.UtcTicks + every.Ticks - (plot.From.UtcTicks % every.Ticks);
        for (var tick = first; tick < plot.To.UtcTicks; tick += every.Ticks)
        {
            var x = plot.X(new DateTimeOffset(tick, TimeSpan.Zero));
            svg.AppendLine(Text(
                $"<line class=\"axis\" x1=\"{N(x)}\" x2=\"{N(x)}\" y1=\"{N(Top + PlotHeight)}\" "
                + $"y2=\"{N(Top + PlotHeight + 5)}\"/>"));
            svg.AppendLine(Text(
                $"<text class=\"quiet\" x=\"{N(x)}\" y=\"{N(Top + PlotHeight + 19)}\" text-anchor=\"middle\">"
                + $"{Tick(tick, every)}</text>"));
        }

        svg.AppendLine(Text(
            $"<text class=\"quiet\" x=\"{N(Left - 8)}\" y=\"{N(Top + PlotHeight + 19)}\" "
            + $"text-anchor=\"end\">UTC</text>"));
        if (drain.Send.Phase != BulkPhase.Ended)
        {
            var x = plot.X(drain.Now);
            svg.AppendLine(Text(
                $"<line class=\"now\" x1=\"{N(x)}\" x2=\"{N(x)}\" y1=\"{N(Top)}\" y2=\"{N(Top + PlotHeight)}\"/>"));
        }
    }

    private static void Draw(StringBuilder svg, Curve curve, Drain drain, Plot plot)
    {
        if (drain.Points[^1] is var last && curve.Of(last) == 0)
        {
            return;
        }

        var path = new StringBuilder(Text($"M{N(plot.X(plot.From))} {N(plot.Y(0))}"));
        foreach (var point in drain.Points)
        {
            path.Append(Text($"L{N(plot.X(point.At))} {N(plot.Y(curve.Of(point)))}"));
        }

        var word = curve.Word;
        if (word != "failed")
        {
            svg.AppendLine(Text(
                $"<path class=\"area {word}\" d=\"{path}V{N(plot.Y(0))}Z\"><title>{word}</title></path>"));
        }

        svg.AppendLine(Text($"<path class=\"line {word}\" d=\"{path}\"><title>{word}</title></path>"));
    }

    private static void Ahead(StringBuilder svg, Drain drain, Plot plot)
    {
        if (drain.FinishAt is { } finish)
        {
            var now = drain.Points[^1];
            svg.AppendLine(Text(
                $"<path class=\"ahead\" d=\"M{N(plot.X(now.At))} {N(plot.Y(now.Sent))}"
                + $"L{N(plot.X(finish))} {N(plot.Y(drain.Send.Total - now.Failed))}\"><title>forecast</title></path>"));
        }
    }

    /// <summary>Each curve's name and count beside its end, pushed apart where they would lie on each other.</summary>
    private static void Labels(StringBuilder svg, Drain drain, Plot plot)
    {
        var last = drain.Points[^1];
        var shown = Curves.Where(each => each.Of(last) > 0).OrderByDescending(each => each.Of(last)).ToList();
        var places = shown.Select(each => plot.Y(each.Of(last)) + 4).ToList();
        for (var i = 1; i < places.Count; i++)
        {
            places[i] = Math.Max(places[i], places[i - 1] + LabelApart);
        }

        var lowest = Top + PlotHeight;
        for (var i = places.Count - 1; i >= 0; i--)
        {
            places[i] = Math.Min(places[i], lowest);
            lowest = places[i] - LabelApart;
        }

        foreach (var (curve, y) in shown.Zip(places))
        {
            svg.AppendLine(Text(
                $"<rect class=\"{curve.Word}\" x=\"{N(Left + PlotWidth + 10)}\" y=\"{N(y - 9)}\" width=\"9\" "
                + $"height=\"9\" rx=\"2\"/>"));
            svg.AppendLine(Text(
                $"<text x=\"{N(Left + PlotWidth + 24)}\" y=\"{N(y)}\">{curve.Word} {curve.Of(last):N0}</text>"));
        }
    }

    private static string Tick(long ticks, TimeSpan every)
    {
        var at = new DateTime(ticks, DateTimeKind.Utc);
        return at.ToString(
            every < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : every < TimeSpan.FromDays(1) ? "HH:mm" : "d MMM",
            CultureInfo.InvariantCulture);
    }

    private static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    private sealed record Curve(string Word, Func<DrainPoint, int> Of);

    /// <summary>From times and counts to places on the page.</summary>
    private sealed record Plot(DateTimeOffset From, DateTimeOffset To, double Most)
    {
        public static Plot Of(Drain drain)
        {
            var from = drain.Send.CreatedAt;
            var end = drain.Send.EndedAt is { } ended
                ? ended + ((ended - from) * Afterwards)
                : drain.FinishAt > drain.Now ? drain.FinishAt.Value : drain.Now;
            return new Plot(from, end > from ? end : from.AddSeconds(1), drain.Send.Total);
        }

        public double X(DateTimeOffset at) => Left + (PlotWidth * Math.Clamp((at - From) / (To - From), 0, 1));

        public double Y(double count) => Top + (PlotHeight * (1 - (count / Math.Max(1, Most))));
    }
}
