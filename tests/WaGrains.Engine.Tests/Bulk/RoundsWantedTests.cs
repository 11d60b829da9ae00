using WaGrains.Domain.Ids;
using WaGrains.Engine.Bulk;

namespace WaGrains.Engine.Tests.Bulk;

/// <summary>A bulk send has one round at a time.</summary>
public sealed class RoundsWantedTests
{
    private static readonly OwnerKey First = Send(1);
    private static readonly OwnerKey Second = Send(2);

    private readonly RoundsWanted _wanted = new();

    [Fact]
    public async Task Sends_come_in_the_order_they_ask_each_once()
    {
        _wanted.Ask(First);
        _wanted.Ask(Second);
        _wanted.Ask(First);

        Assert.Equal([First, Second, null], await Taken(3));
    }

    [Fact]
    public async Task Send_that_asks_while_its_round_is_under_way_gets_the_next_one_after_it()
    {
        _wanted.Ask(First);
        Assert.Equal([First], await Taken(1));

        _wanted.Ask(First);
        _wanted.Ask(First);
        Assert.Equal([null], await Taken(1));

        _wanted.Done(First);
        Assert.Equal([First, null], await Taken(2));
    }

    [Fact]
    public async Task Send_whose_round_is_over_may_ask_again()
    {
        _wanted.Ask(First);
        Assert.Equal([First], await Taken(1));
        _wanted.Done(First);
        Assert.Equal([null], await Taken(1));

        _wanted.Ask(First);
        Assert.Equal([First], await Taken(1));
    }

    private static OwnerKey Send(ulong number) => OwnerKey.Of(Bench.Tenant, new BulkSendId(number));

    /// <summary>The next sends; null where none waits.</summary>
    private async Task<List<OwnerKey?>> Taken(int count)
    {
        var taken = new List<OwnerKey?>();
        for (var i = 0; i < count; i++)
        {
            using var leaves = new CancellationTokenSource();
            var next = _wanted.Next(leaves.Token);
            if (next.IsCompleted)
            {
                taken.Add(await next);
            }
            else
            {
                await leaves.CancelAsync();
                taken.Add(null);
            }
        }

        return taken;
    }
}
