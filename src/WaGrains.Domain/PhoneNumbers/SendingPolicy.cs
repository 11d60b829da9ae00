namespace WaGrains.Domain.PhoneNumbers;

/// <summary>Which limits a number obeys of its own.</summary>
public enum SendingPolicy
{
    /// <summary>The slow loop holds it back until it has earned its plan's rate; the default.</summary>
    WarmUp = 1,

    /// <summary>The official high-throughput path: no warm-up, Meta's level is the ceiling.</summary>
    Cloud = 2,
}

/// <summary>What a policy asks.</summary>
public static class SendingPolicies
{
    /// <summary>The rate of a number under its policy.</summary>
    /// <param name="policy">The number's policy.</param>
    /// <param name="warmUp">Its slow loop's term; counts only under <see cref="SendingPolicy.WarmUp"/>.</param>
    /// <param name="throttled">Its fast loop's term.</param>
    /// <param name="level">What its throughput level leaves.</param>
    /// <param name="plan">What its plan allows.</param>
    public static EffectiveRate Rate(
        this SendingPolicy policy, in PaceTerm warmUp, in PaceTerm throttled, in PaceTerm level, in PaceTerm plan) =>
        policy switch
        {
            SendingPolicy.WarmUp => EffectiveRate.Of(warmUp, throttled, level, plan),
            SendingPolicy.Cloud => EffectiveRate.Of(throttled, level, plan),
        };
}
