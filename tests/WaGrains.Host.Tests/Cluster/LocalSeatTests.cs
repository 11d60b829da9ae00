using System.Reflection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Grains;
using WaGrains.Grains.Moving;
using WaGrains.Host.Silo;
using WaGrains.Storage.Memory;

namespace WaGrains.Host.Tests.Cluster;

/// <summary>Calls to owners that live on this silo, which go by no message and, nearly always, no task of
/// their own.</summary>
public sealed class LocalSeatTests
{
    private static readonly TenantId Tenant = TenantId.Parse("acme");
    private static readonly ConversationId Survivor = new(new PhoneNumberId(1), new ContactId(1));
    private static readonly ConversationId Alias = new(new PhoneNumberId(1), new ContactId(2));

    [Fact]
    public async Task Who_has_moved_is_asked_where_it_is_now()
    {
        await using var silo = await Silo.Start();

        // The first call must read both, the second finds them in memory: it is answered without a second try.
        for (var call = 1; call <= 2; call++)
        {
            var refused = Assert.IsType<Refused>(await silo.Ask(Alias, new CloseConversation(null, null)));
            Assert.Equal(Refusals.Closed, refused.Refusal);
        }
    }

    [Fact]
    public async Task Message_that_its_owner_cannot_take_fails_as_such()
    {
        await using var silo = await Silo.Start();
        await Assert.ThrowsAsync<OwnerFailedException>(() => silo.Ask(Survivor, new Nonsense()));
    }

    private static TurnRows Row(ConversationState state) => new(state.Owner, [new ConversationWritten(state)]);

    private sealed record Nonsense : OwnerMessage;

    private sealed class Silo : IAsyncDisposable
    {
        private readonly LocalGrains _here = new();
        private readonly MemoryStore _store = new();
        private readonly OrleansOwners _owners;
        private readonly LoneEngine _engine;

        private Silo()
        {
            var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
            _owners = new OrleansOwners(null!, _here, clock);
            _engine = new LoneEngine(_store, new Nobody(), clock);
        }

        public static async Task<Silo> Start()
        {
            var silo = new Silo();
            await silo.Begin();
            return silo;
        }

        public Task<Reply> Ask(ConversationId id, OwnerMessage message) =>
            _owners.Ask(OwnerKey.Of(Tenant, id), message, CancellationToken.None);

        public async ValueTask DisposeAsync()
        {
            await _engine.DisposeAsync();
            await _store.DisposeAsync();
        }

        private async Task Begin()
        {
            var fence = await _store.Open("here", CancellationToken.None);
            fence = fence with { Batch = fence.Batch + 1 };
            var survivor = ConversationState.Fresh(Tenant, Survivor) with
            {
                Version = 1, Phase = ConversationPhase.Closed, Aliases = [Alias],
            };
            var alias = ConversationState.Fresh(Tenant, Alias) with
            {
                Version = 1, Phase = ConversationPhase.Alias, AliasOf = Survivor,
            };
            await _store.Commit(new CommitBatch(fence, [Row(survivor), Row(alias)]), CancellationToken.None);
            foreach (var owner in new[] { survivor.Owner, alias.Owner })
            {
                _here.Add(owner, new LocalSeat(Living.New(), _engine.SeatOf(owner)));
            }

            await _engine.Begin(fence);
        }
    }

    /// <summary>An activation with a scheduler.</summary>
    public class Living : DispatchProxy
    {
        public static IGrainContext New() => Create<IGrainContext, Living>();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod?.Name == "get_Scheduler" ? new OnThePool() : throw new NotSupportedException();
    }

    private sealed class OnThePool : IWorkItemScheduler
    {
        public void QueueAction(Action action) => QueueTask(new Task(action));

        public void QueueAction(Action<object> action, object state) => QueueTask(new Task(() => action(state)));

        public void QueueTask(Task task) => task.Start(TaskScheduler.Default);
    }

    private sealed class Nobody : ILoneWorld
    {
        public Task<Reply> Ask(OwnerKey owner, OwnerMessage message, CancellationToken cancel) =>
            throw new NotSupportedException();

        public void Start(SendToGraph send, long commitStartedAt)
        {
        }

        public void Show(Seen seen)
        {
        }

        public void Dropped(Tell hint)
        {
        }

        public void SetAside(Tell hint, OwnerFailedException failed)
        {
        }

        public void Committed(int turns, int withRows, CommitResult result, TimeSpan took)
        {
        }
    }
}
