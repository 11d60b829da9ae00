using WaGrains.Domain.Agents;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;

namespace WaGrains.Storage.Tests.Postgres;

/// <summary>
/// Batches of changes drawn by a seed over a handful of keys, so that most of them get in each other's way: gathered
/// into few statements they must come to what they come to one after the other.
/// </summary>
[Collection(QuietServer.Name)]
public sealed class PostgresAgreesWithMemory
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Batches_come_to_what_their_turns_would_one_by_one(int seed)
    {
        await using var memory = await StoreUnderTest.Memory();
        await using var postgres = await StoreUnderTest.Postgres();
        var draw = new Drawn(new Random(seed));
        for (var batch = 1; batch <= 25; batch++)
        {
            var turns = draw.Turns(24);
            var expected = await memory.Commit(turns);
            var found = await postgres.Commit(turns);
            var where = $"seed {seed} batch {batch}";
            Assert.Equal((where, expected.Verdict), (where, found.Verdict));
            Assert.Equal((where, Said(expected)), (where, Said(found)));
            draw.Settle(turns, expected);
            Assert.Equal((where, await Dump(memory.Reads)), (where, await Dump(postgres.Reads)));
        }
    }

    /// <summary>Which turns are refused; of several reasons a store may name any.</summary>
    private static string Said(CommitResult result) => string.Join(
        ' ',
        result.Refused.Select(turn => turn.Because == RefusedBecause.Follows ? $"({turn.Index})" : $"{turn.Index}"));

    private static async Task<string> Dump(IReads reads)
    {
        var none = CancellationToken.None;
        List<string> lines = [];
        lines.AddRange((await reads.Counts(none))
            .Where(count => count.Key != "feed")
            .Select(count => $"{count.Key} {count.Value}"));
        FeedPosition? after = null;
        for (var more = true; more;)
        {
            var page = await reads.Feed(Sample.Acme, after, 7, none) ?? throw new InvalidOperationException("no place");
            lines.AddRange(page.Events.Select(told => told.Event.ToString()));
            (after, more) = (page.Next, page.HasMore);
        }

        var filter = new MessageFilter(Sample.Acme, [], null, null, null, null, 200);
        foreach (var message in await reads.Messages(filter, none))
        {
            var attempts = await reads.Attempts(Sample.Acme, message.Row.Id, none);
            var row = message.Row with { Payload = default };
            lines.Add(
                $"{row} {message.StatusAt} {message.SentAt} {message.DeliveredAt} {message.Error} {message.Pricing} "
                + string.Join(';', attempts));
        }

        var number = await reads.Number(Sample.Acme, Sample.Number, Sample.At(-1), none);
        lines.AddRange(number?.Queue.Select(send => send.ToString()) ?? []);
        lines.AddRange((await reads.Timers(Sample.At(9999), 99, none)).Select(timer => timer.ToString()));
        lines.AddRange((await reads.OpenMerges(99, none)).Select(merge => $"{merge.From} {merge.Into}"));
        lines.AddRange((await reads.Alerts(Sample.Acme, null, 99, none)).Select(alert => alert.ToString()));
        lines.AddRange((await reads.Agents(Sample.Acme, none)).Select(agent =>
            $"{agent.State.Id} {agent.State.Version} {agent.State.Name} {string.Join(';', agent.Offers)}"));
        lines.AddRange((await reads.ApiKeys(Sample.Acme, none)).Select(key => key.ToString()));
        var identities = Enumerable.Range(0, 4).Select(Drawn.Identity).ToArray();
        lines.AddRange((await reads.Identities(Sample.Acme, identities, none)).Select(known => known.ToString()));
        var known = await reads.Idempotency(Sample.Acme, "k0", Sample.At(-1), none);
        lines.Add($"{known?.At} {known?.BodyHash}");
        return string.Join('\n', lines);
    }

    /// <summary>Draws turns; remembers the owners' versions so that most of them follow.</summary>
    private sealed class Drawn(Random random)
    {
        private readonly Dictionary<ulong, long> _versions = [];

        public static Identity Identity(int n) => new(IdentityKind.Phone, $"55119{n}");

        public TurnRows[] Turns(int count)
        {
            var staged = new Dictionary<ulong, long>(_versions);
            return [.. Enumerable.Range(0, 1 + random.Next(count)).Select(_ => Turn(staged))];
        }

        public void Settle(TurnRows[] turns, CommitResult result)
        {
            var refused = result.Refused.Select(turn => turn.Index).ToHashSet();
            var written = turns.Where((_, i) => !refused.Contains(i)).SelectMany(turn => turn.Changes)
                .OfType<AgentWritten>();
            foreach (var agent in written)
            {
                _versions[agent.State.Id.Value] = agent.State.Version;
            }
        }

        private TurnRows Turn(Dictionary<ulong, long> staged)
        {
            var owner = (ulong)random.Next(1, 5);
            List<Change> changes = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Change())];
            if (random.Next(3) == 0)
            {
                var version = staged.GetValueOrDefault(owner) + (random.Next(12) == 0 ? 2 : 1);
                staged[owner] = version;
                changes.Add(Sample.Agent(owner, version, $"name {random.Next(99)}"));
            }

            return StoreUnderTest.Turn(owner, [.. changes]);
        }

        private Change Change() => random.Next(5) switch
        {
            0 => OfMessage(random.Next(6)),
            1 => OfQueue(random.Next(6)),
            2 => OfContact((ulong)random.Next(1, 4), (ulong)random.Next(1, 4)),
            3 => OfTimer(),
            _ => Small(),
        };

        private Change OfMessage(int n) => random.Next(6) switch
        {
            0 => Sample.Inbound(n),
            1 or 2 => Sample.Outbound(n),
            3 => new SendWithdrawn(Sample.Acme, Sample.Number, Sample.Id(n), At(), Sample.With(100)),
            _ => new StatusRaised(
                Sample.Acme,
                Sample.Id(n),
                (MessageStatus)random.Next(11),
                At(),
                random.Next(2) == 0 ? null : $"wamid {random.Next(9)}",
                random.Next(2) == 0 ? null : new SendError(random.Next(9), "t", "d"),
                random.Next(2) == 0 ? null : $"p {random.Next(9)}",
                Sample.With(100)),
        };

        private Change OfQueue(int n) => random.Next(6) switch
        {
            0 or 1 => new QueueRowAdded(Sample.Row(n)),
            2 => new AttemptStarted(Sample.Acme, Sample.Number, Sample.Id(n), random.Next(1, 3), At()),
            3 => new AttemptEnded(Sample.Acme, Sample.Id(n), random.Next(1, 3), $"o {random.Next(9)}", 1, null, At()),
            4 => new QueueRowReturned(Sample.Acme, Sample.Number, Sample.Id(n), random.Next(1, 3), At()),
            _ => new QueueRowRemoved(Sample.Acme, Sample.Number, Sample.Id(n)),
        };

        private Change OfContact(ulong a, ulong b) => random.Next(6) switch
        {
            0 => new ContactAdded(Sample.Acme, new(a), $"n {random.Next(9)}", null, At()),
            1 => new IdentityAdded(Sample.Acme, Identity(random.Next(4)), new(a)),
            2 => new IdentityMoved(Sample.Acme, Identity(random.Next(4)), new(a), new(b)),
            3 => new IdentityReleased(Sample.Acme, Identity(random.Next(4)), new(a)),
            4 => new ContactMerged(Sample.Acme, new(a), new(b), At()),
            _ => new ContactMergeDone(Sample.Acme, new(a)),
        };

        private Change OfTimer()
        {
            var owner = OwnerKey.Of(Sample.Acme, Sample.With((ulong)random.Next(3)));
            return random.Next(3) == 0 ? new TimerCleared(owner, "idle") : new TimerSet(owner, "idle", At());
        }

        private Change Small()
        {
            var agent = new AgentId((ulong)random.Next(1, 3));
            var conversation = Sample.With((ulong)random.Next(2));
            return random.Next(7) switch
            {
                0 => new OfferOpened(Sample.Acme, conversation, random.Next(4), agent, At()),
                1 => new OfferClosed(Sample.Acme, conversation, random.Next(4), agent),
                2 => Sample.Alert(random.Next(6)) with { Detail = $"d {random.Next(99)}" },
                3 => Sample.Idempotent($"k{random.Next(3)}", random.Next(2) * 9 * 86400),
                5 => Sample.Pace(random.Next(1, 9)) with { Cause = $"c {random.Next(9)}" },
                4 => new ApiKeyAdded(Sample.Acme, $"h{random.Next(3)}", $"n {random.Next(9)}", Role.Owner, null, At()),
                _ => new ApiKeyRevoked(Sample.Acme, $"h{random.Next(3)}"),
            };
        }

        private DateTimeOffset At() => Sample.At(random.Next(100));
    }
}
