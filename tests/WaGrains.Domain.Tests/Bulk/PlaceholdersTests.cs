using WaGrains.Domain.Bulk;
using WaGrains.Domain.Messaging;

namespace WaGrains.Domain.Tests.Bulk;

public sealed class PlaceholdersTests
{
    private static readonly Dictionary<string, string> Ana = new() { ["name"] = "Ana {{day}}", ["day"] = "Monday" };

    [Fact]
    public void Names_of_a_text_are_found_once_each_in_order() =>
        Assert.Equal(
            ["name", "day"],
            Placeholders.Of(new TextContent("Hi {{name}}, {{day}} {{name}} {{ no }} {{}} {x}", false)));

    [Fact]
    public void Values_are_put_in_and_never_read_again() =>
        Assert.Equal(
            new TextContent("Hi Ana {{day}}, Monday, {{else}}", true),
            Placeholders.Fill(new TextContent("Hi {{name}}, {{day}}, {{else}}", true), Ana));

    [Fact]
    public void Every_text_that_fills_a_template_takes_values()
    {
        var template = new TemplateContent(
            "offer", "en", TemplateCategory.Marketing,
            [new TextParameter("{{day}}", null)],
            [new TextParameter("x {{day}}", "when"), new CurrencyParameter("{{day}}", "EUR", 1, null)],
            [
                new TemplateButton(TemplateButtonKind.QuickReply, 0, [new PayloadParameter("p-{{day}}")]),
                new TemplateButton(TemplateButtonKind.CopyCode, 1, [new CouponCodeParameter("{{day}}")]),
            ]);
        var filled = (TemplateContent)Placeholders.Fill(template, Ana);
        Assert.Equal(["day"], Placeholders.Of(template));
        Assert.Equal([new TextParameter("Monday", null)], filled.HeaderParameters);
        Assert.Equal(
            [new TextParameter("x Monday", "when"), new CurrencyParameter("{{day}}", "EUR", 1, null)],
            filled.BodyParameters);
        Assert.Equal(
            [new PayloadParameter("p-Monday"), new CouponCodeParameter("Monday")],
            filled.Buttons.SelectMany(button => button.Parameters));
    }
}
