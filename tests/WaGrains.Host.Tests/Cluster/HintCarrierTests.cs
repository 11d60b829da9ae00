using System.Threading.Channels;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine;
using WaGrains.Engine.Owners;
using WaGrains.Grains.Hints;

namespace WaGrains.Host.Tests.Cluster;

/// <summary>Hints whose receiver is away for longer than they are repeated.</summary>
public sealed class HintCarrierTests : IOwners, IHintWatch
{
    private static readonly OwnerKey Receiver = OwnerKey.Of(TenantId.Parse("anna"));

    private readonly Channel<OwnerMessage> _tries = Channel.CreateUnbounded<OwnerMessage>();
    private readonly List<Tell> _dropped = [];
    private int _away;

    [Fact]
    public async Task Hint_given_up_becomes_a_word_to_look_at_the_rows_and_is_repeated_until_that_is_heard()
    {
        _away = Limits.HintTriesMax + 5;
        await using var carrier = new HintCarrier(() => this, new NoWaiting(), this);

        carrier.Carry(new Tell(Receiver, new ReopenConversation(null)));

        for (var i = 0; i < Limits.HintTriesMax; i++)
        {
            Assert.IsType<ReopenConversation>(await _tries.Reader.ReadAsync());
        }

        for (var i = 0; i <= 5; i++)
        {
            Assert.IsType<Wake>(await _tries.Reader.ReadAsync());
        }

        Assert.IsType<ReopenConversation>(Assert.Single(_dropped).Message);
    }

    [Fact]
    public async Task Of_hints_that_come_while_it_ends_each_is_heard_or_dropped()
    {
        for (var round = 0; round < 100; round++)
        {
            var counted = new Counted();
            var carrier = new HintCarrier(() => counted, TimeProvider.System, counted);

            for (var i = 0; i < 100; i++)
            {
                carrier.Carry(new Tell(Receiver, Wake.Message));
            }

            await carrier.DisposeAsync();
            carrier.Carry(new Tell(Receiver, Wake.Message));

            Assert.Equal((101, 0), (counted.Number, carrier.UnderWay));
        }
    }

    Task<Reply> IOwners.Ask(OwnerKey owner, OwnerMessage message, CancellationToken cancel)
    {
        Assert.Equal(Receiver, owner);
        Assert.True(_tries.Writer.TryWrite(message));
        return _away-- > 0
            ? Task.FromException<Reply>(new OwnerUnavailableException("away"))
            : Task.FromResult<Reply>(Done.Reply);
    }

    void IHintWatch.Dropped(Tell hint) => _dropped.Add(hint);

    void IHintWatch.SetAside(Tell hint, OwnerFailedException failed) => Assert.Fail("nobody failed");

    /// <summary>Counts what is heard and what is dropped, from any thread.</summary>
    private sealed class Counted : IOwners, IHintWatch
    {
        private int _number;

        public int Number => Volatile.Read(ref _number);

        public Task<Reply> Ask(OwnerKey owner, OwnerMessage message, CancellationToken cancel)
        {
            Interlocked.Increment(ref _number);
            return Task.FromResult<Reply>(Done.Reply);
        }

        public void Dropped(Tell hint) => Interlocked.Increment(ref _number);

        public void SetAside(Tell hint, OwnerFailedException failed) => Assert.Fail("nobody failed");
    }

    /// <summary>A clock by which every wait is over at once.</summary>
    private sealed class NoWaiting : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
