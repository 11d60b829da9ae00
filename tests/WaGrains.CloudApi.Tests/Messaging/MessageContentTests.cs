using System.Text.Json;
using System.Text.Json.Serialization;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Tests.Messaging;

public sealed class MessageContentTests
{
    public static TheoryData<string> Names => [.. Contents.All().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Stored_content_comes_back_equal(string name)
    {
        var content = Contents.All()[name];
        var json = JsonSerializer.Serialize(content, StoredContent.Default.MessageContent);
        Assert.Equal(content, JsonSerializer.Deserialize(json, StoredContent.Default.MessageContent));
        Assert.Equal(content, JsonSerializer.Deserialize(json, StrictContent.Default.MessageContent));
        Assert.DoesNotContain("VisibleText", json, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_values_are_equal_and_have_equal_hashes(string name)
    {
        var (one, other) = (Contents.All()[name], Contents.All()[name]);
        Assert.NotSame(one, other);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Single(Contents.All().Values, content => content == one);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_form_tells_the_kind_only(string name) =>
        Assert.Matches("^[A-Za-z]+Content$", Contents.All()[name].ToString());

    [Fact]
    public void Lists_cannot_be_changed_from_outside()
    {
        List<ReplyButton> buttons = [new("a", "A")];
        var action = new ButtonsAction(buttons);
        buttons.Add(new ReplyButton("b", "B"));
        Assert.Single(action.Buttons);
    }

    [Fact]
    public void Visible_text_holds_everything_a_person_could_read()
    {
        var all = Contents.All();
        Assert.Equal("Order 12\nConfirm?\nReply within 1 h\nYes\nNo", all["buttons"].VisibleText);
        Assert.Equal(
            "Pick a team\nTeams\nSupport\nBilling\nInvoices, refunds\nOther\nSales\nNew customers",
            all["list"].VisibleText);
        Assert.Equal("Track it\nOpen tracking\nhttps://track.example.test/x1?a=1&b=2", all["cta_url"].VisibleText);
        Assert.Equal("Mia\n€10.50\n1 Dec\nabc123", all["template"].VisibleText);
        Assert.Equal("Invoice 77\ninvoice-77.pdf", all["document"].VisibleText);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(4, 64)]
    [InlineData(7, 3_600)]
    [InlineData(1_000_000, 3_600)]
    public void Powers_of_four_grow_up_to_an_hour(int repeat, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryRule.PowersOfFour.WaitBefore(repeat));

    [Fact]
    public void Repeats_end()
    {
        Assert.Null(RetryRule.Never.WaitBefore(1));
        Assert.Null(RetryRule.Backoff.WaitBefore(0));
        Assert.Equal(TimeSpan.FromSeconds(2), RetryRule.Backoff.AtMost(2).WaitBefore(2));
        Assert.Null(RetryRule.Backoff.AtMost(2).WaitBefore(3));
    }
}

[JsonSerializable(typeof(MessageContent))]
internal sealed partial class StoredContent : JsonSerializerContext;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict)]
[JsonSerializable(typeof(MessageContent))]
internal sealed partial class StrictContent : JsonSerializerContext;
