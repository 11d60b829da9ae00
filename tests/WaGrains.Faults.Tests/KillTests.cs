using WaGrains.LocalCluster;
using WaGrains.LocalCluster.Faults;

namespace WaGrains.Faults.Tests;

/// <summary>The short form of the fault run, with real processes; the long one is <c>tests/faults --rounds N</c>.
/// </summary>
public sealed class KillTests
{
    // Away from the ports of a cluster that somebody may have standing on this machine.
    private const int Elsewhere = 700;

    [Fact]
    public async Task Silo_killed_under_load_costs_no_message_and_its_numbers_serve_again_in_time()
    {
        var folder = Directory.CreateTempSubdirectory("wagrains-faults-");
        using var output = new StringWriter();
        var options = new RigOptions
        {
            Root = Root(),
            Configuration = Directory.GetParent(AppContext.BaseDirectory.TrimEnd('/'))!.Name,
            Folder = folder.FullName,
            PortOffset = Elsewhere,
            Rounds = 1,
            Only = "kill",
        };
        bool isClean;
        await using (var rig = await Rig.Start(options, CancellationToken.None))
        {
            isClean = await new FaultRounds(rig, options, output).Execute(CancellationToken.None);
        }

        Assert.True(isClean, $"{output}logs: {folder.FullName}");
        folder.Delete(recursive: true);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WaGrains.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("no solution above the tests");
        }

        return folder.FullName;
    }
}
