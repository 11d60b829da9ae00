using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Intake;
using WaGrains.Host.Numbers;

namespace WaGrains.Host.Webhooks;

/// <summary>
/// Says in the domain's words what a webhook brought. An item is believed only for a number of the app's own tenant;
/// for any other it is kept raw, with an alert.
/// </summary>
internal sealed class Arrivals(NumberDirectory numbers)
{
    /// <summary>The arrivals, in the order of the items.</summary>
    /// <param name="tenant">Whose app the webhook came through.</param>
    /// <param name="batch">What it brought.</param>
    /// <param name="received">When it came: Meta does not always tell.</param>
    /// <param name="cancel">The caller has gone.</param>
    public async Task<IReadOnlyList<Arrival>> Of(
        TenantId tenant, WebhookBatch batch, DateTimeOffset received, CancellationToken cancel)
    {
        var arrivals = new List<Arrival>(batch.Items.Count);
        if (batch.IsOversized)
        {
            arrivals.Add(new RawArrival("webhook", "more_updates_than_documented", Alert: true, default));
        }

        foreach (var item in batch.Items)
        {
            PhoneNumberState? number = null;
            if (item.PhoneNumberId is { Length: > 0 } id)
            {
                number = await numbers.Find(id, cancel);
                number = number?.Tenant == tenant ? number : null;
            }

            arrivals.AddRange(Standings.Of(item, received));
            arrivals.Add((item, number) switch
            {
                // The two that come by the thousand.
                (StatusItem status, { } known) => new StatusArrival(known, status.Update, status.Payload),
                (InboundItem inbound, { } known) => new InboundArrival(known, inbound.Person, inbound.Message),
                (QualityItem { Event: "THROUGHPUT_UPGRADE" } upgrade, _) => await Upgrade(tenant, upgrade, cancel),
                _ => Rarer(item, number),
            });
        }

        return arrivals;
    }

    /// <summary>Meta names the number as people read it, within its account.</summary>
    private async Task<Arrival> Upgrade(TenantId tenant, QualityItem item, CancellationToken cancel) =>
        await numbers.FindShown(tenant, item.WabaId, item.DisplayPhoneNumber, cancel) is { } number
            ? new QualityArrival(number.Owner, QualityEvent.Upgrade, "throughput_upgrade")
            : new RawArrival(item.Field, "unknown_number", Alert: true, item.Payload);

    private static Arrival Rarer(WebhookItem item, PhoneNumberState? number) => item.Match(
        inbound => Unknown(inbound.Message.Payload),
        status => Unknown(status.Payload),
        echo => With(number, echo.Message.Payload, n => new EchoArrival(n, echo.Person, echo.Message)),
        identity => new IdentityArrival(number, identity.Previous, identity.Current, identity.Message),
        preference => Preference(number, preference),
        quality => new RawArrival(quality.Field, quality.Event ?? "update", Alert: false, quality.Payload),
        template => new RawArrival(template.Field, template.Current ?? "update", Alert: false, template.Payload),
        account => Account(account),
        error => new RawArrival("errors", error.Error.Reason, Alert: true, error.Payload),
        raw => new RawArrival(raw.Field, raw.Reason, Alert: true, raw.Payload));

    private static Arrival With(
        PhoneNumberState? number, ReadOnlyMemory<byte> payload, Func<PhoneNumberState, Arrival> known) =>
        number is null ? Unknown(payload) : known(number);

    private static RawArrival Unknown(ReadOnlyMemory<byte> payload) =>
        new RawArrival("messages", "unknown_number", Alert: true, payload);

    private static Arrival Preference(PhoneNumberState? number, PreferenceItem item) =>
        item.Choice == PreferenceChoice.Other
            ? new RawArrival("user_preferences", "other_choice", Alert: false, item.Payload)
            : With(number, item.Payload,
                n => new PreferenceArrival(n, item.Person, item.Choice == PreferenceChoice.Resume, item.At));

    /// <summary>Kept raw for people; restrictions raise an alert, because they are the last word before a
    /// ban.</summary>
    private static RawArrival Account(AccountItem item) =>
        new(item.Field, item.Event?.ToLowerInvariant() ?? "update",
            Alert: item.Field is "account_update" or "account_alerts" or "security"
                && !Standings.Of(item, default).Any(),
            item.Payload);
}
