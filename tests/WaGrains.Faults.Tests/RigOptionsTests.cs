using WaGrains.LocalCluster;

namespace WaGrains.Faults.Tests;

public sealed class RigOptionsTests
{
    [Fact]
    public void Later_word_wins_so_that_a_script_can_have_its_own_default() =>
        Assert.Equal(2, RigOptions.Read(["--rounds", "5", "--rounds", "2"]).Rounds);

    [Theory]
    [InlineData("--rounds")]
    [InlineData("--rounds", "many")]
    [InlineData("--silos", "0")]
    [InlineData("--speed", "1")]
    public void What_cannot_be_meant_is_refused(params string[] arguments) =>
        Assert.Throws<FormatException>(() => RigOptions.Read(arguments));

    [Fact]
    public void Offset_moves_proxy_and_sandbox()
    {
        var options = RigOptions.Read(["--port-offset", "700"]);

        Assert.Equal((5700, 5781), (options.ProxyUrl.Port, options.SandboxUrl.Port));
    }
}
