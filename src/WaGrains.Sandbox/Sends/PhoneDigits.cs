namespace WaGrains.Sandbox.Sends;

/// <summary>How a dialled number becomes the id WhatsApp knows the person by.</summary>
internal static class PhoneDigits
{
    private const int BrazilWithNine = 13;
    private const int BrazilWithoutNine = 12;
    private const int MexicoWithoutOne = 12;

    /// <summary>Brazilian area codes up to this keep the ninth digit in wa_id, the others never got it.</summary>
    private const int BrazilNineUpToArea = 28;

    /// <summary>
    /// Digits of a number typed with `+`, `-`, brackets and spaces; null if it is not a phone number.
    /// </summary>
    public static string? Read(string input)
    {
        Span<char> digits = stackalloc char[15];
        var count = 0;
        foreach (var symbol in input)
        {
            if (char.IsAsciiDigit(symbol) && count < digits.Length)
            {
                digits[count++] = symbol;
            }
            else if (symbol is not ('+' or '-' or '(' or ')' or ' '))
            {
                return null;
            }
        }

        return count >= 8 ? new string(digits[..count]) : null;
    }

    /// <summary>The wa_id of these digits: Brazil's ninth digit and Mexico's 1 are put where Meta has them.</summary>
    public static string ToWaId(string digits)
    {
        if (digits.StartsWith("55", StringComparison.Ordinal))
        {
            return Brazil(digits);
        }

        var mexicanWithoutOne = digits.Length == MexicoWithoutOne && digits.StartsWith("52", StringComparison.Ordinal);
        return mexicanWithoutOne ? $"521{digits[2..]}" : digits;
    }

    private static string Brazil(string digits)
    {
        if (digits.Length < BrazilWithoutNine)
        {
            return digits;
        }

        var keepsNine = (digits[2] - '0') * 10 + (digits[3] - '0') <= BrazilNineUpToArea;
        return digits.Length switch
        {
            BrazilWithNine when !keepsNine && digits[4] == '9' => $"{digits[..4]}{digits[5..]}",
            BrazilWithoutNine when keepsNine && digits[4] >= '6' => $"{digits[..4]}9{digits[4..]}",
            _ => digits,
        };
    }
}
