using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>
/// Reads template messages from a send request. <c>category</c> is our own addition; Meta knows it from the template.
/// </summary>
internal static class GraphTemplateReader
{
    public static TemplateContent Read(GraphPart template)
    {
        var category = GraphWords.Category(template.OptionalText("category"));
        if (category is null)
        {
            template.Mistake("category", "unknown", "One of marketing, utility, authentication.");
        }

        List<TemplateParameter> header = [];
        List<TemplateParameter> body = [];
        List<TemplateButton> buttons = [];
        foreach (var component in template.OptionalParts("components"))
        {
            switch (component.Word("type"))
            {
                case "header" or "HEADER":
                    header.AddRange(Parameters(component));
                    break;
                case "body" or "BODY":
                    body.AddRange(Parameters(component));
                    break;
                case "button" or "BUTTON":
                    buttons.AddRange(Button(component));
                    break;
                case null:
                    break;
                default:
                    component.Mistake("type", "unknown", "One of header, body, button.");
                    break;
            }
        }

        return new TemplateContent(
            template.Text("name"),
            template.Part("language")?.Text("code") ?? string.Empty,
            category ?? TemplateCategory.Unknown,
            header,
            body,
            buttons);
    }

    private static IEnumerable<TemplateButton> Button(GraphPart component)
    {
        var parameters = Parameters(component);
        var word = component.Word("sub_type");
        if (word is null)
        {
            return [];
        }

        if (GraphWords.Button(word.ToLowerInvariant()) is not { } kind)
        {
            component.Mistake("sub_type", "unknown", "No such button.");
            return [];
        }

        var index = component.Whole("index");
        return [new TemplateButton(kind, (int)Math.Clamp(index, -1, int.MaxValue), parameters)];
    }

    private static List<TemplateParameter> Parameters(GraphPart component) =>
        [.. component.OptionalParts("parameters").Select(Parameter).OfType<TemplateParameter>()];

    private static TemplateParameter? Parameter(GraphPart value)
    {
        var name = value.OptionalText("parameter_name");
        var type = value.Word("type");
        switch (type)
        {
            case "text":
                return new TextParameter(value.Text("text"), name);
            case "currency":
                return value.Part("currency") is { } money
                    ? new CurrencyParameter(
                        money.Text("fallback_value"), money.Text("code"), money.Whole("amount_1000"), name)
                    : null;
            case "date_time":
                return value.Part("date_time") is { } time
                    ? new DateTimeParameter(time.Text("fallback_value"), name)
                    : null;
            case "location":
                return value.Part("location") is { } place
                    ? new LocationParameter(GraphContent.Location(place))
                    : null;
            case "payload":
                return new PayloadParameter(value.Text("payload"));
            case "coupon_code":
                return new CouponCodeParameter(value.Text("coupon_code"));
            case "action":
                return value.Part("action") is not null ? new ActionParameter(value.RawObject("action")!) : null;
            case null:
                return null;
            default:
                return Media(value, type);
        }
    }

    private static MediaParameter? Media(GraphPart value, string type)
    {
        if (GraphWords.Media(type) is not { } kind)
        {
            return Unknown(value);
        }

        return value.Part(type) is { } media
            ? new MediaParameter(kind, GraphContent.Source(media), media.OptionalText("filename"))
            : null;
    }

    private static MediaParameter? Unknown(GraphPart value)
    {
        value.Mistake("type", "unknown", "No such parameter type.");
        return null;
    }
}
