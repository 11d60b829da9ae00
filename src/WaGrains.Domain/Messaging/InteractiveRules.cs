namespace WaGrains.Domain.Messaging;

/// <summary>The rules of <see cref="InteractiveContent"/>.</summary>
internal static class InteractiveRules
{
    private const string Action = "interactive.action";

    public static ContentMistakes Check(InteractiveContent content, ContentMistakes mistakes)
    {
        var bodyMax = content.Action is ListAction
            ? MessageContentLimits.ListBodyMax
            : MessageContentLimits.InteractiveBodyMax;
        Header(content, mistakes);
        mistakes.Text("interactive.body.text", content.Body, bodyMax);
        mistakes.OptionalText("interactive.footer.text", content.Footer, MessageContentLimits.FooterMax);
        return content.Action.Match(
            buttons => Buttons(buttons, mistakes),
            list => List(list, mistakes),
            url => Url(url, mistakes),
            flow => Flow(flow, mistakes),
            _ => mistakes,
            _ => mistakes);
    }

    private static void Header(InteractiveContent content, ContentMistakes mistakes)
    {
        if (content.Header is TextHeader text)
        {
            mistakes.Text("interactive.header.text", text.Text, MessageContentLimits.HeaderTextMax);
        }

        if (content.Header is MediaHeader media)
        {
            var word = MessageContentRules.Word(media.Kind);
            mistakes.Media($"interactive.header.{word}", media.Media);
            mistakes.AddIf(
                content.Action is ListAction,
                "interactive.header.type",
                "not_allowed",
                "A list takes a text header only.");
            mistakes.AddIf(
                media.Kind is MediaKind.Audio or MediaKind.Sticker,
                "interactive.header.type",
                "not_allowed",
                "A header is text, image, video or document.");
        }
    }

    private static ContentMistakes Buttons(ButtonsAction action, ContentMistakes mistakes)
    {
        mistakes.Count($"{Action}.buttons", action.Buttons.Count, MessageContentLimits.ButtonsMax);
        for (var i = 0; i < action.Buttons.Count; i++)
        {
            var path = $"{Action}.buttons[{i}].reply";
            var (id, title) = action.Buttons[i];
            mistakes.Text($"{path}.id", id, MessageContentLimits.ButtonIdMax);
            mistakes.AddIf(
                id is not null && id.Trim().Length != id.Length,
                $"{path}.id",
                "invalid",
                "No space at either end.");
            mistakes.Text($"{path}.title", title, MessageContentLimits.ButtonTitleMax);
        }

        mistakes.Unique(action.Buttons.Select((button, i) => ($"{Action}.buttons[{i}].reply.id", (string?)button.Id)));
        mistakes.Unique(
            action.Buttons.Select((button, i) => ($"{Action}.buttons[{i}].reply.title", (string?)button.Title)));
        return mistakes;
    }

    private static ContentMistakes List(ListAction action, ContentMistakes mistakes)
    {
        mistakes.Text($"{Action}.button", action.Button, MessageContentLimits.ListButtonMax);
        mistakes.Count($"{Action}.sections", action.Sections.Count, MessageContentLimits.ListSectionsMax);
        var rows = action.Sections.Sum(section => section.Rows.Count);
        mistakes.AddIf(
            rows > MessageContentLimits.ListRowsMax,
            $"{Action}.sections",
            "too_many",
            $"At most {MessageContentLimits.ListRowsMax} rows over all sections.");
        for (var s = 0; s < action.Sections.Count; s++)
        {
            Section($"{Action}.sections[{s}]", action.Sections[s], action.Sections.Count > 1, mistakes);
        }

        mistakes.Unique(action.Sections.SelectMany((section, s) =>
            section.Rows.Select((row, r) => ($"{Action}.sections[{s}].rows[{r}].id", (string?)row.Id))));
        return mistakes;
    }

    private static void Section(string path, ListSection section, bool titled, ContentMistakes mistakes)
    {
        mistakes.AddIf(
            titled && string.IsNullOrWhiteSpace(section.Title),
            $"{path}.title",
            "missing",
            "Required where there are several sections.");
        mistakes.OptionalText($"{path}.title", section.Title, MessageContentLimits.SectionTitleMax);
        mistakes.AddIf(section.Rows.Count == 0, $"{path}.rows", "missing", "At least 1 is needed.");
        for (var r = 0; r < section.Rows.Count; r++)
        {
            var row = section.Rows[r];
            mistakes.Text($"{path}.rows[{r}].id", row.Id, MessageContentLimits.RowIdMax);
            mistakes.Text($"{path}.rows[{r}].title", row.Title, MessageContentLimits.RowTitleMax);
            mistakes.OptionalText(
                $"{path}.rows[{r}].description",
                row.Description,
                MessageContentLimits.RowDescriptionMax);
        }
    }

    private static ContentMistakes Url(UrlAction action, ContentMistakes mistakes)
    {
        const string Parameters = $"{Action}.parameters";
        mistakes.Text($"{Parameters}.display_text", action.DisplayText, MessageContentLimits.UrlDisplayTextMax);
        mistakes.WebAddress($"{Parameters}.url", action.Url);
        return mistakes;
    }

    private static ContentMistakes Flow(FlowAction action, ContentMistakes mistakes)
    {
        const string Parameters = $"{Action}.parameters";
        var hasId = !string.IsNullOrWhiteSpace(action.FlowId);
        var hasName = !string.IsNullOrWhiteSpace(action.FlowName);
        mistakes.AddIf(
            !hasId && !hasName,
            $"{Parameters}.flow_id",
            "missing",
            "Either flow_id or flow_name is needed.");
        mistakes.AddIf(
            hasId && hasName,
            $"{Parameters}.flow_name",
            "not_allowed",
            "Only one of flow_id and flow_name is allowed.");
        mistakes.Text($"{Parameters}.flow_cta", action.Cta, MessageContentLimits.FlowCtaMax);
        mistakes.AddIf(HasEmoji(action.Cta), $"{Parameters}.flow_cta", "not_allowed", "No emoji.");
        if (action.Start.PayloadJson is { } payload)
        {
            mistakes.JsonObject($"{Parameters}.flow_action_payload", payload);
        }

        return mistakes;
    }

    /// <summary>
    /// The blocks Unicode keeps for pictures; letters, digits and punctuation of any script are outside them.
    /// </summary>
    private static bool HasEmoji(string? text) =>
        text is not null && text.EnumerateRunes().Any(rune =>
            rune.Value
                is (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF) or (>= 0x2B00 and <= 0x2BFF) or 0xFE0F);
}
