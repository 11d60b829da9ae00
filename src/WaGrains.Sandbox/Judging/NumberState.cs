using WaGrains.Sandbox.Sends;

namespace WaGrains.Sandbox.Judging;

/// <summary>A business number as it stands now.</summary>
internal sealed class NumberState
{
    /// <summary>Free service messages of a number and month since 2026-10-01 (facts 7).</summary>
    private const int FreeServiceMessages = 1000;

    private int _month;
    private int _serviceMessages;

    public NumberState(SandboxNumber number, PortfolioCount portfolio, TimeSpan tolerance)
    {
        Portfolio = portfolio;
        Id = number.PhoneNumberId;
        DisplayNumber = number.DisplayPhoneNumber;
        Digits = PhoneDigits.Read(number.DisplayPhoneNumber)!;
        WabaId = number.WabaId;
        VerifiedName = number.VerifiedName;
        Throughput = new SlidingCount(number.ThroughputPerSecond, TimeSpan.FromSeconds(1) - tolerance);
        Contract = new ContractJudge(number.ContractedPerMinute, tolerance);
    }

    public string Id { get; }

    public string DisplayNumber { get; }

    public string Digits { get; }

    public string WabaId { get; }

    public string VerifiedName { get; }

    public PortfolioCount Portfolio { get; }

    public string QualityRating { get; set; } = "GREEN";

    public string ThroughputLevel => Throughput.Most >= 1000 ? "HIGH" : "STANDARD";

    public SlidingCount Throughput { get; }

    public ContractJudge Contract { get; }

    /// <summary>Counts one service message; false once the month's free ones are used up.</summary>
    public bool IsServiceMessageFree(DateTimeOffset now)
    {
        var month = now.Year * 12 + now.Month;
        _serviceMessages = month == _month ? _serviceMessages + 1 : 1;
        _month = month;
        return _serviceMessages <= FreeServiceMessages;
    }
}
