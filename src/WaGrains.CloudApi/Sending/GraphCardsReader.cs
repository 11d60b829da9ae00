using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>Reads address cards from a send request.</summary>
internal static class GraphCardsReader
{
    public static ContactsContent Read(GraphPart request) => new([.. request.Parts("contacts").Select(Card)]);

    private static ContactCard Card(GraphPart card) => new(
        card.Part("name") is { } name ? Name(name) : new CardName(string.Empty, null, null, null, null, null),
        [.. card.OptionalParts("phones").Select(Phone)],
        [.. card.OptionalParts("emails").Select(mail => new CardEntry(mail.Text("email"), mail.OptionalText("type")))],
        [.. card.OptionalParts("urls").Select(url => new CardEntry(url.Text("url"), url.OptionalText("type")))],
        [.. card.OptionalParts("addresses").Select(Address)],
        card.OptionalPart("org") is { } org ? Organisation(org) : null,
        card.OptionalText("birthday"));

    private static CardName Name(GraphPart name) => new(
        name.Text("formatted_name"),
        name.OptionalText("first_name"),
        name.OptionalText("last_name"),
        name.OptionalText("middle_name"),
        name.OptionalText("prefix"),
        name.OptionalText("suffix"));

    private static CardPhone Phone(GraphPart phone) =>
        new(phone.Text("phone"), phone.OptionalText("type"), phone.OptionalText("wa_id"));

    private static CardAddress Address(GraphPart address) => new(
        address.OptionalText("street"),
        address.OptionalText("city"),
        address.OptionalText("state"),
        address.OptionalText("zip"),
        address.OptionalText("country"),
        address.OptionalText("country_code"),
        address.OptionalText("type"));

    private static CardOrganisation Organisation(GraphPart org) =>
        new(org.OptionalText("company"), org.OptionalText("department"), org.OptionalText("title"));
}
