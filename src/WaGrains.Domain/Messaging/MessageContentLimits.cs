namespace WaGrains.Domain.Messaging;

/// <summary>
/// Meta's limits on what can be sent. Characters are Unicode code points: Meta does not say what it counts, and
/// refusing what it would take is the
/// worse mistake. Sources: [M] Meta's messaging pages and [O] its OpenAPI file v23.0, both as of 2026; [C] limits its
/// established clients enforce.
/// </summary>
public static class MessageContentLimits
{
    /// <summary>Characters of a text body [C].</summary>
    public const int TextBodyMax = 4096;

    /// <summary>Characters of a media caption [O][M].</summary>
    public const int CaptionMax = 1024;

    /// <summary>Characters of an interactive body, lists excepted [O][M].</summary>
    public const int InteractiveBodyMax = 1024;

    /// <summary>
    /// Characters of a list's body: Meta's list page allows more than its OpenAPI file (1,024); the larger is taken.
    /// </summary>
    public const int ListBodyMax = 4096;

    /// <summary>Characters of a text header [M][O].</summary>
    public const int HeaderTextMax = 60;

    /// <summary>Characters of a footer [M][O].</summary>
    public const int FooterMax = 60;

    /// <summary>Reply buttons of one message [M][O].</summary>
    public const int ButtonsMax = 3;

    /// <summary>Characters of a reply button's id [M][O].</summary>
    public const int ButtonIdMax = 256;

    /// <summary>Characters of a reply button's title [M][O].</summary>
    public const int ButtonTitleMax = 20;

    /// <summary>Sections of a list [M][O].</summary>
    public const int ListSectionsMax = 10;

    /// <summary>Rows of a list over all its sections [M][O].</summary>
    public const int ListRowsMax = 10;

    /// <summary>Characters on a list's button [M][O].</summary>
    public const int ListButtonMax = 20;

    /// <summary>Characters of a section's title [M][O].</summary>
    public const int SectionTitleMax = 24;

    /// <summary>Characters of a row's id [M][O].</summary>
    public const int RowIdMax = 200;

    /// <summary>Characters of a row's title [M][O].</summary>
    public const int RowTitleMax = 24;

    /// <summary>Characters of a row's description [M][O].</summary>
    public const int RowDescriptionMax = 72;

    /// <summary>Characters on a link button [C].</summary>
    public const int UrlDisplayTextMax = 20;

    /// <summary>Characters on a flow's button [O]; no emoji.</summary>
    public const int FlowCtaMax = 30;

    /// <summary>Characters of a template's name [M].</summary>
    public const int TemplateNameMax = 512;

    /// <summary>Buttons of a template [M].</summary>
    public const int TemplateButtonsMax = 10;

    /// <summary>Characters of a template's header after filling, so also of one value [M].</summary>
    public const int TemplateHeaderTextMax = 60;

    /// <summary>Characters of a template's body after filling, so also of one value.</summary>
    public const int TemplateBodyTextMax = 1024;

    /// <summary>Characters of a template button's address after filling, so also of its variable end [M].</summary>
    public const int TemplateUrlMax = 2000;

    /// <summary>Characters of a copy code [M].</summary>
    public const int CopyCodeMax = 15;

    /// <summary>Characters of a template quick reply's payload [C].</summary>
    public const int QuickReplyPayloadMax = 256;

    /// <summary>Characters of <c>biz_opaque_callback_data</c> [O].</summary>
    public const int CallbackTextMax = 512;
}
