using WaGrains.Domain.Contacts;

namespace WaGrains.Domain.Messaging;

/// <summary>
/// Whom a message goes to: by phone where we know it, since Meta prefers it when both are given, else by user id.
/// </summary>
/// <param name="Phone">E.164 digits without the plus, or null.</param>
/// <param name="UserId">The business-scoped user id, or null. One of the two is needed.</param>
public readonly record struct Recipient(string? Phone, string? UserId)
{
    private const int UserIdCharsMax = 256;

    /// <summary>The one text that names it, as <see cref="TryRead"/> takes it back: the digits of the phone, else the
    /// user id; empty for nobody.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Address => Phone ?? UserId ?? "";

    /// <summary>Reads whom a text means: a phone number with country code, however it is spelt, or a business-scoped
    /// user id, 1 to 256 characters with a letter among them and no blanks.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="recipient">Whom it means.</param>
    /// <returns>Whether it can be either.</returns>
    public static bool TryRead(string text, out Recipient recipient)
    {
        var isPhone = NationalVariants.TryCanonical(text, out _);
        recipient = isPhone
            ? new Recipient(new string([.. text.Where(char.IsAsciiDigit)]), null)
            : new Recipient(null, text);
        return isPhone || (text.Length is > 0 and <= UserIdCharsMax && text.Any(char.IsAsciiLetter)
            && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)));
    }

    /// <summary>Not who it is, so that no log line can carry it by accident.</summary>
    public override string ToString() => nameof(Recipient);
}
