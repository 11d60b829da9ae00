using WaGrains.Domain.Agents;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;

namespace WaGrains.Storage.Memory;

/// <summary>
/// All rows of a <see cref="MemoryStore"/> at one moment, each list by its key. Nothing in it changes any more.
/// </summary>
/// <param name="Messages">The archive, of all tenants.</param>
/// <param name="Queue">What waits to be sent.</param>
/// <param name="Attempts">Every attempt to send.</param>
/// <param name="Conversations">The conversations' states, aliases too.</param>
/// <param name="Numbers">The numbers' states.</param>
/// <param name="Offers">Accepted offers without an answer.</param>
/// <param name="Timers">Durable timers.</param>
/// <param name="Contacts">Every contact ever added.</param>
/// <param name="Alerts">Every alert.</param>
/// <param name="Raw">Webhook items nobody understood.</param>
/// <param name="DeadLetters">Inputs that were set aside, oldest first.</param>
/// <param name="Portfolios">The portfolios' states.</param>
/// <param name="Budget">Who counts against their limits.</param>
public sealed record MemorySnapshot(
    IReadOnlyList<StoredMessage> Messages,
    IReadOnlyList<QueueRow> Queue,
    IReadOnlyList<AttemptRow> Attempts,
    IReadOnlyList<ConversationState> Conversations,
    IReadOnlyList<PhoneNumberState> Numbers,
    IReadOnlyList<OfferOpened> Offers,
    IReadOnlyList<TimerSet> Timers,
    IReadOnlyList<ContactAdded> Contacts,
    IReadOnlyList<AlertRaised> Alerts,
    IReadOnlyList<RawKept> Raw,
    IReadOnlyList<DeadLettered> DeadLetters,
    IReadOnlyList<PortfolioState> Portfolios,
    IReadOnlyList<BudgetReservation> Budget)
{
    internal static MemorySnapshot Of(MemoryTables tables) => new(
        [.. tables.Messages.All.Select(cell => cell.Read())],
        [.. tables.Queue.All],
        [.. tables.Attempts.All],
        [.. tables.Conversations.All.Select(cell => cell.Read())],
        [.. tables.Numbers.All.Select(cell => cell.Read<PhoneNumberState>())],
        [.. tables.Offers.All],
        [.. tables.Timers.All],
        [.. tables.Contacts.All.Select(cell => cell.Row)],
        [.. tables.Alerts.All],
        [.. tables.RawWebhooks.All],
        [.. tables.DeadLetters.All],
        [.. tables.Portfolios.All.Select(cell => cell.Read<PortfolioState>())],
        [.. tables.Budget.All]);
}
