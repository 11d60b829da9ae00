using System.Security.Cryptography;
using WaGrains.CloudApi.Sending;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Intake;
using WaGrains.Host.Numbers;
using WaGrains.Host.Telemetry;

namespace WaGrains.Host.Sending;

/// <summary>
/// Makes the calls to Meta that committed attempts ask for, so many at once, and brings each outcome back to its
/// number. A call that cannot start within a second of its commit does not start (MUST S2): the sender looks at the
/// clock when the body begins to leave.
/// </summary>
internal sealed class GraphCalls(
    GraphSender sender,
    NumberDirectory numbers,
    TokenVault vault,
    IHintCarrier hints,
    EngineWatch watch) : IGraphCalls, IDisposable
{
    /// <summary>What a judge at the socket does not see (design 7), less a margin.</summary>
    private static readonly TimeSpan CatchesUp = TimeSpan.FromMilliseconds(40);

    private readonly TimeProvider _clock = watch.Clock;
    private readonly Departures _departures = new(CatchesUp);
    private readonly SemaphoreSlim _inFlight = new(Limits.GraphCallsMax);

    public void Start(SendToGraph send, long commitStartedAt) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static call => call.Self.Run(call.Send, call.FencedAt), (Self: this, Send: send, FencedAt: commitStartedAt),
            preferLocal: false);

    public void Dispose() => _inFlight.Dispose();

    /// <summary>Owns the call from here: every end of it is an outcome.</summary>
    private async void Run(SendToGraph send, long fencedAt)
    {
        var outcome = await Call(send, fencedAt);
        watch.Sent(outcome);
        hints.Carry(new Tell(send.Number, new SendCompleted(send.Message, send.Attempt, outcome)));
    }

    /// <summary>A call that leaves late moves the number's next slot: the spacing counts where Meta counts, at the
    /// socket.</summary>
    private void Leaving(SendToGraph send)
    {
        if (send.LateAt(_clock.GetUtcNow()) is { } late)
        {
            hints.Carry(new Tell(send.Number, late));
        }
    }

    /// <summary>Calls that were held up on their way, by a first connection or a collection, do not leave
    /// together.</summary>
    private Task Turn(OwnerKey number, double perMinute, CancellationToken cancel)
    {
        var now = _clock.GetUtcNow();
        return Until(_departures.Next(number, perMinute, now, now), cancel);
    }

    private Task Until(DateTimeOffset at, CancellationToken cancel) =>
        at - _clock.GetUtcNow() is { Ticks: > 0 } wait ? Task.Delay(wait, _clock, cancel) : Task.CompletedTask;

    private async Task<SendOutcome> Call(SendToGraph send, long fencedAt)
    {
        if (send.NotBefore is { } slot)
        {
            await Until(slot, CancellationToken.None);
        }

        await _inFlight.WaitAsync();
        try
        {
            return await Prepare(send, fencedAt) is { } request
                ? await sender.Send(request, CancellationToken.None)
                : SendOutcome.NotSent("number_unknown");
        }
        catch (Exception failure) when (
            failure is CryptographicException or FormatException or StoreUnavailableException)
        {
            // Before anything could leave: the token or the number cannot be read now.
            return SendOutcome.NotSent("number_unreadable");
        }
        finally
        {
            _inFlight.Release();
        }
    }

    private async Task<GraphSendRequest?> Prepare(SendToGraph send, long fencedAt)
    {
        if (await numbers.Find(send.PhoneNumberId, CancellationToken.None) is not { } number)
        {
            return null;
        }

        var callback = new CallbackData(send.Number.Tenant, send.Conversation, send.Message, send.Attempt);
        return new GraphSendRequest(
            send.PhoneNumberId,
            vault.Open(number.Settings.SealedToken),
            send.To,
            send.Content,
            send.ContextWamid,
            callback.ToString(),
            fencedAt)
        {
            Turn = send.PerMinute is { } perMinute ? cancel => Turn(send.Number, perMinute, cancel) : null,
            Leaving = () => Leaving(send),
        };
    }
}
