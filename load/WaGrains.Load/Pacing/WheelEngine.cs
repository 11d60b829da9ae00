using System.Globalization;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;
using WaGrains.Host.Silo;

namespace WaGrains.Load.Pacing;

/// <summary>
/// The engine's own wheel, its driver, hints, seats, staging and commit loop, with numbers alone and no Orleans: what
/// grains would keep apart, a lock keeps apart. Calls to Meta are taken at once; conversations hear what they are told
/// and do nothing; the store keeps nothing.
/// </summary>
internal sealed class WheelEngine : ILoneWorld, IAsyncDisposable
{
    private static readonly TenantId Tenant = TenantId.Parse("load");
    private static readonly Task<Reply> Heard = Task.FromResult<Reply>(Done.Reply);

    private readonly LoneEngine _engine;
    private readonly NumberSeat[] _seats;
    private long _troubles;

    private WheelEngine(IStore store, int numbers)
    {
        _engine = new LoneEngine(store, this, TimeProvider.System);
        _seats = [.. Enumerable.Range(0, numbers).Select(i => new NumberSeat(
            i, _engine.SeatOf(KeyOf(i))))];
    }

    /// <summary>Told of each call to Meta, at once, by the number's index.</summary>
    public Action<int> Started { get; set; } = static _ => { };

    /// <summary>Hints that did not arrive.</summary>
    public long Troubles => Interlocked.Read(ref _troubles);

    /// <summary>Starts it.</summary>
    public static async Task<WheelEngine> Start(IStore store, int numbers, CancellationToken stop)
    {
        var engine = new WheelEngine(store, numbers);
        var fence = await store.Open("wheel", stop);
        await engine._engine.Begin(fence);
        return engine;
    }

    /// <summary>Gives a number its rate and fills its queue; nothing leaves yet.</summary>
    public async Task Fill(int number, double perMinute)
    {
        var settings = new PhoneNumberSettings
        {
            PhoneNumberId = string.Create(CultureInfo.InvariantCulture, $"106500000{number:000000}"),
            Policy = SendingPolicy.Cloud,
            CeilingPerMinute = perMinute,
        };
        var now = TimeProvider.System.GetUtcNow();
        await Must(number, new ConfigureNumber(settings, null));
        await Must(number, new QualityChanged(QualityEvent.Pause, "load", now));
        await Must(number, _seats[number].Next(NumberSeat.Depth, now));
    }

    /// <summary>Lets a number send.</summary>
    public Task Release(int number) =>
        Must(number, new QualityChanged(QualityEvent.Resume, "load", TimeProvider.System.GetUtcNow()));

    /// <inheritdoc/>
    public Task<Reply> Ask(OwnerKey owner, OwnerMessage message, CancellationToken cancel)
    {
        if (owner.Kind != OwnerKind.PhoneNumber)
        {
            return Heard;
        }

        var seat = SeatOf(owner);
        var call = new Call(seat, message);
        lock (seat)
        {
            // The turn is decided before this returns; what is awaited is its commit.
            call.Begin();
        }

        return call.Task;
    }

    /// <inheritdoc/>
    public void Start(SendToGraph send, long commitStartedAt)
    {
        var seat = SeatOf(send.Number);
        Started(seat.Index);
        if (send.LateAt(TimeProvider.System.GetUtcNow()) is { } late)
        {
            _engine.Hints.Carry(new Tell(send.Number, late));
        }

        _engine.Hints.Carry(new Tell(
            send.Number, new SendCompleted(send.Message, send.Attempt, SendOutcome.Accepted("wamid.load", null))));
        if (seat.IsDueForMore())
        {
            _engine.Hints.Carry(new Tell(send.Number, seat.Next(NumberSeat.Refill, TimeProvider.System.GetUtcNow())));
        }
    }

    /// <inheritdoc/>
    public void Show(Seen seen)
    {
    }

    /// <inheritdoc/>
    public void Dropped(Tell hint) => Interlocked.Increment(ref _troubles);

    /// <inheritdoc/>
    public void SetAside(Tell hint, OwnerFailedException failed) => Interlocked.Increment(ref _troubles);

    /// <inheritdoc/>
    public void Committed(int turns, int withRows, CommitResult result, TimeSpan took)
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static OwnerKey KeyOf(int number) => OwnerKey.Of(Tenant, new PhoneNumberId((ulong)number + 1));

    private NumberSeat SeatOf(OwnerKey owner) => _seats[(int)owner.Number.Value - 1];

    private async Task Must(int number, OwnerMessage message)
    {
        if (await Ask(KeyOf(number), message, CancellationToken.None) is Refused refused)
        {
            throw new InvalidOperationException($"{message.GetType().Name} was refused: {refused.Refusal.Code}");
        }
    }

    /// <summary>A message under way, answered as grains answer theirs.</summary>
    private sealed class Call(NumberSeat seat, OwnerMessage message) : SeatCall(seat.Owner, message)
    {
        protected override void ComeBack(Action goOn)
        {
            lock (seat)
            {
                goOn();
            }
        }
    }

    /// <summary>A number with what its conversations would put into its queue.</summary>
    private sealed class NumberSeat(int index, OwnerSeat owner)
    {
        /// <summary>Messages in the queue: ten seconds of the fastest.</summary>
        public const int Depth = 20;

        /// <summary>After so many sends as many more are queued, so that none runs empty.</summary>
        public const int Refill = 5;

        /// <summary>In turn, so that no recipient meets the pair limit before the number meets its own.</summary>
        private const int Recipients = 30;

        private long _made;
        private long _sent;

        public int Index => index;

        public OwnerSeat Owner => owner;

        /// <summary>Called by the committing thread alone.</summary>
        public bool IsDueForMore() => ++_sent % Refill == 0;

        public EnqueueSends Next(int count, DateTimeOffset now) =>
            new([.. Enumerable.Range(0, count).Select(_ => Row(_made++, now))], []);

        private QueuedSend Row(long made, DateTimeOffset now)
        {
            var number = new PhoneNumberId((ulong)index + 1);
            var contact = (made % Recipients) + 1;
            var row = new QueueRow(
                Tenant, number, MessageId.New(now, ((UInt128)(ulong)index << 32) | (UInt128)made),
                new ConversationId(number, new ContactId((ulong)contact)), (made / Recipients) + 1, Lane.Campaign, now,
                now.AddDays(1), null, new Recipient("5511970000000", null), null, 0, QueuePhase.Queued, null, null);
            return new QueuedSend(row, new TextContent("Hello", false));
        }
    }
}
