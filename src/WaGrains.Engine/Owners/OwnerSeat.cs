using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Turns;

namespace WaGrains.Engine.Owners;

/// <summary>
/// The place where one owner lives: loads it, gives it messages, and when it has to be given up loads it again and
/// gives the message to its successor. Runs on one logical thread (a grain's); several messages may be under way, each
/// waiting for its commit.
/// </summary>
public sealed class OwnerSeat(OwnerKey key, OwnerLoader loader, Staging staging, TimeProvider clock)
{
    /// <summary>Tries of one message on successive activations before its caller is told to come back.</summary>
    private const int TriesMax = 4;

    private Owner? _owner;
    private Task<Owner>? _loading;

    /// <summary>Whose it is.</summary>
    public OwnerKey Owner => key;

    /// <summary>Brings the owner to life before the first message.</summary>
    public async Task Warm(CancellationToken cancel) => await Present(cancel);

    /// <summary>Gives the owner a message; see <see cref="IOwners.Ask"/>.</summary>
    public Task<Reply> Ask(OwnerMessage message, CancellationToken cancel) => Ask(message, null, cancel);

    /// <summary>
    /// Gives a message to an owner who is in memory and has nothing to look up for it, as nearly always; see
    /// <see cref="Owner.Tell"/>. What does not commit is given to
    /// <see cref="Ask(OwnerMessage, TurnOutcome?, CancellationToken)"/>.
    /// </summary>
    /// <returns>False where something must be read before; <paramref name="caller"/> is told nothing then.</returns>
    public bool TryTell(OwnerMessage message, ITurnCaller caller)
    {
        if (_owner is not { IsDropped: false } owner || owner.MustLookUp(message).Count > 0)
        {
            return false;
        }

        owner.Tell(message, clock.GetUtcNow(), caller);
        return true;
    }

    /// <summary>Gives the owner a message again.</summary>
    /// <param name="message">The message.</param>
    /// <param name="first">What a first try has come to; null where there was none.</param>
    /// <param name="cancel">The caller has stopped waiting.</param>
    public async Task<Reply> Ask(OwnerMessage message, TurnOutcome? first, CancellationToken cancel)
    {
        var failures = 0;
        var memoryDoubted = false;
        for (var attempt = 0; attempt < TriesMax; attempt++)
        {
            var outcome = attempt == 0 && first is { } known ? known : await Try(message, memoryDoubted, cancel);
            switch (outcome.Fate)
            {
                case TurnFate.Committed:
                    return outcome.Reply!;
                case TurnFate.Busy:
                    throw new OwnerUnavailableException("too many turns are waiting for their commit");
                case TurnFate.Failed when ++failures >= Limits.InputFailuresMax:
                    throw new OwnerFailedException(
                        $"{key.Kind} could not take {message.GetType().Name}", outcome.Error);
                case TurnFate.Void when outcome.Because == RefusedBecause.Poison
                    && ++failures >= Limits.InputFailuresMax:
                    // No store will ever take these rows: to come back with them would hold up what came beside them
                    // for ever.
                    throw new OwnerFailedException(
                        $"{key.Kind} could not store what {message.GetType().Name} asks for");
                default:
                    memoryDoubted |= outcome.Because == RefusedBecause.Conflict;
                    break;
            }
        }

        throw new OwnerUnavailableException("the commit failed each time");
    }

    private async Task<TurnOutcome> Try(OwnerMessage message, bool memoryDoubted, CancellationToken cancel)
    {
        var owner = await Present(cancel);
        var complete = await loader.Complete(owner, message, memoryDoubted, cancel);
        var settled = new AwaitedTurn(staging.Continuations);
        owner.Tell(complete, clock.GetUtcNow(), settled);
        return await settled.Task;
    }

    /// <summary>The owner, loaded once however many messages wait for it.</summary>
    private ValueTask<Owner> Present(CancellationToken cancel) =>
        _owner is { IsDropped: false } present ? new(present) : new(Load(cancel));

    private async Task<Owner> Load(CancellationToken cancel)
    {
        while (true)
        {
            if (_owner is { IsDropped: false } present)
            {
                return present;
            }

            var loading = _loading ??= loader.Load(key, CancellationToken.None).AsTask();
            try
            {
                var loaded = await loading.WaitAsync(cancel);
                if (_loading == loading)
                {
                    _owner = loaded;
                    _loading = null;
                }
            }
            catch (Exception) when (loading.IsFaulted)
            {
                _loading = _loading == loading ? null : _loading;
                throw;
            }
        }
    }
}
