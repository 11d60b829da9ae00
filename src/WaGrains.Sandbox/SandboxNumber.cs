namespace WaGrains.Sandbox;

/// <summary>A business phone number as the app's owner registered it.</summary>
public sealed class SandboxNumber
{
    /// <summary>Graph node id, digits.</summary>
    public string PhoneNumberId { get; set; } = "";

    /// <summary>The number people see; any formatting, 8 to 15 digits.</summary>
    public string DisplayPhoneNumber { get; set; } = "";

    /// <summary>Id of the owning WhatsApp Business Account, digits; `entry[].id` of its webhooks.</summary>
    public string WabaId { get; set; } = "710000000000001";

    /// <summary>Id of the business portfolio whose messaging limit the number shares, digits; empty: its account stands
    /// for one.</summary>
    public string PortfolioId { get; set; } = "";

    /// <summary>The display name customers see.</summary>
    public string VerifiedName { get; set; } = "Sandbox Shop";

    /// <summary>
    /// What the owner agreed to keep to, messages per minute (warm-up); 0 = nothing agreed. Never enforced: going
    /// over is counted as a contract violation.
    /// </summary>
    public double ContractedPerMinute { get; set; }

    /// <summary>Messages per second, in and out together, before 130429: 20, 80 or 1,000 at Meta. Default 80.</summary>
    public int ThroughputPerSecond { get; set; } = 80;

    internal static IList<SandboxNumber> Demo() =>
    [
        new SandboxNumber { PhoneNumberId = "730000000000011", DisplayPhoneNumber = "+55 11 4000-0011" },
        new SandboxNumber { PhoneNumberId = "730000000000012", DisplayPhoneNumber = "+55 11 4000-0012" },
    ];
}

/// <summary>A message template in one language.</summary>
public sealed class SandboxTemplate
{
    /// <summary>Lower-case letters, digits and underscores, at most 512.</summary>
    public string Name { get; set; } = "";

    /// <summary>Language code such as pt_BR.</summary>
    public string Language { get; set; } = "";

    /// <summary>marketing, utility or authentication.</summary>
    public string Category { get; set; } = "utility";

    /// <summary>APPROVED sends; PAUSED answers 132015, DISABLED 132016, anything else 132001.</summary>
    public string Status { get; set; } = "APPROVED";

    /// <summary>Variables in the body; another count in a send is error 132000.</summary>
    public int BodyParameters { get; set; }

    internal static IList<SandboxTemplate> Demo() =>
    [
        new SandboxTemplate { Name = "hello_world", Language = "en_US" },
        new SandboxTemplate { Name = "order_ready", Language = "en_US", BodyParameters = 1 },
        new SandboxTemplate { Name = "order_ready", Language = "pt_BR", BodyParameters = 1 },
        new SandboxTemplate { Name = "spring_offer", Language = "pt_BR", Category = "marketing", BodyParameters = 1 },
        new SandboxTemplate
        {
            Name = "login_code",
            Language = "en_US",
            Category = "authentication",
            BodyParameters = 1,
        },
        new SandboxTemplate { Name = "old_offer", Language = "en_US", Category = "marketing", Status = "PAUSED" },
    ];
}
