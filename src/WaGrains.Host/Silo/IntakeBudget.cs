using System.Collections.Concurrent;
using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Ids;

namespace WaGrains.Host.Silo;

/// <summary>
/// How much each tenant may hand in, steadily: updates per second on this silo, a second's worth at once. A message
/// counts as <see cref="MessageCost"/> updates. What is in a webhook is known once it is read, so a large one makes a
/// debt, and the tenant's next ones are sent back until it is paid. Safe from any thread.
/// </summary>
/// <param name="perSecond">Updates per second of one tenant; null for any number.</param>
/// <param name="clock">Whose monotonic time counts.</param>
internal sealed class IntakeBudget(double? perSecond, TimeProvider clock)
{
    /// <summary>A message is answered: what it brings is its own turn, the answer's on its way to the queue, out of it
    /// and back from Meta, where a status is one. Counted alike, a tenant that sends nothing but messages would have
    /// four times the work done for it.</summary>
    public const int MessageCost = 4;

    private readonly ConcurrentDictionary<TenantId, Purse> _purses = new();

    /// <summary>Whether a tenant owes nothing.</summary>
    public bool Allows(TenantId tenant) => perSecond is null || PurseOf(tenant).Left() > 0;

    /// <summary>This is what a webhook of a tenant held.</summary>
    public void Charge(TenantId tenant, IReadOnlyList<WebhookItem> items)
    {
        if (perSecond is not null)
        {
            PurseOf(tenant).Take(items.Sum(static item => item is InboundItem ? MessageCost : 1));
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

        public void Take(int updates)
        {
            lock (_gate)
            {
                Fill();
                _spent += updates;
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
