using System.Text.Json;

namespace WaGrains.Sandbox.Customers;

/// <summary>What a customer writes next; shapes as in facts 3.5.</summary>
internal sealed class Composer(CustomerHabits habits, Chance chance)
{
    private const double TapShare = 0.6;

    public Draft Next(Customer customer)
    {
        if (habits.Says.Length > 0)
        {
            return Text(habits.Says);
        }

        if (customer is { Choices.Count: > 0, LastOutbound: { } asked } && chance.Happens(TapShare))
        {
            return Tap(chance.Pick(customer.Choices), asked);
        }

        if (!chance.Happens(habits.OtherThanText))
        {
            return Text(Phrase(customer));
        }

        return chance.Below(10) switch
        {
            0 or 1 or 2 => Image(),
            3 or 4 => Location(),
            5 or 6 when customer.LastOutbound is { } outbound => Reaction(outbound),
            7 when customer.LastText is { } text => Edit(text, Phrase(customer)),
            8 when customer.LastText is { } text => Revoke(text),
            9 => Unsupported(),
            _ => Text(Phrase(customer)),
        };
    }

    public static Draft Text(string body) => new("text", json =>
    {
        json.WriteStartObject("text");
        json.WriteString("body", body);
        json.WriteEndObject();
    });

    private string Phrase(Customer customer) => chance.Pick(customer.IsInConversation && chance.Happens(0.5)
        ? Phrases.Replies(customer.Language)
        : Phrases.Openings(customer.Language));

    private Draft Image()
    {
        var id = 880_000_000_000 + chance.Below(1_000_000);
        return new Draft("image", json =>
        {
            json.WriteStartObject("image");
            json.WriteString("id", $"{id}");
            json.WriteString("mime_type", "image/jpeg");
            json.WriteString("sha256", "q1+X/0c3bWk1lyPz2m0dpd9xj6VX3lCjzCq4zLJwG9E=");
            json.WriteString("caption", "É este?");
            json.WriteEndObject();
        });
    }

    private Draft Location()
    {
        var latitude = Math.Round(-33 + 60 * chance.NextUnit(), 5);
        var longitude = Math.Round(-70 + 70 * chance.NextUnit(), 5);
        return new Draft("location", json =>
        {
            json.WriteStartObject("location");
            json.WriteNumber("latitude", latitude);
            json.WriteNumber("longitude", longitude);
            json.WriteEndObject();
        });
    }

    private static Draft Tap(Choice choice, string asked) =>
        choice.Type == "button" ? TemplateTap(choice, asked) : new Draft("interactive", json =>
        {
            json.WriteStartObject("interactive");
            json.WriteString("type", choice.Type);
            json.WriteStartObject(choice.Type);
            json.WriteString("id", choice.Id);
            json.WriteString("title", choice.Title);
            if (choice.Description is { } description)
            {
                json.WriteString("description", description);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        })
        { ContextId = asked };

    private static Draft TemplateTap(Choice choice, string asked) => new("button", json =>
    {
        json.WriteStartObject("button");
        json.WriteString("text", choice.Title);
        json.WriteString("payload", choice.Id);
        json.WriteEndObject();
    })
    { ContextId = asked };

    private Draft Reaction(string outbound)
    {
        var emoji = chance.Pick(["👍", "❤️", "😮", ""]);
        return new Draft("reaction", json =>
        {
            json.WriteStartObject("reaction");
            json.WriteString("message_id", outbound);
            json.WriteString("emoji", emoji);
            json.WriteEndObject();
        })
        { ExpectsAnswer = false };
    }

    private static Draft Edit(string original, string body) => new("edit", json =>
    {
        json.WriteStartObject("edit");
        json.WriteString("original_message_id", original);
        json.WriteStartObject("message");
        json.WriteString("type", "text");
        json.WriteStartObject("text");
        json.WriteString("body", body);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    })
    { ExpectsAnswer = false };

    private static Draft Revoke(string original) => new("revoke", json =>
    {
        json.WriteStartObject("revoke");
        json.WriteString("original_message_id", original);
        json.WriteEndObject();
    })
    { ExpectsAnswer = false };

    private static Draft Unsupported() => new("unsupported", json =>
    {
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteNumber("code", 131051);
        json.WriteString("title", "Message type unknown");
        json.WriteString("message", "Message type unknown");
        json.WriteStartObject("error_data");
        json.WriteString("details", "Message type is currently not supported.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("unsupported");
        json.WriteString("type", "poll_creation");
        json.WriteEndObject();
    })
    { ExpectsAnswer = false };
}

/// <summary>An inbound message before it has an id.</summary>
/// <param name="Type">`messages[].type`.</param>
/// <param name="Content">Writes the properties that belong to the type.</param>
internal sealed record Draft(string Type, Action<Utf8JsonWriter> Content)
{
    public string? ContextId { get; init; }

    /// <summary>False for reactions, edits, revokes and what a business cannot read.</summary>
    public bool ExpectsAnswer { get; init; } = true;
}
