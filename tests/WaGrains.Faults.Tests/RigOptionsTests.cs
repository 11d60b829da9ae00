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
    [InlineData("--send", "letters")]
    [InlineData("--kills", "3")]
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

    [Fact]
    public void Numbers_of_a_send_may_send_its_share_and_twice_what_customers_ask()
    {
        var options = RigOptions.Read(["--send", "bulk", "--recipients", "20000", "--numbers", "25"]);

        // 350 and twice 5 a second, by 25.
        Assert.Equal((20_000, 864.0), (options.Send!.Recipients, Traffic.Of(options).PerNumberAndMinute));
    }

    [Fact]
    public void Send_brings_its_own_numbers() =>
        Assert.Equal(20, RigOptions.Read(["--send", "portfolio"]).Numbers);
}
