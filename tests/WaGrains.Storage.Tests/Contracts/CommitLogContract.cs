using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;

namespace WaGrains.Storage.Tests.Contracts;

/// <summary>What a batch is: fenced, whole by turn, in order by owner.</summary>
public abstract class CommitLogContract(Func<Task<StoreUnderTest>> open) : StoreContract(open)
{
    [Fact]
    public async Task First_batch_of_a_generation_has_number_one()
    {
        Assert.Equal(1, Store.Next.Batch);
        await Store.Keep(Sample.Alert(1));
        Assert.Equal(2, Store.Next.Batch);
        await Store.Keep(Sample.Alert(2));
        Assert.Equal(2, await Count("alert"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Batch_that_does_not_follow_the_last_one_loses_the_fence(long batch)
    {
        await Store.Keep(Sample.Alert(1));
        var result = await Commit(Store.Next with { Batch = batch }, StoreUnderTest.Turn(1, Sample.Alert(2)));
        Assert.Equal(CommitVerdict.FenceLost, result.Verdict);
        Assert.Equal(1, await Count("alert"));
        await Store.Keep(Sample.Alert(3));
    }

    [Fact]
    public async Task Opening_again_closes_the_generation_before()
    {
        var old = Store.Next;
        var opened = await Store.Store.Open("silo", CancellationToken.None);
        Assert.True(opened.Generation > old.Generation);
        Assert.Equal(0, opened.Batch);
        var late = await Commit(old, StoreUnderTest.Turn(1, Sample.Alert(1)));
        Assert.Equal(CommitVerdict.FenceLost, late.Verdict);
        Assert.Equal(0, await Count("alert"));
        var next = await Commit(opened with { Batch = 1 }, StoreUnderTest.Turn(1, Sample.Alert(1)));
        Assert.Equal(CommitVerdict.Durable, next.Verdict);
    }

    [Theory]
    [InlineData("stranger", 0)]
    [InlineData("silo", 1)]
    public async Task Fence_that_was_never_handed_out_is_lost(string silo, long generations)
    {
        var fence = Store.Next with { Silo = silo, Generation = Store.Next.Generation + generations };
        var result = await Commit(fence, StoreUnderTest.Turn(1, Sample.Alert(1)));
        Assert.Equal(CommitVerdict.FenceLost, result.Verdict);
    }

    [Fact]
    public async Task Batch_of_which_every_turn_is_refused_still_advances_the_fence()
    {
        await Store.Keep(Sample.Inbound(1));
        var result = await Store.Commit(Sample.Inbound(1));
        Assert.Equal(CommitVerdict.Durable, result.Verdict);
        Assert.Equal([new RefusedTurn(0, RefusedBecause.Conflict, "message")], result.Refused);
        await Store.Keep(Sample.Inbound(2));
    }

    [Fact]
    public async Task Later_turns_of_a_refused_owner_are_left_out_and_others_go_on()
    {
        await Store.Keep(Sample.Inbound(1));
        var result = await Store.Commit(
            StoreUnderTest.Turn(1, Sample.Alert(1)),
            StoreUnderTest.Turn(1, Sample.Alert(2), Sample.Inbound(1), Sample.Alert(3)),
            StoreUnderTest.Turn(2, Sample.Alert(4)),
            StoreUnderTest.Turn(1, Sample.Alert(5)),
            StoreUnderTest.Turn(3, Sample.Agent(3)));
        Assert.Equal(
            [(1, RefusedBecause.Conflict), (3, RefusedBecause.Follows)],
            result.Refused.Select(refused => (refused.Index, refused.Because)));
        Assert.Equal(["alert 4", "alert 1"], await AlertTexts());
        Assert.NotNull(await Reads.Agent(Sample.Acme, new(3), CancellationToken.None));
    }

    [Fact]
    public async Task States_of_one_owner_in_one_batch_come_down_to_the_last()
    {
        var result = await Store.Commit(
            StoreUnderTest.Turn(1, Sample.Agent(1, 1, "one")),
            StoreUnderTest.Turn(1, Sample.Agent(1, 2, "two")),
            StoreUnderTest.Turn(2, Sample.Agent(2, 1, "other")),
            StoreUnderTest.Turn(1, Sample.Agent(1, 3, "three")));
        Assert.Empty(result.Refused);
        Assert.Equal(("three", 3), await AgentRow(1));
        await Store.Keep(Sample.Agent(1, 4, "four"));
        Assert.Equal(("four", 4), await AgentRow(1));
    }

    [Fact]
    public async Task Refusal_in_the_middle_of_a_chain_leaves_the_states_before_it()
    {
        await Store.Keep(Sample.Inbound(1));
        var result = await Store.Commit(
            StoreUnderTest.Turn(1, Sample.Agent(1, 1, "one")),
            StoreUnderTest.Turn(1, Sample.Agent(1, 2, "two")),
            StoreUnderTest.Turn(1, Sample.Agent(1, 3, "three"), Sample.Inbound(1)),
            StoreUnderTest.Turn(1, Sample.Agent(1, 4, "four")));
        Assert.Equal([2, 3], result.Refused.Select(refused => refused.Index));
        Assert.Equal(("two", 2), await AgentRow(1));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(2, 4)]
    [InlineData(0, 2)]
    public async Task State_that_does_not_follow_the_stored_version_is_refused(int stored, int written)
    {
        for (var version = 1; version <= stored; version++)
        {
            await Store.Keep(Sample.Agent(1, version, "stored"));
        }

        var result = await Store.Commit(Sample.Agent(1, written, "late"), Sample.Alert(1));
        Assert.Equal([new RefusedTurn(0, RefusedBecause.Version, "agent")], result.Refused);
        Assert.Equal(0, await Count("alert"));
        Assert.Equal(stored == 0 ? null : ("stored", stored), await AgentRow(1));
    }

    [Fact]
    public async Task Broken_chain_inside_a_batch_is_refused_where_it_breaks()
    {
        var result = await Store.Commit(
            StoreUnderTest.Turn(1, Sample.Agent(1, 1, "one")),
            StoreUnderTest.Turn(1, Sample.Agent(1, 3, "three")));
        Assert.Equal([new RefusedTurn(1, RefusedBecause.Version, "agent")], result.Refused);
        Assert.Equal(("one", 1), await AgentRow(1));
    }

    [Fact]
    public async Task Poison_costs_its_own_turn_only()
    {
        var result = await Store.Commit(
            StoreUnderTest.Turn(1, With(Sample.Inbound(1).Row with { Text = "a\0b" })),
            StoreUnderTest.Turn(2, Raw(2, new byte[(16 << 20) + 1])),
            StoreUnderTest.Turn(3, Sample.Inbound(3)));
        Assert.Equal(
            [
                new RefusedTurn(0, RefusedBecause.Poison, "message"),
                new RefusedTurn(1, RefusedBecause.Poison, "message"),
            ],
            result.Refused);
        Assert.Equal(1, await Count("message"));
    }

    [Fact]
    public async Task Value_without_a_stored_form_is_poison()
    {
        var state = Sample.NumberRow().State;
        var odd = state with { Settings = state.Settings with { CeilingPerMinute = double.NaN } };
        var result = await Store.Commit(
            StoreUnderTest.Turn(1, new PhoneNumberWritten(odd)),
            StoreUnderTest.Turn(2, Sample.Alert(1)));
        Assert.Equal([new RefusedTurn(0, RefusedBecause.Poison, "phone_number")], result.Refused);
        Assert.Equal(1, await Count("alert"));
    }

    [Fact]
    public async Task What_was_written_is_not_what_is_read()
    {
        var bytes = "{}"u8.ToArray();
        await Store.Keep(Raw(1, bytes));
        bytes[0] = (byte)'x';
        var read = await Reads.Message(Sample.Acme, Sample.Id(1), CancellationToken.None);
        Assert.Equal("{}"u8.ToArray(), read!.Row.Payload.Raw.ToArray());
    }

    private static MessageAdded With(MessageRow row) => new(row);

    private static MessageAdded Raw(int n, byte[] bytes) =>
        With(Sample.Inbound(n).Row with { Payload = new MessagePayload(bytes, null) });

    private async Task<CommitResult> Commit(Fence fence, params TurnRows[] turns) =>
        await Store.Store.Commit(new CommitBatch(fence, turns), CancellationToken.None);

    private async Task<long> Count(string table) => (await Reads.Counts(CancellationToken.None))[table];

    private async Task<IEnumerable<string>> AlertTexts() =>
        (await Reads.Alerts(Sample.Acme, null, 200, CancellationToken.None)).Select(alert => alert.Detail);

    private async Task<(string Name, long Version)?> AgentRow(ulong id) =>
        await Reads.Agent(Sample.Acme, new(id), CancellationToken.None) is { State: var state }
            ? (state.Name, state.Version)
            : null;
}
