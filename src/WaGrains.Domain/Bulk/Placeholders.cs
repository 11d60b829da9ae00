using System.Text.RegularExpressions;
using WaGrains.Domain.Messaging;

namespace WaGrains.Domain.Bulk;

/// <summary>
/// The <c>{{name}}</c> of a bulk send's content, where each recipient's own words go: in a text's body, and in the
/// texts, payloads and codes that fill a template. Names are 1 to 60 letters, digits and underscores.
/// </summary>
public static partial class Placeholders
{
    /// <summary>The names in a content, each once, in order of appearance.</summary>
    public static IReadOnlyList<string> Of(MessageContent content)
    {
        List<string> names = [];
        Map(content, text =>
        {
            foreach (var name in Pattern().Matches(text).Select(match => match.Groups[1].Value))
            {
                if (!names.Contains(name))
                {
                    names.Add(name);
                }
            }

            return text;
        });
        return names;
    }

    /// <summary>The content for one recipient. A name that has no value stays as it is; callers have refused that
    /// before.</summary>
    public static MessageContent Fill(MessageContent content, IReadOnlyDictionary<string, string>? variables) =>
        variables is null or { Count: 0 }
            ? content
            : Map(content, text => Pattern().Replace(
                text, match => variables.GetValueOrDefault(match.Groups[1].Value, match.Value)));

    private static MessageContent Map(MessageContent content, Func<string, string> change) => content switch
    {
        TextContent text => text with { Body = change(text.Body) },
        TemplateContent template => template with
        {
            HeaderParameters = Map(template.HeaderParameters, change),
            BodyParameters = Map(template.BodyParameters, change),
            Buttons = [.. template.Buttons.Select(button =>
                button with { Parameters = Map(button.Parameters, change) })],
        },
        _ => content,
    };

    private static IReadOnlyList<TemplateParameter> Map(
        IReadOnlyList<TemplateParameter> parameters, Func<string, string> change) =>
        [.. parameters.Select<TemplateParameter, TemplateParameter>(parameter => parameter switch
        {
            TextParameter text => text with { Text = change(text.Text) },
            PayloadParameter payload => payload with { Payload = change(payload.Payload) },
            CouponCodeParameter coupon => coupon with { Code = change(coupon.Code) },
            _ => parameter,
        })];

    [GeneratedRegex(@"\{\{(\w{1,60})\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
