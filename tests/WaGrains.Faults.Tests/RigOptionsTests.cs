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

    [Fact]
    public void Numbers_of_a_steady_load_may_send_twice_what_they_have_to()
    {
        var options = RigOptions.Read(["--exchanges-per-second", "300"]);
        var traffic = Traffic.Of(options);

        Assert.Equal((50, 720.0), (options.Numbers, traffic.PerNumberAndMinute));
        Assert.Equal((18_000.0, 6_000), (traffic.MessagesPerMinute, traffic.Customers));
    }

    [Fact]
    public void Numbers_that_were_asked_for_are_kept_under_a_steady_load() => Assert.Equal(
        7, RigOptions.Read(["--numbers", "7", "--exchanges-per-second", "300"]).Numbers);
}
