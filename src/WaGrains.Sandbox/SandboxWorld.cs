using WaGrains.Sandbox.Customers;
using WaGrains.Sandbox.Judging;
using WaGrains.Sandbox.Statuses;
using WaGrains.Sandbox.Webhooks;

namespace WaGrains.Sandbox;

/// <summary>
/// Everything a run consists of, wired once. Each part has its own dice: more sends do not change who writes.
/// </summary>
internal sealed class SandboxWorld
{
    public SandboxWorld(SandboxOptions options, int seed)
    {
        Options = options;
        var dice = new Chance(unchecked((ulong)seed) * 0x9E3779B97F4A7C15 + 1);
        var tolerance = TimeSpan.FromMilliseconds(options.Judge.ToleranceMs);
        IReadOnlyList<NumberState> numbers = [.. options.Numbers.Select(each => new NumberState(each, tolerance))];
        Numbers = numbers.ToDictionary(each => each.Id, StringComparer.Ordinal);
        Judge = new Judge(options.Judge, Tally);
        Wamids = new Wamids(new Chance(dice.NextBits()));
        Script = new StatusScript(options.Statuses, options.Misbehaviour, new Chance(dice.NextBits()));
        var signature = new WebhookSignature(options.AppSecret);
        Outbox = new WebhookOutbox(options.Webhooks, signature, new Chance(dice.NextBits()));
        Intake = new Intake(Judge, Tally, Outbox, Wamids);
        var customers = CustomerRoll.Make(options, numbers, new Chance(dice.NextBits()));
        Crowd = new Crowd(customers, options.Habits, new Chance(dice.NextBits()), Agenda, Intake);
        Silence = new Silence(options.Misbehaviour, new Chance(dice.NextBits()));
    }

    public SandboxOptions Options { get; }

    public IReadOnlyDictionary<string, NumberState> Numbers { get; }

    public Tally Tally { get; } = new();

    public Agenda<Action<DateTimeOffset>> Agenda { get; } = new();

    public FaultPlan Faults { get; } = new();

    public Silence Silence { get; }

    public Judge Judge { get; }

    public Wamids Wamids { get; }

    public StatusScript Script { get; }

    public WebhookOutbox Outbox { get; }

    public Intake Intake { get; }

    public Crowd Crowd { get; }
}
