namespace WaGrains.Simulation.Tests.World;

/// <summary>Seeded dice (splitmix64); each part of a world has its own, so that one part's draws do not move
/// another's.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Bits()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    public UInt128 WideBits() => new(Bits(), Bits());

    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public bool Happens(double probability) => Unit() < probability;

    public int Below(int bound) => (int)(Unit() * bound);

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public double Between(double low, double high) => low + ((high - low) * Unit());

    public TimeSpan Seconds(double low, double high) => TimeSpan.FromSeconds(Between(low, high));

    /// <summary>Memoryless waits, cut at ten means so that no draw stalls a run.</summary>
    public TimeSpan Exponential(double meanSeconds) =>
        TimeSpan.FromSeconds(Math.Min(10, -Math.Log(1 - Unit())) * meanSeconds);

    /// <summary>Dice of their own for one part.</summary>
    public static Dice For(ulong seed, int part) =>
        new((seed * 0xD1342543DE82EF95) + ((ulong)part * 0xA0761D6478BD642F) + 1);
}
