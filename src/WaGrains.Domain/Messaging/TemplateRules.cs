using System.Buffers;

namespace WaGrains.Domain.Messaging;

/// <summary>The rules of <see cref="TemplateContent"/> that can be told without the template itself.</summary>
internal static class TemplateRules
{
    private static readonly SearchValues<char> NameLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    public static ContentMistakes Check(TemplateContent template, ContentMistakes mistakes)
    {
        mistakes.Text("template.name", template.Name, MessageContentLimits.TemplateNameMax);
        mistakes.AddIf(
            template.Name.AsSpan().ContainsAnyExcept(NameLetters),
            "template.name",
            "invalid",
            "Only a-z, 0-9 and underscore.");
        mistakes.AddIf(
            string.IsNullOrWhiteSpace(template.Language),
            "template.language.code",
            "missing",
            "Must not be empty.");
        var component = 0;
        if (template.HeaderParameters.Count > 0)
        {
            Parameters(component++, template.HeaderParameters, MessageContentLimits.TemplateHeaderTextMax, mistakes);
        }

        if (template.BodyParameters.Count > 0)
        {
            Parameters(component++, template.BodyParameters, MessageContentLimits.TemplateBodyTextMax, mistakes);
        }

        mistakes.AddIf(
            template.Buttons.Count > MessageContentLimits.TemplateButtonsMax,
            "template.components",
            "too_many",
            $"At most {MessageContentLimits.TemplateButtonsMax} buttons.");
        foreach (var button in template.Buttons)
        {
            Button(component++, button, mistakes);
        }

        return mistakes;
    }

    private static void Button(int component, TemplateButton button, ContentMistakes mistakes)
    {
        mistakes.AddIf(
            button.Index is < 0 or >= MessageContentLimits.TemplateButtonsMax,
            $"template.components[{component}].index",
            "out_of_range",
            $"0 to {MessageContentLimits.TemplateButtonsMax - 1}.");
        Parameters(component, button.Parameters, MessageContentLimits.TemplateUrlMax, mistakes);
    }

    private static void Parameters(
        int component,
        IReadOnlyList<TemplateParameter> parameters,
        int textMax,
        ContentMistakes mistakes)
    {
        var named = parameters.Count(parameter => parameter.VariableName is not null);
        mistakes.AddIf(
            named > 0 && named < parameters.Count,
            $"template.components[{component}].parameters",
            "invalid",
            "Name all parameters or none.");
        for (var i = 0; i < parameters.Count; i++)
        {
            Parameter($"template.components[{component}].parameters[{i}]", parameters[i], textMax, mistakes);
        }
    }

    private static void Parameter(string path, TemplateParameter parameter, int textMax, ContentMistakes mistakes) =>
        parameter.Match(
            text => Then(() => mistakes.Text($"{path}.text", text.Text, textMax)),
            currency => Then(() => Currency(path, currency, mistakes)),
            time => Then(() => mistakes.Text($"{path}.date_time.fallback_value", time.FallbackText, textMax)),
            media => Then(() => Media(path, media, mistakes)),
            place => Then(() => MessageContentRules.Location($"{path}.location", place.Location, mistakes)),
            payload => Then(() =>
                mistakes.Text($"{path}.payload", payload.Payload, MessageContentLimits.QuickReplyPayloadMax)),
            coupon => Then(() => mistakes.Text($"{path}.coupon_code", coupon.Code, MessageContentLimits.CopyCodeMax)),
            action => Then(() => mistakes.JsonObject($"{path}.action", action.Json)));

    private static bool Then(Action check)
    {
        check();
        return true;
    }

    private static void Currency(string path, CurrencyParameter currency, ContentMistakes mistakes)
    {
        mistakes.Text(
            $"{path}.currency.fallback_value",
            currency.FallbackText,
            MessageContentLimits.TemplateBodyTextMax);
        mistakes.AddIf(
            currency.Currency is not { Length: 3 } code || code.AsSpan().ContainsAnyExceptInRange('A', 'Z'),
            $"{path}.currency.code",
            "invalid",
            "Three letters of ISO 4217.");
    }

    private static void Media(string path, MediaParameter media, ContentMistakes mistakes)
    {
        mistakes.Media($"{path}.{MessageContentRules.Word(media.Kind)}", media.Media);
        mistakes.AddIf(
            media.Kind is MediaKind.Audio or MediaKind.Sticker,
            $"{path}.type",
            "not_allowed",
            "A header is text, place, image, video or document.");
    }
}
