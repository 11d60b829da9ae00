using System.Net;
using WaGrains.Sandbox.Sends;

namespace WaGrains.Sandbox;

internal static class SandboxOptionsRules
{
    public const double MessagesPerMinuteMax = 6_000_000;

    public const int MessagingLimitMax = 1_000_000;
    public const int ThroughputMax = 1_000_000;

    private const double DaySeconds = 86_400;

    public static IReadOnlyList<string> Check(SandboxOptions options)
    {
        List<string> problems = [];
        CheckUrls(options, problems);
        CheckNumbers(options, problems);
        CheckTemplates(options, problems);
        Range(problems, "MessagingLimit", options.MessagingLimit, 0, MessagingLimitMax);
        Range(problems, "MessagingLimitCode", options.MessagingLimitCode, 1, 999_999);
        Range(problems, "Customers", options.Customers, 0, 1_000_000);
        Range(problems, "MessagesPerMinute", options.MessagesPerMinute, 0, MessagesPerMinuteMax);
        CheckHabits(options, problems);
        CheckWebhooks(options.Webhooks, problems);
        Range(problems, "Judge:ToleranceMs", options.Judge.ToleranceMs, 0, 1000);
        Range(problems, "Judge:RememberedSends", options.Judge.RememberedSends, 1, 100_000_000);
        Range(problems, "Judge:RememberedPairs", options.Judge.RememberedPairs, 1, 100_000_000);
        return problems;
    }

    private static void CheckUrls(SandboxOptions options, List<string> problems)
    {
        Loopback(problems, "Url", options.Url);
        Loopback(problems, "CallbackUrl", options.CallbackUrl);
        for (var i = 0; i < options.AlsoOn.Count; i++)
        {
            Loopback(problems, $"AlsoOn:{i}", options.AlsoOn[i]);
        }

        Filled(problems, "AppSecret", options.AppSecret);
        Filled(problems, "VerifyToken", options.VerifyToken);
        Filled(problems, "AccessToken", options.AccessToken);
    }

    private static void CheckNumbers(SandboxOptions options, List<string> problems)
    {
        if (options.Numbers.Count == 0)
        {
            problems.Add("Numbers needs at least one number.");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Numbers.Count; i++)
        {
            var number = options.Numbers[i];
            Digits(problems, $"Numbers:{i}:PhoneNumberId", number.PhoneNumberId);
            Digits(problems, $"Numbers:{i}:WabaId", number.WabaId);
            if (number.PortfolioId.Length > 0)
            {
                Digits(problems, $"Numbers:{i}:PortfolioId", number.PortfolioId);
            }

            Range(problems, $"Numbers:{i}:ContractedPerMinute", number.ContractedPerMinute, 0, 60_000);
            Range(problems, $"Numbers:{i}:ThroughputPerSecond", number.ThroughputPerSecond, 1, ThroughputMax);
            if (PhoneDigits.Read(number.DisplayPhoneNumber) is null)
            {
                problems.Add($"Numbers:{i}:DisplayPhoneNumber must hold 8 to 15 digits.");
            }

            if (!ids.Add(number.PhoneNumberId))
            {
                problems.Add($"Numbers:{i}:PhoneNumberId is used twice.");
            }
        }
    }

    private static void CheckTemplates(SandboxOptions options, List<string> problems)
    {
        for (var i = 0; i < options.Templates.Count; i++)
        {
            var template = options.Templates[i];
            Filled(problems, $"Templates:{i}:Name", template.Name);
            Filled(problems, $"Templates:{i}:Language", template.Language);
            Range(problems, $"Templates:{i}:BodyParameters", template.BodyParameters, 0, 100);
            if (template.Category is not ("marketing" or "utility" or "authentication"))
            {
                problems.Add($"Templates:{i}:Category must be marketing, utility or authentication.");
            }
        }
    }

