namespace WaGrains.Simulation.Tests.World;

/// <summary>A rule that was broken.</summary>
/// <param name="Checker">The checker that saw it.</param>
/// <param name="Second">When, in seconds since the world began.</param>
/// <param name="About">Ids of what it is about.</param>
/// <param name="Expected">What should have been.</param>
/// <param name="Got">What was.</param>
internal sealed record Finding(string Checker, double Second, string About, string Expected, string Got)
{
    public override string ToString() =>
        FormattableString.Invariant($"{Checker} at {Second:F3} s, {About}: expected {Expected}, got {Got}");
}
