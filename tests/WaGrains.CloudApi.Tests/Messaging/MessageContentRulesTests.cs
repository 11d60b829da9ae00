using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Tests.Messaging;

public sealed class MessageContentRulesTests
{
    private static readonly MediaRef Uploaded = new("88", null);

    public static TheoryData<string> Names => [.. Contents.All().Keys];

    /// <summary>
    /// For each limit: where it is, its number, and a content that has so many characters or parts of it.
    /// </summary>
    public static TheoryData<string, int, Func<int, MessageContent>> Limits => new()
    {
        { "text.body", 4096, n => new TextContent(Text(n), false) },
        { "image.caption", 1024, n => new MediaContent(MediaKind.Image, Uploaded, Text(n), null, false) },
        { "document.caption", 1024, n => new MediaContent(MediaKind.Document, Uploaded, Text(n), null, false) },
        { "interactive.body.text", 1024, n => Buttons(body: Text(n)) },
        { "interactive.body.text", 4096, n => List(body: Text(n)) },
        { "interactive.header.text", 60, n => Buttons(header: Text(n)) },
        { "interactive.footer.text", 60, n => Buttons(footer: Text(n)) },
        {
            "interactive.action.buttons",
            3,
            n => Interactive(new ButtonsAction([.. Many(n, i => new ReplyButton($"i{i}", $"t{i}"))]))
        },
        {
            "interactive.action.buttons[0].reply.id",
            256,
            n => Interactive(new ButtonsAction([new ReplyButton(Text(n), "t")]))
        },
        {
            "interactive.action.buttons[0].reply.title",
            20,
            n => Interactive(new ButtonsAction([new ReplyButton("i", Text(n))]))
        },
        { "interactive.action.button", 20, n => List(button: Text(n)) },
        {
            "interactive.action.sections",
            10,
            n => Interactive(new ListAction("b", [new ListSection(null, [.. Many(n, Row)])]))
        },
        {
            "interactive.action.sections",
            10,
            n => Interactive(new ListAction("b", [.. Many(n, i => new ListSection("s", [Row(i)]))]))
        },
        {
            "interactive.action.sections[0].title",
            24,
            n => Interactive(new ListAction("b", [new ListSection(Text(n), [Row(0)])]))
        },
        { "interactive.action.sections[0].rows[0].id", 200, n => List(row: new ListRow(Text(n), "t", null)) },
        { "interactive.action.sections[0].rows[0].title", 24, n => List(row: new ListRow("i", Text(n), null)) },
        { "interactive.action.sections[0].rows[0].description", 72, n => List(row: new ListRow("i", "t", Text(n))) },
        {
            "interactive.action.parameters.display_text",
            20,
            n => Interactive(new UrlAction(Text(n), "https://a.example.test"))
        },
        { "interactive.action.parameters.flow_cta", 30, n => Flow(Text(n)) },
        { "template.name", 512, n => Template() with { Name = Text(n) } },
        {
            "template.components",
            10,
            n => Template() with { Buttons = [.. Many(n, i => Button(new PayloadParameter("p"), Math.Min(i, 9)))] }
        },
        {
            "template.components[0].parameters[0].text",
            60,
            n => Template() with { HeaderParameters = [new TextParameter(Text(n), null)] }
        },
        {
            "template.components[0].parameters[0].text",
            1024,
            n => Template() with { BodyParameters = [new TextParameter(Text(n), null)] }
        },
        {
            "template.components[0].parameters[0].text",
            2000,
            n => Template() with { Buttons = [Button(new TextParameter(Text(n), null), 0)] }
        },
        {
            "template.components[0].parameters[0].coupon_code",
            15,
            n => Template() with { Buttons = [Button(new CouponCodeParameter(Text(n)), 0)] }
        },
        {
            "template.components[0].parameters[0].payload",
            256,
            n => Template() with { Buttons = [Button(new PayloadParameter(Text(n)), 0)] }
        },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Documented_samples_have_no_mistakes(string name) =>
        Assert.Empty(MessageContentRules.Check(Contents.All()[name]));

    [Theory]
    [MemberData(nameof(Limits))]
    public void At_the_limit_is_allowed_and_one_over_is_not(string path, int limit, Func<int, MessageContent> content)
    {
        Assert.Empty(MessageContentRules.Check(content(limit)));
        var over = MessageContentRules.Check(content(limit + 1));
        Assert.All(over, mistake => Assert.Equal(path, mistake.Param));
        Assert.All(over, mistake => Assert.Contains(mistake.Code, new[] { "too_long", "too_many" }));
        Assert.NotEmpty(over);
    }

    [Fact]
    public void Letters_outside_the_first_plane_count_once()
    {
        var smiles = string.Concat(Enumerable.Repeat("😀", 20));
        var (fits, over) = (new ReplyButton("i", smiles), new ReplyButton("i", smiles + "a"));
        Assert.Empty(MessageContentRules.Check(Interactive(new ButtonsAction([fits]))));
        var mistake = Assert.Single(MessageContentRules.Check(Interactive(new ButtonsAction([over]))));
        Assert.Equal("too_long", mistake.Code);
    }

    [Fact]
    public void All_mistakes_are_told_at_once() => Assert.Equal(
        [
            "interactive.header.text too_long",
            "interactive.body.text missing",
            "interactive.action.buttons[0].reply.id invalid",
            "interactive.action.buttons[1].reply.title missing",
            "interactive.action.buttons[2].reply.id invalid",
            "interactive.action.buttons[2].reply.id duplicate",
            "interactive.action.buttons[2].reply.title duplicate",
        ],
        Told(new InteractiveContent(
            new TextHeader(Text(61)),
            " ",
            null,
            new ButtonsAction([new ReplyButton(" a", "A"), new ReplyButton("b", ""), new ReplyButton(" a", "A")]))));

    public static TheoryData<string, MessageContent> Wrong => new()
    {
        { "text.body missing", new TextContent(" \n", false) },
        { "image missing", new MediaContent(MediaKind.Image, new MediaRef(null, null), null, null, false) },
        {
            "image not_allowed",
            new MediaContent(MediaKind.Image, new MediaRef("1", "https://a.example.test/x"), null, null, false)
        },
        {
            "image.link invalid",
            new MediaContent(MediaKind.Image, new MediaRef(null, "ftp://a.example.test/x"), null, null, false)
        },
        { "audio.caption not_allowed", new MediaContent(MediaKind.Audio, Uploaded, "c", null, false) },
        { "sticker.caption not_allowed", new MediaContent(MediaKind.Sticker, Uploaded, "c", null, false) },
        { "image.filename not_allowed", new MediaContent(MediaKind.Image, Uploaded, null, "f", false) },
        { "video.voice not_allowed", new MediaContent(MediaKind.Video, Uploaded, null, null, true) },
        { "location.latitude out_of_range", new LocationContent(90.1, 0, null, null) },
        { "location.latitude out_of_range", new LocationContent(double.NaN, 0, null, null) },
        { "location.longitude out_of_range", new LocationContent(0, -180.1, null, null) },
        { "contacts missing", new ContactsContent([]) },
        { "reaction.message_id missing", new ReactionContent("", "👍") },
        { "interactive.action.buttons missing", Interactive(new ButtonsAction([])) },
        { "interactive.action.sections missing", Interactive(new ListAction("b", [])) },
        {
            "interactive.action.sections[0].rows missing",
            Interactive(new ListAction("b", [new ListSection(null, [])]))
        },
        { "interactive.action.parameters.url invalid", Interactive(new UrlAction("t", "javascript:x")) },
        { "interactive.action.parameters.flow_cta not_allowed", Flow("Go 👍") },
        {
            "interactive.header.type not_allowed",
            List() with { Header = new MediaHeader(MediaKind.Image, Uploaded, null) }
        },
        {
            "interactive.header.type not_allowed",
            Buttons() with { Header = new MediaHeader(MediaKind.Audio, Uploaded, null) }
        },
        { "template.name invalid", Template() with { Name = "Order" } },
        { "template.language.code missing", Template() with { Language = "" } },
        {
            "template.components[0].index out_of_range",
            Template() with { Buttons = [Button(new PayloadParameter("p"), 10)] }
        },
        {
            "template.components[0].parameters invalid",
            Template() with { BodyParameters = [new TextParameter("a", "n"), new TextParameter("b", null)] }
        },
        {
            "template.components[0].parameters[0].currency.code invalid",
            Template() with { BodyParameters = [new CurrencyParameter("1", "eur", 1, null)] }
        },
        {
            "template.components[0].parameters[0].action invalid",
            Template() with { Buttons = [Button(new ActionParameter("{"), 0)] }
        },
        {
            "template.components[0].parameters[0].action wrong_type",
            Template() with { Buttons = [Button(new ActionParameter("[]"), 0)] }
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Each_rule_names_its_place_and_code(string told, MessageContent content) =>
        Assert.Equal([told], Told(content));

    [Fact]
    public void Several_sections_need_titles() => Assert.Equal(
        ["interactive.action.sections[1].title missing"],
        Told(Interactive(new ListAction("b", [new ListSection("a", [Row(0)]), new ListSection(null, [Row(1)])]))));

    private static IEnumerable<string> Told(MessageContent content) =>
        MessageContentRules.Check(content).Select(mistake => $"{mistake.Param} {mistake.Code}");

    private static string Text(int length) => new('x', length);

    private static IEnumerable<T> Many<T>(int count, Func<int, T> make) => Enumerable.Range(0, count).Select(make);

    private static ListRow Row(int i) => new($"i{i}", $"t{i}", null);

    private static InteractiveContent Interactive(InteractiveAction action) => new(null, "body", null, action);

    private static InteractiveContent Buttons(string body = "b", string header = "h", string footer = "f") =>
        new(new TextHeader(header), body, footer, new ButtonsAction([new ReplyButton("i", "t")]));

    private static InteractiveContent List(string body = "b", string button = "b", ListRow? row = null) =>
        new(null, body, null, new ListAction(button, [new ListSection(null, [row ?? Row(0)])]));

    private static InteractiveContent Flow(string cta) =>
        Interactive(new FlowAction("1", null, cta, null, false, new FlowStart("3", false, null)));

    private static TemplateContent Template() => new("t", "en", TemplateCategory.Utility, [], [], []);

    private static TemplateButton Button(TemplateParameter parameter, int index) =>
        new(TemplateButtonKind.QuickReply, index, [parameter]);
}
