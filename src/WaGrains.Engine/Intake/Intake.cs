using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Contacts;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Turns;

namespace WaGrains.Engine.Intake;

/// <summary>
/// Takes what a webhook brought: settles who each person is, brings every item to its conversation in the order it
/// came, and returns once all of it is durable. Repeating the whole after a failure is harmless.
/// </summary>
public sealed class Intake(IOwners owners, ContactDirectory contacts, Staging staging)
{
    /// <summary>Takes the arrivals of one webhook.</summary>
    /// <exception cref="OwnerUnavailableException">Something is not durable: Meta must send all of it
    /// again.</exception>
    public async Task Accept(
        TenantId tenant, IReadOnlyList<Arrival> arrivals, DateTimeOffset now, CancellationToken cancel)
    {
        var plan = new IntakePlan(tenant);
        foreach (var arrival in arrivals)
        {
            await Place(plan, arrival, now, cancel);
        }

        if (plan is { Messages: [var only], Rows.Count: 0 })
        {
            await Ask(only.Owner, only.Message, now, cancel);
            return;
        }

        var asks = plan.Messages.Select(ask => Ask(ask.Owner, ask.Message, now, cancel)).ToList();
        if (plan.Rows.Count > 0)
        {
            asks.Add(Keep(OwnerKey.ContactsOf(tenant), plan.Rows));
        }

        await Task.WhenAll(asks);
    }

    private async Task Place(IntakePlan plan, Arrival arrival, DateTimeOffset now, CancellationToken cancel)
    {
        switch (arrival)
        {
            case InboundArrival inbound:
                var writer = await contacts.Resolve(plan.Tenant, inbound.Person, now, cancel);
                plan.Add(inbound, writer, now);
                break;
            case EchoArrival echo:
                plan.Add(echo, await contacts.Resolve(plan.Tenant, echo.Person, now, cancel), now);
                break;
            case IdentityArrival identity:
                var renamed = await contacts.Replace(plan.Tenant, identity.Previous, identity.Current, now, cancel);
                plan.Add(identity, renamed, now);
                break;
            case PreferenceArrival preference:
                plan.Add(preference, await contacts.Resolve(plan.Tenant, preference.Person, now, cancel));
                break;
            case StatusArrival status:
                plan.Add(status, now);
                break;
            case QualityArrival quality:
                plan.Add(quality.Number, new QualityChanged(quality.Event, quality.Reason, now));
                break;
            case StandingArrival standing:
                plan.Add(OwnerKey.Of(plan.Tenant), standing.Message);
                break;
            case RawArrival raw:
                plan.Keep(raw, now);
                break;
            default:
                throw new InvalidOperationException($"no place for {arrival.GetType().Name}");
        }
    }

    private async Task Ask(OwnerKey owner, OwnerMessage message, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            await owners.Ask(owner, message, cancel);
        }
        catch (OwnerFailedException failed)
        {
            // The input has failed twice: it is set aside with an alarm, and the conversation goes on.
            await Keep(owner, DeadLetters.Of(owner, message, failed, now));
        }
    }

    private async Task Keep(OwnerKey owner, IReadOnlyList<Change> rows)
    {
        var outcome = await staging.StageRows(owner, rows, []);
        if (outcome.Fate != TurnFate.Committed)
        {
            throw new OwnerUnavailableException("rows of the webhook are not durable");
        }
    }
}
