namespace WaGrains.Domain.PhoneNumbers;

/// <summary>Meta's rating of a number over its last 7 days: blocks, reports, mutes, archives.</summary>
public enum QualityRating
{
    /// <summary>Meta says nothing, as for every new number; treated like green.</summary>
    Unknown = 0,

    /// <summary>High quality.</summary>
    Green = 1,

    /// <summary>Medium: the rate holds where it is.</summary>
    Yellow = 2,

    /// <summary>Low: a risk event.</summary>
    Red = 3,
}
