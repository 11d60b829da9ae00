using System.Globalization;
using System.Text.Json.Serialization;

namespace WaGrains.Domain.Portfolios;

/// <summary>
/// With how many different people a portfolio may start conversations outside their service windows in any 24 hours
/// (Meta, page "Messaging limits", read 2026-09-11).
/// </summary>
/// <param name="Users">How many; 0 where Meta has not told, -1 for no limit.</param>
public readonly record struct MessagingLimit(int Users)
{
    private const string Tier = "TIER_";

    /// <summary>Meta has not told.</summary>
    public static MessagingLimit Unknown => default;

    /// <summary>There is none.</summary>
    public static MessagingLimit Unlimited => new(-1);

    /// <summary>Whether nobody has to be counted: there is no limit, or none is known.</summary>
    [JsonIgnore]
    public bool IsOpen => Users <= 0;

    /// <summary>Whether one more may be written to beside so many.</summary>
    public bool Allows(int users) => IsOpen || users < Users;

    /// <summary>The limit as Meta writes it: a TIER_ word, or a number, -1 meaning none.</summary>
    /// <returns>Null for a word that is none, or not known yet: then nothing is to be changed.</returns>
    public static MessagingLimit? Read(string? word)
    {
        if (word is null)
        {
            return null;
        }

        var tier = word.StartsWith(Tier, StringComparison.OrdinalIgnoreCase) ? word[Tier.Length..] : word;
        if (tier.Equals("UNLIMITED", StringComparison.OrdinalIgnoreCase) || tier == "-1")
        {
            return Unlimited;
        }

        var thousands = tier.EndsWith('K') || tier.EndsWith('k');
        return int.TryParse(
                thousands ? tier[..^1] : tier, NumberStyles.None, CultureInfo.InvariantCulture, out var users)
            && users is > 0 and <= 1_000_000
            ? new MessagingLimit(thousands ? users * 1_000 : users)
            : null;
    }

    /// <summary>The word for events: unknown, unlimited, or the number.</summary>
    public override string ToString() => Users switch
    {
        0 => "unknown",
        < 0 => "unlimited",
        _ => Users.ToString(CultureInfo.InvariantCulture),
    };
}
