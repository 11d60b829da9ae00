using System.Diagnostics;

namespace WaGrains.Load.Pacing;

/// <summary>Answers of the sandbox to each number, in time. Safe from any thread.</summary>
internal sealed class CloudCounts(int numbers)
{
    private readonly List<(long At, bool IsAccepted)>[] _answers =
        [.. Enumerable.Range(0, numbers).Select(_ => new List<(long, bool)>())];

    /// <summary>Accepted so far, all numbers together.</summary>
    public long Accepted => Between(0, long.MaxValue).Accepted;

    /// <summary>An answer to this number, now.</summary>
    public void Answered(int number, bool isAccepted)
    {
        var answers = _answers[number];
        lock (answers)
        {
            answers.Add((Stopwatch.GetTimestamp(), isAccepted));
        }
    }

    /// <summary>Answers from one instant on and before another, Stopwatch ticks.</summary>
    public (long Accepted, long Refused) Between(long from, long to)
    {
        long accepted = 0, refused = 0;
        foreach (var (at, isAccepted) in _answers.SelectMany(Copy))
        {
            if (at >= from && at < to)
            {
                (accepted, refused) = isAccepted ? (accepted + 1, refused) : (accepted, refused + 1);
            }
        }

        return (accepted, refused);
    }

    /// <summary>Accepted messages per second of each number, between its first and its last one in that
    /// time.</summary>
    public double[] Rates(long from, long to) =>
    [
        .. _answers.Select(Copy).Select(answers =>
        {
            long[] accepted = [.. answers.Where(a => a.IsAccepted && a.At >= from && a.At < to).Select(a => a.At)];
            return accepted.Length < 2
                ? 0
                : (accepted.Length - 1) / Stopwatch.GetElapsedTime(accepted[0], accepted[^1]).TotalSeconds;
        }).Order(),
    ];

    private static (long At, bool IsAccepted)[] Copy(List<(long At, bool IsAccepted)> answers)
    {
        lock (answers)
        {
            return [.. answers];
        }
    }
}
