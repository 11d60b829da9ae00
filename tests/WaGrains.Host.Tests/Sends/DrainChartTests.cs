using System.Xml.Linq;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Host.Sends;

namespace WaGrains.Host.Tests.Sends;

public sealed class DrainChartTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 22, 9, 30, 0, TimeSpan.Zero);

    private static BulkSendState Send(BulkPhase phase, string name = "Spring <offers>") =>
        BulkSendState.None(TenantId.Parse("demo"), new BulkSendId(1UL << 40)) with
        {
            Version = 1, Name = name, Total = 1_000, CreatedAt = Begin, Phase = phase,
            EndedAt = phase == BulkPhase.Ended ? Begin.AddMinutes(25) : null,
        };

    private static DrainPoint Point(int minute) => new(
        Begin.AddMinutes(minute), 40 * minute, Math.Max(0, (38 * minute) - 30), Math.Max(0, (20 * minute) - 60),
        minute);

    private static List<DrainPoint> Until(int minute) => [.. Enumerable.Range(1, minute).Select(Point)];

    [Theory]
    [InlineData(BulkPhase.Running)]
    [InlineData(BulkPhase.Ended)]
    public void Drawing_is_as_it_was_drawn(BulkPhase phase)
    {
        var isOver = phase == BulkPhase.Ended;
        var drain = new Drain(
            Send(phase), Until(isOver ? 24 : 14), isOver ? null : Begin.AddMinutes(26),
            Begin.AddMinutes(isOver ? 90 : 14));
        var path = Path.Combine(
            Repository(), "tests", "Golden", "pace", $"drain_{phase.ToString().ToLowerInvariant()}.svg");
        var drawn = DrainChart.Draw(drain);
        if (Environment.GetEnvironmentVariable("WAGRAINS_UPDATE_GOLDENS") == "1")
        {
            File.WriteAllText(path, drawn);
        }

        Assert.Equal(File.ReadAllText(path), drawn);
    }

    [Fact]
    public void Name_of_a_send_cannot_break_the_drawing()
    {
        var drawn = DrainChart.Draw(new Drain(
            Send(BulkPhase.Paused, "<script>\"&"), [Point(1)], null, Begin.AddMinutes(1)));
        var root = XDocument.Parse(drawn).Root!;
        Assert.Contains("<script>\"&", root.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(root.Descendants(), each => each.Name.LocalName == "script");
    }

    [Fact]
    public void Send_that_has_just_begun_is_drawn_without_any_curve()
    {
        var drawn = DrainChart.Draw(new Drain(
            Send(BulkPhase.Running), [new DrainPoint(Begin, 0, 0, 0, 0)], null, Begin));
        Assert.DoesNotContain("<path", drawn, StringComparison.Ordinal);
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WaGrains.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