    private static void CheckHabits(SandboxOptions options, List<string> problems)
    {
        var (habits, delays, wrong) = (options.Habits, options.Statuses, options.Misbehaviour);
        Range(problems, "Habits:ThinkSeconds", habits.ThinkSeconds, 0, DaySeconds);
        Range(problems, "Habits:PatienceSeconds", habits.PatienceSeconds, 1, DaySeconds);
        Range(problems, "Habits:HiddenNumbers", habits.HiddenNumbers, 0, 1);
        Range(problems, "Habits:OtherThanText", habits.OtherThanText, 0, 1);
        Range(problems, "Statuses:SentFrom", delays.SentFrom, 0, delays.SentTo);
        Range(problems, "Statuses:SentTo", delays.SentTo, 0, DaySeconds);
        Range(problems, "Statuses:DeliveredFrom", delays.DeliveredFrom, 0, delays.DeliveredTo);
        Range(problems, "Statuses:DeliveredTo", delays.DeliveredTo, 0, DaySeconds);
        Range(problems, "Statuses:ReadFrom", delays.ReadFrom, 0, delays.ReadTo);
        Range(problems, "Statuses:ReadTo", delays.ReadTo, 0, DaySeconds);
        Range(problems, "Statuses:ReadShare", delays.ReadShare, 0, 1);
        Range(problems, "Misbehaviour:Late", wrong.Late, 0, 1);
        Range(problems, "Misbehaviour:LateSeconds", wrong.LateSeconds, 0, 7 * DaySeconds);
        Range(problems, "Misbehaviour:Doubled", wrong.Doubled, 0, 1);
        Range(problems, "Misbehaviour:Reordered", wrong.Reordered, 0, 1);
        Range(problems, "Misbehaviour:DeliveredSkipped", wrong.DeliveredSkipped, 0, 1);
        Range(problems, "Misbehaviour:ReadFirst", wrong.ReadFirst, 0, 1);
        Range(problems, "Misbehaviour:FailedAfterSent", wrong.FailedAfterSent, 0, 1);
        Range(problems, "Misbehaviour:SentBeforeAnswer", wrong.SentBeforeAnswer, 0, 1);
        Range(problems, "Misbehaviour:NeverAnswered", wrong.NeverAnswered, 0, 1);
        Range(problems, "Misbehaviour:NeverTold", wrong.NeverTold, 0, 1);
    }

    private static void CheckWebhooks(WebhookPolicy policy, List<string> problems)
    {
        Range(problems, "Webhooks:InFlightMax", policy.InFlightMax, 1, 10_000);
        Range(problems, "Webhooks:UpdatesPerPost", policy.UpdatesPerPost, 1, 1000);
        Range(problems, "Webhooks:GatherMs", policy.GatherMs, 0, 1000);
        Range(problems, "Webhooks:RetryFirstSeconds", policy.RetryFirstSeconds, 0.001, DaySeconds);
        Range(problems, "Webhooks:RetryLongestSeconds", policy.RetryLongestSeconds, 0.001, DaySeconds);
        Range(problems, "Webhooks:GiveUpAfterDays", policy.GiveUpAfterDays, 0, 7);
        Range(problems, "Webhooks:BacklogMax", policy.BacklogMax, 1000, 10_000_000);
    }

    private static void Range(List<string> problems, string name, double value, double low, double high)
    {
        // Written so that NaN fails too.
        if (!(value >= low && value <= high))
        {
            problems.Add($"{name} must lie between {low} and {high}.");
        }
    }

    private static void Filled(List<string> problems, string name, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            problems.Add($"{name} must not be empty.");
        }
    }

    private static void Digits(List<string> problems, string name, string value)
    {
        if (value.Length == 0 || !value.All(char.IsAsciiDigit))
        {
            problems.Add($"{name} must be digits.");
        }
    }

    private static void Loopback(List<string> problems, string name, string value)
    {
        var usable = Uri.TryCreate(value, UriKind.Absolute, out var uri)
            && uri.Scheme == Uri.UriSchemeHttp
            && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip)));
        if (!usable)
        {
            problems.Add($"{name} must be an http address on the loopback interface.");
        }
    }
}
