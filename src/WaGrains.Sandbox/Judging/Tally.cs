using WaGrains.Sandbox.Statuses;

namespace WaGrains.Sandbox.Judging;

/// <summary>Plain counters of one run; <see cref="SandboxReport"/> tells what each means.</summary>
internal sealed class Tally
{
    public long Accepted { get; set; }

    public SortedDictionary<int, long> RejectedByCode { get; } = [];

    public long MarkedRead { get; set; }

    public long TypingShown { get; set; }

    public long RepeatedSends { get; set; }

    public long RepeatedContent { get; set; }

    public long WithoutCallbackText { get; set; }

    public long RateViolations { get; set; }

    public long PairViolations { get; set; }

    public long ContractViolations { get; set; }

    public long ContractWindow { get; set; }

    public long ContractSpacing { get; set; }

    public long WindowViolations { get; set; }

    public long OrderViolations { get; set; }

    public long Written { get; set; }

    public long ExpectingAnswer { get; set; }

    public long InboundAcknowledged { get; set; }

    public long AnsweredByContext { get; set; }

    public long AnsweredAfter { get; set; }

    /// <summary>Statuses written down for later, not told yet.</summary>
    public long StatusesPlanned { get; set; }

    public long[] StatusesByKind { get; } = new long[Enum.GetValues<StatusKind>().Length];

    public void Rejected(int code) =>
        RejectedByCode[code] = RejectedByCode.TryGetValue(code, out var count) ? count + 1 : 1;
}
