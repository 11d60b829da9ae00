using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Turns;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Idempotency;

/// <summary>What owners answer, on its way to HTTP.</summary>
internal static class Replies
{
    /// <summary>Whether the owner refused, and with which problem.</summary>
    public static bool Refuses(this Reply reply, out ProblemHttpResult problem)
    {
        problem = reply is Refused refused ? Problem.Of(refused.Refusal) : null!;
        return reply is Refused;
    }
}
