using WaGrains.Domain.Messaging;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>Which messages are marketing, to which stricter limits hold.</summary>
public static class Marketing
{
    /// <summary>Whether this is marketing. A template of which nobody has told the category counts as such, the
    /// strictest.</summary>
    public static bool Is(MessageContent content) =>
        content is TemplateContent { Category: TemplateCategory.Marketing or TemplateCategory.Unknown };
}

/// <summary>Where a recipient's clock is: by the phone number's country or area, without asking anybody.</summary>
/// <param name="recipient">Whom.</param>
/// <returns>The zone; null where the recipient does not tell.</returns>
public delegate TimeZoneInfo? RecipientZone(Recipient recipient);
