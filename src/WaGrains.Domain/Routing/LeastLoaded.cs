namespace WaGrains.Domain.Routing;

/// <summary>The smallest load for its capacity first: 2 of 4 comes after 4 of 10. Among equals in turn.</summary>
public static class LeastLoaded
{
    /// <summary>Whether <paramref name="one"/> gets the conversation rather than <paramref name="other"/>.</summary>
    public static bool Precedes(Candidate one, Candidate other)
    {
        // The fractions, multiplied out: whole numbers have no rounding to break a tie by.
        var (left, right) = (one.Load * other.Capacity.Value, other.Load * one.Capacity.Value);
        return left != right ? left < right : RoundRobin.Precedes(one, other);
    }
}
