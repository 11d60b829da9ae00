using Npgsql;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Engine.Commits;
using WaGrains.Storage.Postgres.Writing;

namespace WaGrains.Storage.Postgres;

/// <summary>
/// Makes batches durable, one transaction each. The first pass hopes that nothing stands against any turn: all of it is
/// one round trip. Where something does, nothing of it stands, and the batch runs again in halves. An answer that never
/// comes is asked of the fence.
/// </summary>
internal sealed class PostgresCommitter(
    PostgresSources sources, PostgresSession session, Archive archive, TimeProvider clock)
{
    /// <summary>How often a batch runs again that another silo got in the way of, or whose months have moved.</summary>
    private const int RunsMax = 6;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long to ask what became of a batch before giving up. Then the process must end: to go on would be to guess.
    /// </summary>
    public TimeSpan AskFor { get; init; } = TimeSpan.FromMinutes(2);

    public async Task<CommitResult> Commit(CommitBatch batch)
    {
        try
        {
            return await session.Claim(batch.Fence) is { } connection
                ? await Commit(connection, batch)
                : CommitResult.FenceLost;
        }
        catch (Exception failed) when (PostgresFault.IsOutside(failed))
        {
            // Nothing of the batch has been sent.
            await session.Drop();
            return CommitResult.Unavailable;
        }
    }

    private async Task<CommitResult> Commit(NpgsqlConnection connection, CommitBatch batch)
    {
        for (var run = 0; run < RunsMax; run++)
        {
            List<RefusedTurn> refused = [];
            try
            {
                if (!await Hopefully(connection, batch))
                {
                    await Carefully(connection, batch, refused);
                }

                return Durable(refused);
            }
            catch (PostgresException failed) when (PostgresFault.IsSurelyUndone(failed))
            {
                if (PostgresFault.IsFence(failed))
                {
                    return CommitResult.FenceLost;
                }

                if (PostgresFault.IsMoved(failed))
                {
                    archive.Forget();
                }
                else if (!PostgresFault.IsPassing(failed))
                {
                    return CommitResult.Unavailable;
                }
            }
            catch (Exception failed) when (PostgresFault.IsOutside(failed))
            {
                return await Resolve(batch.Fence, refused);
            }
        }

        return CommitResult.Unavailable;
    }

    /// <summary>Makes batches as <see cref="Commit(CommitBatch)"/> would, in one transaction, and undoes it.</summary>
    /// <param name="fence">The fence as it stands: the first batch would be the next.</param>
    /// <param name="commits">The turns of each.</param>
    /// <param name="cancel">Nobody waits for it any more.</param>
    /// <exception cref="StoreUnavailableException">Something stands against one of them.</exception>
    public async Task Rehearse(
        Fence fence, IReadOnlyList<IReadOnlyList<TurnRows>> commits, CancellationToken cancel)
    {
        try
        {
            var connection = await session.Claim(fence) ?? throw new StoreUnavailableException("the fence is lost");
            var map = await Map(connection, [.. commits.SelectMany(turns => turns)]);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            foreach (var turns in commits)
            {
                var plan = CommitPlan.Of(archive, map, turns, 0, out var obstacle)
                    ?? throw new StoreUnavailableException($"{obstacle?.Because} stands against a rehearsed turn");
                fence = fence with { Batch = fence.Batch + 1 };
                await using var commands = Together(connection, fence, plan);
                await commands.ExecuteNonQueryAsync(cancel);
            }

            await transaction.RollbackAsync(cancel);
        }
        catch (Exception failed) when (PostgresFault.IsOutside(failed))
        {
            await session.Drop();
            throw failed is OperationCanceledException ? failed : PostgresFault.Unavailable(failed);
        }
    }

    private static NpgsqlBatch Together(
        NpgsqlConnection connection, Fence fence, IReadOnlyList<(NpgsqlBatchCommand Command, Wording Wording)> plan)
    {
        var commands = new NpgsqlBatch(connection);
        commands.BatchCommands.Add(FenceStep.Advance(fence));
        foreach (var (command, _) in plan)
        {
            commands.BatchCommands.Add(command);
        }

        return commands;
    }

    private static CommitResult Durable(IReadOnlyList<RefusedTurn> refused) =>
        refused.Count == 0 ? CommitResult.Durable : new CommitResult(CommitVerdict.Durable, refused);

    /// <summary>All of it in one round trip; false, and nothing of it stands, where a turn is in the way.</summary>
    private async Task<bool> Hopefully(NpgsqlConnection connection, CommitBatch batch)
    {
        var map = await Map(connection, batch.Turns);
        if (CommitPlan.Of(archive, map, batch.Turns, 0, out _) is not { } plan)
        {
            return false;
        }

        await using var commands = Together(connection, batch.Fence, plan);
        try
        {
            await commands.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException failed) when (CommitPlan.Blames(failed, plan) is not null)
        {
            return false;
        }
    }

    /// <summary>In halves, in an open transaction, which the server ends if this process freezes in it.</summary>
    private async Task Carefully(NpgsqlConnection connection, CommitBatch batch, List<RefusedTurn> refused)
    {
        var map = await Map(connection, batch.Turns);
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var fence = new NpgsqlBatch(connection))
        {
            fence.BatchCommands.Add(FenceStep.Advance(batch.Fence));
            await fence.ExecuteNonQueryAsync();
        }

        refused.AddRange(await new CarefulPass(connection, archive, map, batch.Turns).Write());
        await transaction.CommitAsync();
    }

    private async Task<ArchiveMap> Map(NpgsqlConnection connection, IReadOnlyList<TurnRows> turns)
    {
        HashSet<TenantId> tenants = [];
        List<TenantState> fresh = [];
        foreach (var change in turns.SelectMany(turn => turn.Changes))
        {
            switch (change)
            {
                case MessageAdded added:
                    tenants.Add(added.Row.Tenant);
                    break;
                case StatusRaised raised:
                    tenants.Add(raised.Tenant);
                    break;
                case SendWithdrawn withdrawn:
                    tenants.Add(withdrawn.Tenant);
                    break;
                case TenantWritten { State.Version: 1 } written:
                    fresh.Add(written.State);
                    break;
            }
        }

        var map = await archive.ForWriting(connection, tenants);
        return fresh.Aggregate(map, (known, tenant) => known.With(tenant.Id, tenant.Configuration.Retention));
    }

    /// <summary>
    /// Asks the fence whether the batch is durable, until it answers. Whoever asks has waited: while nobody knows, this
    /// neither repeats the batch nor says anything about it.
    /// </summary>
    private async Task<CommitResult> Resolve(Fence fence, IReadOnlyList<RefusedTurn> refused)
    {
        await session.Drop();
        var began = clock.GetTimestamp();
        for (var wait = FirstWait; clock.GetElapsedTime(began) < AskFor; wait = Longer(wait))
        {
            try
            {
                await using var connection = await sources.Plain.OpenConnectionAsync();
                return await PostgresFence.Settle(connection, fence, CancellationToken.None) switch
                {
                    { LastBatch: var last } when last == fence.Batch => Durable(refused),
                    { Alive: true } => CommitResult.Unavailable,
                    _ => CommitResult.FenceLost,
                };
            }
            catch (Exception failed) when (PostgresFault.IsOutside(failed))
            {
                await Task.Delay(wait, clock);
            }
        }

        return CommitResult.FenceLost;
    }

    private static TimeSpan Longer(TimeSpan wait) => wait * 2 < LongestWait ? wait * 2 : LongestWait;
}
