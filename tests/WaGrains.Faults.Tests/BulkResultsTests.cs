using System.Text.Json;
using WaGrains.LocalCluster.Sends;

namespace WaGrains.Faults.Tests;

public sealed class BulkResultsTests
{
    private const string Read = """{"status":"read","error":null}""";

    private readonly BulkResults _results = new();

    [Fact]
    public void Results_that_agree_with_the_sandbox_are_clean()
    {
        Note(0, "491", "taken", null, Read);
        Note(1, "492", "dropped", "cancelled", "null");
        Note(2, "493", "taken", null, """{"status":"failed","error":{"code":131026,"reason":"unreachable"}}""");
        Note(3, "494", "taken", null, """{"status":"unknown","error":{"code":0,"reason":"unknown_outcome"}}""");

        Assert.Empty(_results.Violations(4, Sandbox("491", "493")));
        Assert.Equal(1, _results.Words["unknown (unknown_outcome)"]);
    }

    [Theory]
    [InlineData("taken", """{"status":"queued","error":null}""", "nobody says how it ended: 1")]
    [InlineData("pending", "null", "nobody says how it ended: 1")]
    [InlineData("taken", """{"status":"expired","error":null}""", "no reason: 1")]
    [InlineData("dropped", "null", "no reason: 1")]
    public void What_has_no_end_or_no_reason_is_named(string outcome, string message, string violation)
    {
        Note(0, "491", outcome, null, message);

        Assert.EndsWith(violation, Assert.Single(_results.Violations(1, Sandbox())), StringComparison.Ordinal);
    }

    [Fact]
    public void Recipient_who_was_written_to_twice_is_named()
    {
        Note(0, "491", "taken", null, Read);

        Assert.Equal(
            ["recipients who were written to more than once: 1"], _results.Violations(1, Sandbox("491", "491")));
    }

    [Fact]
    public void Recipients_of_whom_the_two_sides_tell_different_things_are_named()
    {
        Note(0, "491", "taken", null, Read);
        Note(1, "492", "taken", null, """{"status":"unknown","error":{"code":0,"reason":"unknown_outcome"}}""");

        Assert.Equal(
            [
                "recipients told as written to whom nothing reached: 1",
                "recipients told as not written to who were: 1",
            ],
            _results.Violations(2, Sandbox("492")));
    }

    [Fact]
    public void Recipient_that_is_missing_from_the_list_is_named()
    {
        Note(0, "491", "taken", null, Read);

        Assert.Equal(
            [
                "recipients missing from the list, or in it twice: 1",
                "people who were written to and are not in the list: 1",
            ],
            _results.Violations(2, Sandbox("491", "492")));
    }

    private void Note(int position, string to, string outcome, string? code, string message)
    {
        var reason = code is null ? "null" : $"\"{code}\"";
        using var recipient = JsonDocument.Parse(
            $$"""
            {"position":{{position}},"to":"{{to}}","outcome":"{{outcome}}","code":{{reason}},"message":{{message}} }
            """);
        _results.Note(recipient.RootElement);
    }

    private static Dictionary<string, int> Sandbox(params string[] sends) =>
        sends.CountBy(to => to).ToDictionary(StringComparer.Ordinal);
}
