using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Intake;
using WaGrains.Engine.Reading;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Meta;

/// <summary>What a webhook says, in the engine's words. A number that is not the app's tenant's is no number of
/// ours.</summary>
internal static class WebhookArrivals
{
    public static IReadOnlyList<Arrival> Of(TenantId tenant, ReadOnlyMemory<byte> body, IReads reads)
    {
        var batch = WebhookReader.Read(body);
        return batch.Problem is { } problem
            ? [new RawArrival("", problem, Alert: true, body)]
            : [.. batch.Items.Select(item => Of(tenant, item, reads))];
    }

    private static Arrival Of(TenantId tenant, WebhookItem item, IReads reads)
    {
        PhoneNumberState? number = null;
        if (item.PhoneNumberId is { } metaId)
        {
            number = reads.NumberByMetaId(metaId, CancellationToken.None).Now();
            number = number?.Tenant == tenant ? number : null;
        }

        Arrival Raw(string field, string reason, ReadOnlyMemory<byte> payload) =>
            new RawArrival(field, reason, Alert: false, payload);
        Arrival Needs(ReadOnlyMemory<byte> payload, Func<PhoneNumberState, Arrival> arrival) =>
            number is null ? new RawArrival("messages", "unknown_number", Alert: true, payload) : arrival(number);
        return item.Match(
            inbound => Needs(inbound.Message.Payload, n => new InboundArrival(n, inbound.Person, inbound.Message)),
            status => Needs(status.Payload, n => new StatusArrival(n, status.Update, status.Payload)),
            echo => Needs(echo.Message.Payload, n => new EchoArrival(n, echo.Person, echo.Message)),
            identity => new IdentityArrival(number, identity.Previous, identity.Current, identity.Message),
            preference => Needs(preference.Payload, n => preference.Choice == PreferenceChoice.Other
                ? Raw("user_preferences", "other_choice", preference.Payload)
                : new PreferenceArrival(
                    n, preference.Person, preference.Choice == PreferenceChoice.Resume, preference.At)),
            quality => Raw(quality.Field, "account_event", quality.Payload),
            template => Raw(template.Field, "account_event", template.Payload),
            account => Raw(account.Field, "account_event", account.Payload),
            error => Raw("errors", error.Error.Reason, error.Payload),
            raw => Raw(raw.Field, raw.Reason, raw.Payload));
    }

    /// <summary>The same webhook with every timestamp of a message a second later, as no provider would send
    /// it.</summary>
    public static IReadOnlyList<Arrival> Shifted(IReadOnlyList<Arrival> arrivals) =>
    [
        .. arrivals.Select(arrival => arrival is InboundArrival inbound
            ? inbound with { Message = inbound.Message with { SentAt = inbound.Message.SentAt.AddSeconds(1) } }
            : arrival),
    ];
}
