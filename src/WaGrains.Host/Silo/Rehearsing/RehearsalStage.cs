using System.Collections.Concurrent;
using System.Threading.Channels;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Contacts;
using WaGrains.Engine.Intake;
using WaGrains.Engine.Owners;
using WaGrains.Host.Ids;

namespace WaGrains.Host.Silo.Rehearsing;

/// <summary>
/// An engine of its own, wired as the silo's, with nobody outside: its store is a <see cref="RehearsalStore"/>, Meta
/// accepts every call at once, and owners live on one scheduler, which runs one turn at a time as a grain's does.
/// </summary>
internal sealed class RehearsalStage : ILoneWorld, IAsyncDisposable
{
    private readonly ConcurrentDictionary<OwnerKey, OwnerSeat> _seats = [];
    private readonly TaskScheduler _turns = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
    private readonly Channel<SendToGraph> _sends = Channel.CreateUnbounded<SendToGraph>();
    private readonly Channel<OwnerMessage> _answered = Channel.CreateUnbounded<OwnerMessage>();
    private readonly LoneEngine _engine;

    public RehearsalStage(RehearsalStore store, IdSource ids, TimeProvider clock)
    {
        _engine = new LoneEngine(store, this, clock);
        var contacts = new ContactDirectory(store.Reads, _engine.Staging, ids.NewContact);
        Intake = new Intake(this, contacts, _engine.Staging);
    }

    /// <summary>Where webhooks come in.</summary>
    public Intake Intake { get; }

    /// <summary>The calls that Meta has accepted.</summary>
    public ChannelReader<SendToGraph> Sends => _sends.Reader;

    /// <summary>The messages that owners have answered.</summary>
    public ChannelReader<OwnerMessage> Answered => _answered.Reader;

    /// <summary>Begins to commit and to turn the wheel.</summary>
    public Task Begin(Fence fence) => _engine.Begin(fence);

    /// <inheritdoc/>
    /// <remarks>A failure ends the play: whoever waits for what comes next learns of it.</remarks>
    public async Task<Reply> Ask(OwnerKey owner, OwnerMessage message, CancellationToken cancel)
    {
        try
        {
            var call = new Call(_turns, _seats.GetOrAdd(owner, _engine.SeatOf), message);
            new Task(call.Begin).Start(_turns);
            var reply = await call.Task.WaitAsync(cancel);
            _answered.Writer.TryWrite(message);
            return reply;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _sends.Writer.TryComplete(failure);
            _answered.Writer.TryComplete(failure);
            throw new OwnerFailedException($"{owner.Kind} does not play", failure);
        }
    }

    /// <inheritdoc/>
    public void Start(SendToGraph send, long commitStartedAt)
    {
        var accepted = SendOutcome.Accepted($"wamid.{send.Message}", null);
        _engine.Hints.Carry(new Tell(send.Number, new SendCompleted(send.Message, send.Attempt, accepted)));
        _sends.Writer.TryWrite(send);
    }

    /// <inheritdoc/>
    public void Show(Seen seen)
    {
    }

    /// <inheritdoc/>
    public void Dropped(Tell hint)
    {
    }

    /// <inheritdoc/>
    public void SetAside(Tell hint, OwnerFailedException failed)
    {
    }

    /// <inheritdoc/>
    public void Committed(int turns, int withRows, CommitResult result, TimeSpan took)
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private sealed class Call(TaskScheduler turns, OwnerSeat seat, OwnerMessage message) : SeatCall(seat, message)
    {
        protected override void ComeBack(Action goOn) => new Task(goOn).Start(turns);
    }
}
