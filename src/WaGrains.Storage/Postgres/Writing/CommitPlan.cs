using Npgsql;
using WaGrains.Domain.Agents;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>
/// The statements that write some turns: what they come to is what the turns one after the other would, or one of them
/// raises. An obstacle that needs no database is found while turns are added.
/// </summary>
internal sealed class CommitPlan(Archive archive, ArchiveMap map)
{
    private readonly Waves _waves = new();
    private readonly StateChains _states = [];
    private readonly Dictionary<(OwnerKey Owner, string Name), Change> _timers = [];

    /// <summary>The statements that write these turns and tell of them; null, and what stands against one of them,
    /// where no database is needed to see it.</summary>
    /// <param name="archive">How messages are written.</param>
    /// <param name="map">Where they go.</param>
    /// <param name="turns">The turns, in order.</param>
    /// <param name="first">Which turn of the batch the first of them is.</param>
    /// <param name="obstacle">What stands against them.</param>
    public static IReadOnlyList<(NpgsqlBatchCommand Command, Wording Wording)>? Of(
        Archive archive, ArchiveMap map, IReadOnlyList<TurnRows> turns, int first, out Obstacle? obstacle)
    {
        try
        {
            var plan = new CommitPlan(archive, map);
            obstacle = turns.SelectMany(turn => turn.Changes)
                .Select(plan.TryAdd)
                .FirstOrDefault(found => found is not null);
            return obstacle is null ? plan.Commands(FeedRow.Of(turns, first)) : null;
        }
        catch (UnwritableException poison)
        {
            obstacle = Obstacle.Poison(poison.Table);
            return null;
        }
    }

    /// <summary>What stands against the rows of the statement that failed; null where they are not to blame.</summary>
    public static Obstacle? Blames(
        PostgresException failed, IReadOnlyList<(NpgsqlBatchCommand Command, Wording Wording)> plan)
    {
        foreach (var (command, wording) in plan)
        {
            if (ReferenceEquals(command, failed.BatchCommand))
            {
                return PostgresFault.Of(failed, wording.Taken);
            }
        }

        return null;
    }

    private Obstacle? TryAdd(Change change)
    {
        if (Poison.Find(change) is { } poison)
        {
            return poison;
        }

        if (change is StateWritten written)
        {
            return _states.Add(written) ? null : Obstacle.Version(TableOf(written));
        }

        Add(change);
        return null;
    }

    private List<(NpgsqlBatchCommand Command, Wording Wording)> Commands(IEnumerable<FeedRow> told)
    {
        foreach (var chain in _states)
        {
            Write(chain.Last, chain.Expected);
        }

        foreach (var timer in _timers.Values)
        {
            if (timer is TimerSet set)
            {
                _waves.Add(SmallWording.Timer, set);
            }
            else
            {
                _waves.Add(SmallWording.TimerEnd, (TimerCleared)timer);
            }
        }

        foreach (var row in told)
        {
            _waves.Add(FeedWording.Tell, row);
        }

        return [.. _waves.Commands()];
    }

    private static string TableOf(StateWritten written) => written switch
    {
        ConversationWritten => Table.Conversation,
        PhoneNumberWritten => Table.PhoneNumber,
        TeamWritten => Table.Team,
        AgentWritten => Table.Agent,
        BulkSendWritten => Table.BulkSend,
        PortfolioWritten => Table.Portfolio,
        TenantWritten => Table.Tenant,
        _ => throw new NotSupportedException($"No table takes {written.GetType().Name}."),
    };

