using PhoneNumbers;
using WaGrains.Domain.Messaging;

namespace WaGrains.Host.PhoneNumbers;

/// <summary>Time zones by phone number, from libphonenumber's tables.</summary>
internal static class RecipientZones
{
    /// <summary>The zone of a number's area, or the first of its country's; null where the number does not
    /// tell.</summary>
    public static TimeZoneInfo? Of(Recipient recipient)
    {
        if (recipient.Phone is not { } digits)
        {
            return null;
        }

        try
        {
            var number = PhoneNumberUtil.GetInstance().Parse("+" + digits, null);
            foreach (var name in PhoneNumberToTimeZonesMapper.GetInstance().GetTimeZonesForNumber(number))
            {
                if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
                {
                    return zone;
                }
            }

            return null;
        }
        catch (NumberParseException)
        {
            // Digits that no plan knows: nothing is to be learned from them.
            return null;
        }
    }
}
