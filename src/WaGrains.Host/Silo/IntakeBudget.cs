using System.Collections.Concurrent;
using WaGrains.Domain.Ids;

namespace WaGrains.Host.Silo;

/// <summary>
/// How much each tenant may hand in, steadily: messages and statuses per second on this silo, a second's worth at once.
/// What is in a webhook is known once it is read, so a large one makes a debt, and the tenant's next ones are sent back
/// until it is paid. Safe from any thread.
/// </summary>
/// <param name="perSecond">Messages and statuses per second of one tenant; null for any number.</param>
/// <param name="clock">Whose monotonic time counts.</param>
internal sealed class IntakeBudget(double? perSecond, TimeProvider clock)
{
    private readonly ConcurrentDictionary<TenantId, Purse> _purses = new();

    /// <summary>Whether a tenant owes nothing.</summary>
    public bool Allows(TenantId tenant) => perSecond is null || PurseOf(tenant).Left() > 0;

    /// <summary>A webhook of a tenant held so many messages and statuses.</summary>
    public void Charge(TenantId tenant, int items)
    {
        if (perSecond is not null)
        {
            PurseOf(tenant).Take(items);
        }
    }

    private Purse PurseOf(TenantId tenant) => _purses.GetOrAdd(tenant, _ => new Purse(perSecond!.Value, clock));

    private sealed class Purse(double full, TimeProvider clock)
    {
        private readonly Lock _gate = new();
        private long _filledAt = clock.GetTimestamp();
        private double _spent;

        public double Left()
        {
            lock (_gate)
            {
                return Fill();
            }
        }

        public void Take(int items)
        {
            lock (_gate)
            {
                Fill();
                _spent += items;
            }
        }

        private double Fill()
        {
            var now = clock.GetTimestamp();
            _spent = Math.Max(0, _spent - (clock.GetElapsedTime(_filledAt, now).TotalSeconds * full));
            _filledAt = now;
            return full - _spent;
        }
    }
}