    private void Write(StateWritten written, long expected)
    {
        switch (written)
        {
            case ConversationWritten { State: var state }:
                _waves.Add(
                    expected == 0 ? ConversationWording.New : ConversationWording.Next,
                    new ConversationRow(
                        state, ConversationColumns.Of(state), expected, Poison.Json(Table.Conversation, state)));
                break;
            case PhoneNumberWritten { State: var state }:
                _waves.Add(
                    expected == 0 ? StateWording.NewNumber : StateWording.Number,
                    NumberState.Of(state, Plain(Poison.Json(Table.PhoneNumber, state))));
                break;
            case TeamWritten { State: var state }:
                _waves.Add(
                    expected == 0 ? StateWording.NewTeam : StateWording.Team, Plain(Poison.Json(Table.Team, state)));
                break;
            case AgentWritten { State: var state }:
                _waves.Add(
                    expected == 0 ? StateWording.NewAgent : StateWording.Agent, Plain(Poison.Json(Table.Agent, state)));
                break;
            case BulkSendWritten { State: var state }:
                _waves.Add(
                    expected == 0 ? BulkWording.New : BulkWording.Next,
                    new BulkRow(Plain(Poison.Json(Table.BulkSend, state)), state));
                break;
            case PortfolioWritten { State: var state }:
                _waves.Add(
                    expected == 0 ? StateWording.NewPortfolio : StateWording.Portfolio,
                    Plain(Poison.Json(Table.Portfolio, state)));
                break;
            case TenantWritten { State: var state }:
                _waves.Add(
                    expected == 0 ? StateWording.NewTenant : StateWording.Tenant,
                    Plain(Poison.Json(Table.Tenant, state)));
                _waves.Add(StateWording.Retention, state);
                break;
            default:
                throw new NotSupportedException($"No table takes {written.GetType().Name}.");
        }

        PlainState Plain(byte[] json) => new(written.Owner, written.Version, expected, json);
    }

    private void Add(Change change)
    {
        switch (change)
        {
            case MessageAdded or StatusRaised or SendWithdrawn:
                AddMessage(change);
                break;
            case QueueRowAdded or AttemptStarted or AttemptEnded or QueueRowReturned or QueueRowRemoved:
                AddQueue(change);
                break;
            case ContactAdded or IdentityAdded or IdentityMoved or IdentityReleased or ContactMerged
                or ContactMergeDone:
                AddContact(change);
                break;
            case BulkRecipientsAdded or BulkRecipientSettled or BulkRecipientsDropped or BulkRecipientsRemoved:
                AddRecipients(change);
                break;
            default:
                AddSmall(change);
                break;
        }
    }

    private void AddMessage(Change change)
    {
        switch (change)
        {
            case MessageAdded { Row: var row }:
                _waves.Add(
                    Wording(row.Tenant, row.Id).Add, NewMessage.Of(row), null, Cell.Message(row.Tenant, row.Id));
                break;
            case StatusRaised { Of: { } of } failed:
                _waves.Add(
                    Wording(failed.Tenant, failed.Message).Fail,
                    NewStatus.Of(failed),
                    null,
                    Cell.Message(failed.Tenant, failed.Message),
                    Cell.Queue(failed.Tenant, of.Number, failed.Message));
                break;
            case StatusRaised raised:
                _waves.Add(
                    Wording(raised.Tenant, raised.Message).Raise,
                    NewStatus.Of(raised),
                    null,
                    Cell.Message(raised.Tenant, raised.Message));
                break;
            case SendWithdrawn gone:
                _waves.Add(
                    Wording(gone.Tenant, gone.Message).Withdraw,
                    gone,
                    null,
                    Cell.Message(gone.Tenant, gone.Message),
                    Cell.Queue(gone.Tenant, gone.Number, gone.Message));
                break;
        }
    }

    private void AddQueue(Change change)
    {
        switch (change)
        {
            case QueueRowAdded { Row: var row }:
                _waves.Add(QueueWording.Add, row, null, Cell.Queue(row.Tenant, row.Number, row.Message));
                break;
            case AttemptStarted start:
                _waves.Add(
                    QueueWording.Start,
                    start,
                    null,
                    Cell.Queue(start.Tenant, start.Number, start.Message),
                    Cell.Attempt(start.Tenant, start.Message, start.Attempt));
                break;
            case AttemptEnded end:
                _waves.Add(QueueWording.End, end, null, Cell.Attempt(end.Tenant, end.Message, end.Attempt));
                break;
            case QueueRowReturned back:
                _waves.Add(QueueWording.Return, back, null, Cell.Queue(back.Tenant, back.Number, back.Message));
                break;
            case QueueRowRemoved gone:
                _waves.Add(QueueWording.Remove, gone, null, Cell.Queue(gone.Tenant, gone.Number, gone.Message));
                break;
        }
    }

