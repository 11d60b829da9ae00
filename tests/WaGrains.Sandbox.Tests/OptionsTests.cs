using Microsoft.Extensions.Configuration;
using WaGrains.Sandbox.Shell;

namespace WaGrains.Sandbox.Tests;

public class OptionsTests
{
    [Fact]
    public void The_defaults_have_no_problems() => Assert.Empty(new SandboxOptions().Problems());

    [Fact]
    public void All_mistakes_are_reported_together()
    {
        var options = new SandboxOptions { Url = "https://example.com", AppSecret = "", Customers = -1 };
        options.Numbers[1].PhoneNumberId = options.Numbers[0].PhoneNumberId;
        options.Misbehaviour.Late = double.NaN;
        options.Webhooks.InFlightMax = 0;
        Assert.Equal(6, options.Problems().Count);
        var refused = Assert.Throws<ArgumentException>(() => new SandboxCore(options, 1));
        Assert.All(options.Problems(), each => Assert.Contains(each, refused.Message));
    }

    [Fact]
    public void Configured_numbers_replace_the_defaults_and_the_longer_section_wins()
    {
        var options = SandboxConfiguration.Read(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Sandbox:Customers"] = "5",
                ["Sandbox:Seed"] = "9",
                ["WAGRAINS:SANDBOX:CUSTOMERS"] = "6",
                ["Sandbox:Numbers:0:PhoneNumberId"] = "42",
                ["Sandbox:Numbers:0:DisplayPhoneNumber"] = "+49 30 1234567",
                ["Sandbox:Numbers:0:ContractedPerMinute"] = "20",
                ["Sandbox:Misbehaviour:Late"] = "0.5",
            }).Build());
        Assert.Equal((6, 9, 0.5), (options.Customers, options.Seed, options.Misbehaviour.Late));
        var number = Assert.Single(options.Numbers);
        Assert.Equal(("42", 20.0), (number.PhoneNumberId, number.ContractedPerMinute));
        Assert.Equal(new SandboxOptions().Templates.Count, options.Templates.Count);
    }
}
