using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Contacts;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Timers;
using WaGrains.Engine.Turns;
using WaGrains.Storage.Memory;

namespace WaGrains.Engine.Tests;

/// <summary>A time that stands until it is moved.</summary>
internal sealed class StandingClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)
        .AddTicks(1_234_567);

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
}

/// <summary>One silo's engine on a store in memory, stepped by hand: nothing is durable before
/// <see cref="Commit"/>.</summary>
internal sealed class Bench : IEffectSink, IOwners
{
    public static readonly TenantId Tenant = TenantId.Parse("demo");
    public static readonly PhoneNumberId Number = new(101);
    public static readonly ConversationId Talk = new(Number, new ContactId(500));
    public static readonly TeamId Team = new(301);
    public static readonly AgentId Ana = new(401);

    private readonly Dictionary<OwnerKey, OwnerSeat> _seats = [];
    private ulong _ids = 1_000;
    private Fence _fence;

    public Bench(MemoryStore? store = null)
    {
        Store = store ?? new MemoryStore();
        Staging = new Staging(this, Clock) { Continuations = TaskCreationOptions.None };
        _fence = Store.Open("a", default).Result(nameof(Store.Open));
        Loader = new OwnerLoader(Store.Reads, Staging, View, Clock);
        Contacts = new ContactDirectory(Store.Reads, Staging, () => new ContactId(_ids++));
        Intake = new Engine.Intake.Intake(this, Contacts, Staging);
    }

    public StandingClock Clock { get; } = new();

    public MemoryStore Store { get; }

    public Staging Staging { get; }

    public SiloView View { get; } = new();

    public OwnerLoader Loader { get; }

    public ContactDirectory Contacts { get; }

    public Engine.Intake.Intake Intake { get; }

    public TimerWheel Wheel { get; } = new();

    /// <summary>Effects that have left, in order.</summary>
    public List<Effect> Released { get; } = [];

    /// <summary>What the next commit answers instead of the store.</summary>
    public CommitResult? NextResult { get; set; }

    public IReadOnlyList<TMessage> Hints<TMessage>()
        where TMessage : OwnerMessage => [.. Released.OfType<Tell>().Select(tell => tell.Message).OfType<TMessage>()];

    public void Release(OwnerKey from, Effect effect, long commitStartedAt)
    {
        Released.Add(effect);
        switch (effect)
        {
            case ConfigurationChanged changed:
                View.Put(changed.State);
                break;
            case DepthChanged depth:
                View.Put(depth);
                break;
            case RowsClaimed claimed:
                View.Put(claimed);
                break;
        }
    }

    public OwnerSeat Seat(OwnerKey owner)
    {
        if (!_seats.TryGetValue(owner, out var seat))
        {
            _seats[owner] = seat = new OwnerSeat(owner, Loader, Staging, Clock);
        }

        return seat;
    }

    /// <summary>The next message finds the owner loaded anew.</summary>
    public void Forget(OwnerKey owner) => _seats.Remove(owner);

    public Func<OwnerKey, OwnerMessage, Exception?> Breaks { get; set; } = static (_, _) => null;

    public Task<Reply> Ask(OwnerKey owner, OwnerMessage message, CancellationToken cancel) =>
        Breaks(owner, message) is { } broken ? Task.FromException<Reply>(broken) : Seat(owner).Ask(message, cancel);

    /// <summary>Commits what is staged and settles it; false if nothing is.</summary>
    public bool Commit()
    {
        var taken = Staging.Take();
        if (taken.Count == 0)
        {
            return false;
        }

        var (rows, positions) = Staging.Rows(taken);
        var result = NextResult ?? CommitResult.Durable;
        if (NextResult is null && rows.Count > 0)
        {
            _fence = _fence with { Batch = _fence.Batch + 1 };
            result = Store.Commit(new CommitBatch(_fence, rows), default).Result(nameof(Store.Commit));
        }

        NextResult = null;
        Staging.Settle(taken, positions, result, Clock.GetTimestamp());
        if (result.Verdict == CommitVerdict.FenceLost)
        {
            Staging.Close();
        }

        return true;
    }

    /// <summary>Commits until the task is done: everything here completes in place.</summary>
    public T Finish<T>(Task<T> task)
    {
        for (var rounds = 0; rounds < 50 && Commit(); rounds++)
        {
        }

        return task.Done();
    }

    public void Finish(Task task)
    {
        for (var rounds = 0; rounds < 50 && Commit(); rounds++)
        {
        }

        task.Done();
    }

    public Reply Tell(OwnerKey owner, OwnerMessage message) => Finish(Ask(owner, message, default));

    public void Tell(Tell hint) => Tell(hint.To, hint.Message);

    public static OwnerKey Conversation => OwnerKey.Of(Tenant, Talk);

    public static SendMessage Send(int id) => new(
        MessageId.New(DateTimeOffset.UnixEpoch.AddYears(50), (UInt128)id),
        new TemplateContent("hello", "en", TemplateCategory.Utility, [], [], []),
        Lane.Utility,
        null,
        null,
        null,
        new Recipient("5511999990000", null),
        null);

    public InboundMessage Inbound(string wamid, string text) =>
        new(wamid, Clock.Now.AddSeconds(-1), InboundKind.Text, text, null, null, null, "{}"u8.ToArray());
}
