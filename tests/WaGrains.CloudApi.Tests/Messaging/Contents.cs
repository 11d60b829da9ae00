using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Tests.Messaging;

/// <summary>
/// One content of every type of Meta's send page, by the name of its golden. Built anew each time, so that equality
/// is by value.
/// </summary>
internal static class Contents
{
    private static readonly MediaRef Uploaded = new("880001112223", null);

    public static IReadOnlyDictionary<string, MessageContent> All() =>
        Plain().Concat(Interactive()).Concat(Templates()).ToDictionary();

    private static Dictionary<string, MessageContent> Plain() => new()
    {
        ["text"] = new TextContent("Your slot is at 10:30, Übergabe 👍 \"quoted\" a/b", false),
        ["image"] = new MediaContent(MediaKind.Image, Uploaded, "Floor plan", null, false),
        ["video"] = new MediaContent(MediaKind.Video, Link("tour.mp4"), "Tour", null, false),
        ["audio"] = new MediaContent(MediaKind.Audio, Uploaded, null, null, true),
        ["document"] = new MediaContent(MediaKind.Document, Link("inv-77.pdf"), "Invoice 77", "invoice-77.pdf", false),
        ["sticker"] = new MediaContent(MediaKind.Sticker, Uploaded, null, null, false),
        ["location"] = new LocationContent(52.5163, 13.3777, "Main branch", "Platz 1, Berlin"),
        ["contacts"] = new ContactsContent([Card(), Card() with { Organisation = null, Birthday = null }]),
        ["reaction"] = new ReactionContent("wamid.AAA", "👍"),
        ["reaction_removed"] = new ReactionContent("wamid.AAA", string.Empty),
    };

    private static Dictionary<string, MessageContent> Interactive() => new()
    {
        ["buttons"] = new InteractiveContent(
            new TextHeader("Order 12"),
            "Confirm?",
            "Reply within 1 h",
            new ButtonsAction([new ReplyButton("ok", "Yes"), new ReplyButton("no", "No")])),
        ["buttons_document_header"] = new InteractiveContent(
            new MediaHeader(MediaKind.Document, Link("terms.pdf"), "terms.pdf"),
            "Agree?",
            null,
            new ButtonsAction([new ReplyButton("ok", "Yes")])),
        ["list"] = new InteractiveContent(null, "Pick a team", null, Teams()),
        ["cta_url"] = new InteractiveContent(
            null, "Track it", null, new UrlAction("Open tracking", "https://track.example.test/x1?a=1&b=2")),
        ["flow"] = new InteractiveContent(
            null,
            "Book",
            null,
            new FlowAction(
                "9911",
                null,
                "Book now",
                "tok-1",
                false,
                new FlowStart("3", false, """{"screen":"START","data":{"k":"v"}}"""))),
        ["flow_by_name"] = new InteractiveContent(
            null,
            "Book",
            null,
            new FlowAction(null, "booking", "Book now", null, true, new FlowStart("3", true, null))),
        ["location_request"] = new InteractiveContent(null, "Where are you?", null, new LocationRequestAction()),
        ["contact_request"] = new InteractiveContent(null, "Share your number?", null, new ContactRequestAction()),
    };

    private static Dictionary<string, MessageContent> Templates() => new()
    {
        ["template"] = Template(),
        ["template_named"] = new TemplateContent(
            "welcome",
            "de",
            TemplateCategory.Unknown,
            [new TextParameter("Mia", "name")],
            [new TextParameter("Mia", "first_name"), new DateTimeParameter("1 Dec", "day")],
            []),
        ["template_place"] = new TemplateContent(
            "visit_us",
            "pt_BR",
            TemplateCategory.Unknown,
            [new LocationParameter(new LocationContent(-23.5, -46.6, "Loja", "Rua 1"))],
            [],
            [
                new TemplateButton(TemplateButtonKind.CopyCode, 0, [new CouponCodeParameter("SAVE10")]),
                new TemplateButton(TemplateButtonKind.Flow, 1, [new ActionParameter("""{"flow_token":"tok-2"}""")]),
                new TemplateButton(TemplateButtonKind.Catalog, 2, [new ActionParameter("{}")]),
                new TemplateButton(TemplateButtonKind.MultiProduct, 3, [new ActionParameter("""{"sections":[]}""")]),
                new TemplateButton(TemplateButtonKind.VoiceCall, 4, []),
            ]),
        ["template_plain"] = new TemplateContent("hello_world", "en_US", TemplateCategory.Unknown, [], [], []),
    };

    private static ListAction Teams() => new(
        "Teams",
        [
            new ListSection(
                "Support",
                [new ListRow("t1", "Billing", "Invoices, refunds"), new ListRow("t2", "Other", null)]),
            new ListSection("Sales", [new ListRow("t3", "New customers", null)]),
        ]);

    private static TemplateContent Template() => new(
        "order_ready",
        "en_US",
        TemplateCategory.Unknown,
        [new MediaParameter(MediaKind.Image, Link("h.jpg"), null)],
        [
            new TextParameter("Mia", null),
            new CurrencyParameter("€10.50", "EUR", 10500, null),
            new DateTimeParameter("1 Dec", null),
        ],
        [
            new TemplateButton(TemplateButtonKind.QuickReply, 0, [new PayloadParameter("stop_promo")]),
            new TemplateButton(TemplateButtonKind.Url, 1, [new TextParameter("abc123", null)]),
        ]);

    private static ContactCard Card() => new(
        new CardName("Mia Sanders", "Mia", "Sanders", null, "Dr.", null),
        [new CardPhone("+49 30 1234567", "WORK", "49301234567")],
        [new CardEntry("mia@example.test", "WORK")],
        [new CardEntry("https://mia.example.test", null)],
        [new CardAddress("Platz 1", "Berlin", null, "10115", "Germany", "de", "WORK")],
        new CardOrganisation("Sanders GmbH", null, "Owner"),
        "1990-01-31");

    private static MediaRef Link(string file) => new(null, $"https://cdn.example.test/{file}");
}
