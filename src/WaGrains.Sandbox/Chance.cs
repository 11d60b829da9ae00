namespace WaGrains.Sandbox;

/// <summary>Seeded dice. Not <see cref="Random"/>: a seed must mean the same run on every later runtime too.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public bool Happens(double probability) => NextUnit() < probability;

    public int Below(int bound) => (int)(NextUnit() * bound);

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public TimeSpan Between(double lowSeconds, double highSeconds) =>
        TimeSpan.FromSeconds(lowSeconds + (highSeconds - lowSeconds) * NextUnit());

    /// <summary>Memoryless waits, cut at twenty means so that no draw stalls a run.</summary>
    public TimeSpan Exponential(double meanSeconds) =>
        TimeSpan.FromSeconds(Math.Min(20, -Math.Log(1 - NextUnit())) * meanSeconds);
}
