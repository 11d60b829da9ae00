using WaGrains.Domain.Bulk;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Contacts;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Reading;

namespace WaGrains.Engine.Bulk;

/// <summary>
/// Carries out what bulk sends have to do, a round at a time: asks the send where it stands and its numbers for room,
/// gives so many recipients to their conversations, and tells the send how far it has come. Every step may be lost or
/// done twice: a recipient's row moves once, in the commit of its conversation.
/// </summary>
public sealed class BulkRounds(
    IOwners owners, IReads reads, ContactDirectory contacts, TimeProvider clock, Func<MessageId> freshId)
{
    /// <summary>Looking again when every number has its share: before the smallest share is used up.</summary>
    private static readonly TimeSpan WhenFull = TimeSpan.FromSeconds(10);

    /// <summary>Looking again when all recipients have been handed over and some are still queued.</summary>
    private static readonly TimeSpan WhenAllTaken = TimeSpan.FromSeconds(3);

    /// <summary>One round.</summary>
    /// <exception cref="OwnerUnavailableException">The send cannot be asked now; it wakes by itself.</exception>
    public async Task Run(OwnerKey send, CancellationToken cancel)
    {
        if (await owners.Ask(send, ReadBulkSend.Message, cancel) is not BulkSendView { State: var state })
        {
            return;
        }

        var advanced = state.Phase switch
        {
            BulkPhase.Running => await HandOver(state, cancel),
            BulkPhase.Closing => await Withdraw(state, cancel),
            BulkPhase.Paused or BulkPhase.Ended => null,
        };
        if (advanced is not null)
        {
            await owners.Ask(send, advanced, cancel);
        }
    }

    private async Task<BulkSendAdvanced> HandOver(BulkSendState state, CancellationToken cancel)
    {
        if (state.Cursor == state.Total)
        {
            var left = await reads.BulkQueued(state.Tenant, state.Id, state.Numbers, 1, cancel);
            return new BulkSendAdvanced(state.Total, left.Count, WhenAllTaken)
            {
                Point = await Count(state, left.Count == 0, cancel),
            };
        }

        var rooms = await Rooms(state, cancel);
        var room = Math.Min(rooms.Sum(each => each.Room), BulkSend.SliceMax);
        if (room == 0)
        {
            return new BulkSendAdvanced(state.Cursor, null, WhenFull) { Point = await Count(state, false, cancel) };
        }

        var pending = await reads.BulkPending(state.Tenant, state.Id, state.Cursor, room, cancel);
        var share = new PriorityQueue<PhoneNumberId, int>(
            rooms.Where(each => each.Room > 0).Select(each => (each.Number, -each.Room)));
        var taken = await InParts(pending, recipient => Give(state, recipient, Next(share), cancel));
        var first = taken.IndexOf(false);
        var through = first >= 0 ? pending[first].Position
            : pending.Count < room ? state.Total
            : pending[^1].Position + 1;
        return new BulkSendAdvanced(through, null, first >= 0 ? WhenFull : TimeSpan.Zero)
        {
            Point = await Count(state, false, cancel),
        };
    }

    /// <summary>How far it has come, where its history wants to know now, or it ends.</summary>
    private async Task<DrainPoint?> Count(BulkSendState state, bool isOver, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return isOver || DrainHistory.IsDue(state, now)
            ? (await reads.BulkTally(state.Tenant, state.Id, cancel)).At(now)
            : null;
    }

    private static async Task<List<bool>> InParts<T>(IReadOnlyList<T> all, Func<T, Task<bool>> call)
    {
        List<bool> done = [];
        foreach (var part in all.Chunk(Limits.BulkCallsMax))
        {
            done.AddRange(await Task.WhenAll(part.Select(call)));
        }

        return done;
    }

    /// <summary>The number with the most room, which then has one less.</summary>
    private static PhoneNumberId Next(PriorityQueue<PhoneNumberId, int> share)
    {
        share.TryDequeue(out var number, out var room);
        share.Enqueue(number, room + 1);
        return number;
    }

    private async Task<(PhoneNumberId Number, int Room)[]> Rooms(BulkSendState state, CancellationToken cancel) =>
        await Task.WhenAll(state.Numbers.Select(async number =>
        {
            try
            {
                var reply = await owners.Ask(OwnerKey.Of(state.Tenant, number), new ReadRoom(state.Id), cancel);
                return (number, reply is BulkRoom { Room: var room } ? room : 0);
            }
            catch (OwnerUnavailableException)
            {
                return (number, 0);
            }
        }));

    /// <summary>One recipient's turn; whether it has had it.</summary>
    private async Task<bool> Give(
        BulkSendState state, BulkRecipient recipient, PhoneNumberId number, CancellationToken cancel)
    {
        try
        {
            if (!Recipient.TryRead(recipient.To, out var to)
                || await contacts.Resolve(state.Tenant, PersonNames.Of(to), clock.GetUtcNow(), cancel)
                    is not { } contact)
            {
                return await Drop(state, recipient, "invalid_recipient", cancel);
            }

            var message = new SendMessage(
                freshId(),
                Placeholders.Fill(state.Content, recipient.Variables),
                state.Lane,
                null,
                null,
                state.Deadline,
                to,
                null)
            {
                Origin = new BulkOrigin(state.Id, recipient.Position),
            };
            var conversation = new ConversationId(number, contact);
            var reply = await owners.Ask(OwnerKey.Of(state.Tenant, conversation), message, cancel);
            return reply is not Refused { Refusal.RetryAfter: not null };
        }
        catch (OwnerUnavailableException)
        {
            // Perhaps another round has given it its turn: the next one reads its row.
            return false;
        }
        catch (OwnerFailedException)
        {
            return await Drop(state, recipient, "internal_error", cancel);
        }
    }

    private async Task<bool> Drop(
        BulkSendState state, BulkRecipient recipient, string code, CancellationToken cancel)
    {
        await owners.Ask(
            state.Owner, new DropRecipients(recipient.Position, recipient.Position + 1, code), cancel);
        return true;
    }

    /// <summary>Whoever is pending gets no turn; what waits in queues is withdrawn, what is under way is waited
    /// for.</summary>
    private async Task<BulkSendAdvanced> Withdraw(BulkSendState state, CancellationToken cancel)
    {
        if (state.Cursor < state.Total)
        {
            var through = Math.Min(state.Total, state.Cursor + BulkSend.SliceMax);
            await owners.Ask(state.Owner, new DropRecipients(state.Cursor, through, state.Ends!), cancel);
            return new BulkSendAdvanced(through, null, TimeSpan.Zero);
        }

        var queued = await reads.BulkQueued(state.Tenant, state.Id, state.Numbers, BulkSend.SliceMax, cancel);
        await InParts(queued, each => Withdraw(state, each, cancel));
        return new BulkSendAdvanced(state.Total, queued.Count, WhenAllTaken)
        {
            Point = await Count(state, queued.Count == 0, cancel),
        };
    }

    private async Task<bool> Withdraw(BulkSendState state, QueuedOfSend queued, CancellationToken cancel)
    {
        try
        {
            var number = OwnerKey.Of(state.Tenant, queued.Number);
            return await owners.Ask(number, new CancelSend(queued.Message), cancel) is Done;
        }
        catch (OwnerUnavailableException)
        {
            // The next round finds it still there.
            return false;
        }
    }
}
