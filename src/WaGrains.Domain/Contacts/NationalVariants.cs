using System.Diagnostics.CodeAnalysis;

namespace WaGrains.Domain.Contacts;

/// <summary>
/// One person, two spellings of the number: in three countries WhatsApp ids and dialled numbers differ by a digit, and
/// Meta may rewrite the number sent to. The canonical form is for telling people apart only; messages go to the number
/// as Meta last wrote it.
/// <list type="table">
/// <item><term>Brazil, 55</term><description>
/// Mobiles have a ninth digit, 9, before the old eight since 2012-2016; ids of older accounts lack it. With it is
/// canonical. Eight digits that begin with 2 to 5 are landlines and stay. Outside of area codes 11-19, 21, 22, 24, 27
/// and 28 WhatsApp shows mobiles without it (https://www.zoko.io/learning-article/whatsapp-id-brazil-mexico, read
/// 2026-11-22).
/// </description></item>
/// <item><term>Mexico, 52</term><description>
/// The 1 that marked mobiles is not dialled since 2019, older ids have it. Without it is canonical (same page).
/// </description></item>
/// <item><term>Argentina, 54</term><description>
/// The 9 marks mobiles, ids have it, people leave it out. With it is canonical, for landlines too: their numbers belong
/// to no mobile
/// (https://green-api.com.kz/en/docs/faq/features-of-sending-and-receiving-messages-from-different-countries, read
/// 2026-11-22).
/// </description></item>
/// </list>
/// </summary>
public static class NationalVariants
{
    // ITU-T E.164 (11/2010), 6.1: at most 15 digits. No subscriber number with its country code is shorter than 7.
    private const int DigitsMin = 7;
    private const int DigitsMax = 15;

    /// <summary>The one form of a number: digits only, country code first.</summary>
    /// <param name="phone">An international number with or without plus; spaces, dots, hyphens and parentheses are
    /// passed over.</param>
    /// <exception cref="FormatException">That is no international number.</exception>
    public static string Canonical(string phone) =>
        TryCanonical(phone, out var digits) ? digits : throw new FormatException("Not an international phone number.");

    /// <summary>As <see cref="Canonical"/>; false where that throws, and for null.</summary>
    public static bool TryCanonical([NotNullWhen(true)] string? phone, [NotNullWhen(true)] out string? canonical)
    {
        canonical = TryDigits(phone, out var digits) ? Unify(digits) : null;
        return canonical is not null;
    }

    /// <summary>All forms of a number that mean the same person, the canonical one first: what an import or a search
    /// may meet.</summary>
    /// <exception cref="FormatException">That is no international number.</exception>
    public static IReadOnlyList<string> Variants(string phone)
    {
        var digits = Canonical(phone);
        return digits switch
        {
            ['5', '5', _, _, '9', >= '6' and <= '9', ..] when digits.Length == 13 => [digits, digits.Remove(4, 1)],
            ['5', '2', ..] when digits.Length == 12 => [digits, digits.Insert(2, "1")],
            ['5', '4', '9', ..] when digits.Length == 13 => [digits, digits.Remove(2, 1)],
            _ => [digits],
        };
    }

    private static string Unify(string digits) => digits switch
    {
        ['5', '5', _, _, >= '6' and <= '9', ..] when digits.Length == 12 => digits.Insert(4, "9"),
        ['5', '2', '1', ..] when digits.Length == 13 => digits.Remove(2, 1),
        ['5', '4', not '9', ..] when digits.Length == 12 => digits.Insert(2, "9"),
        _ => digits,
    };

    private static bool TryDigits(string? phone, [NotNullWhen(true)] out string? digits)
    {
        digits = null;
        if (phone is null || phone.Length > 2 * DigitsMax)
        {
            return false;
        }

        Span<char> kept = stackalloc char[2 * DigitsMax];
        var count = 0;
        foreach (var c in phone)
        {
            if (char.IsAsciiDigit(c))
            {
                kept[count++] = c;
            }
            else if (c is not (' ' or '.' or '-' or '(' or ')') && !(c == '+' && count == 0))
            {
                return false;
            }
        }

        if (count is < DigitsMin or > DigitsMax || kept[0] == '0')
        {
            return false;
        }

        digits = kept[..count].ToString();
        return true;
    }
}