    private void AddContact(Change change)
    {
        switch (change)
        {
            case ContactAdded it:
                _waves.Add(
                    ContactWording.Add, it, Cell.Contacts(it.Tenant), Cell.Contact(it.Tenant, it.Contact));
                break;
            case IdentityAdded it:
                _waves.Add(
                    ContactWording.Name, it, Cell.Contacts(it.Tenant), Cell.Identity(it.Tenant, it.Identity));
                break;
            case IdentityMoved it:
                _waves.Add(
                    ContactWording.Move, it, Cell.Contacts(it.Tenant), Cell.Identity(it.Tenant, it.Identity));
                break;
            case IdentityReleased it:
                _waves.Add(
                    ContactWording.Release, it, Cell.Contacts(it.Tenant), Cell.Identity(it.Tenant, it.Identity));
                break;
            case ContactMerged it:
                _waves.Add(ContactWording.Merge, it, null, Cell.Contacts(it.Tenant));
                break;
            case ContactMergeDone it:
                _waves.Add(
                    ContactWording.MergeDone, it, Cell.Contacts(it.Tenant), Cell.Contact(it.Tenant, it.From));
                break;
        }
    }

    private void AddRecipients(Change change)
    {
        switch (change)
        {
            case BulkRecipientsAdded it:
                foreach (var recipient in it.Recipients)
                {
                    _waves.Add(
                        BulkWording.Add,
                        new NewRecipient(it.Tenant, it.Send, recipient, BulkColumns.Variables(recipient)),
                        Cell.Recipients(it.Tenant, it.Send),
                        Cell.Recipient(it.Tenant, it.Send, recipient.Position));
                }

                break;
            case BulkRecipientSettled it:
                _waves.Add(
                    BulkWording.Settle,
                    it,
                    Cell.Recipients(it.Tenant, it.Origin.Send),
                    Cell.Recipient(it.Tenant, it.Origin.Send, it.Origin.Position));
                break;
            case BulkRecipientsDropped it:
                _waves.Add(BulkWording.Drop, it, null, Cell.Recipients(it.Tenant, it.Send));
                break;
            case BulkRecipientsRemoved it:
                _waves.Add(BulkWording.Remove, it, null, Cell.Recipients(it.Tenant, it.Send));
                break;
        }
    }

    private void AddSmall(Change change)
    {
        switch (change)
        {
            case BudgetReserved { Row: var it }:
                _waves.Add(BudgetWording.Put, it, null, Cell.Reservation(it.Tenant, it.Portfolio, it.Message));
                break;
            case BudgetReleased it:
                _waves.Add(BudgetWording.Remove, it, null, Cell.Reservation(it.Tenant, it.Portfolio, it.Message));
                break;
            case OfferOpened it:
                _waves.Add(SmallWording.Offer, it, null, Cell.Offer(it.Tenant, it.Agent, it.Conversation));
                break;
            case OfferClosed it:
                _waves.Add(SmallWording.OfferEnd, it, null, Cell.Offer(it.Tenant, it.Agent, it.Conversation));
                break;
            case TimerSet it:
                _timers[(it.Owner, it.Name)] = it;
                break;
            case TimerCleared it:
                _timers[(it.Owner, it.Name)] = it;
                break;
            case AlertRaised it:
                _waves.Add(SmallWording.Alert, it, null, Cell.Alert(it.Tenant, it.Id));
                break;
            case PaceChanged it:
                _waves.Add(SmallWording.Pace, it);
                break;
            case RawKept it:
                _waves.Add(SmallWording.Raw, it, null, Cell.Raw(it.Tenant, it.Id));
                break;
            case DeadLettered it:
                _waves.Add(SmallWording.DeadLetter, it);
                break;
            case IdempotencyKept it:
                _waves.Add(SmallWording.Idempotency, KeptAnswer.Of(it), null, Cell.Idempotency(it.Tenant, it.Key));
                break;
            case ApiKeyAdded it:
                _waves.Add(SmallWording.Key, it, null, Cell.Key(it.Hash));
                break;
            case ApiKeyRevoked it:
                _waves.Add(SmallWording.Revoke, it, null, Cell.Key(it.Hash));
                break;
            default:
                throw new NotSupportedException($"No table takes {change.GetType().Name}.");
        }
    }

    private MessageWording Wording(TenantId tenant, MessageId id) => archive.Wording(map.Of(tenant, id));
}
