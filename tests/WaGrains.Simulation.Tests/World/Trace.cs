using System.Globalization;
using System.Runtime.CompilerServices;

namespace WaGrains.Simulation.Tests.World;

/// <summary>A running fingerprint of everything that happened, and its last lines: two runs of one seed must agree in
/// it.</summary>
internal sealed class Trace(SimClock clock, int keep)
{
    private readonly Queue<string> _last = new();
    private ulong _hash = 14695981039346656037;

    public ulong Hash => _hash;

    public IEnumerable<string> Last => _last;

    /// <summary>Whether lines are kept: building them costs more than hashing what they are made of.</summary>
    public bool Keeps => keep > 0;

    public void Add(string kind, UInt128 id, long number)
    {
        Mix((ulong)clock.Now.UtcTicks);
        foreach (var letter in kind)
        {
            Mix(letter);
        }

        Mix((ulong)id);
        Mix((ulong)(id >> 64));
        Mix((ulong)number);
    }

    public void Line([InterpolatedStringHandlerArgument("")] Remark line)
    {
        if (keep > 0)
        {
            _last.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed,10:F4} {line.Take()}"));
            if (_last.Count > keep)
            {
                _last.Dequeue();
            }
        }
    }

    private void Mix(ulong value) => _hash = (_hash ^ value) * 1099511628211;
}
