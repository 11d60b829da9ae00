using System.Collections.Concurrent;
using System.Diagnostics;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Load.Arrivals;
using WaGrains.Load.Measures;
using WaGrains.Load.Options;
using WaGrains.Load.Report;

namespace WaGrains.Load.InProcess;

/// <summary>
/// How long a customer waits for somebody: open loop at one rate, full exchanges, a real store; each time counts from
/// the instant the message was meant to come to the commit that makes the outcome durable.
/// </summary>
internal static class Waits
{
    private const double AssignedMsMax = 100;
    private const double QueuedMsMax = 50;
    private const string Assigned = "conversation_assigned";
    private const string Queued = "message_queued";

    /// <summary>Every message is a new customer's; the bar is on the agent's taking of it.</summary>
    /// <returns>Whether the bar is met.</returns>
    public static Task<bool> Assignment(LoadOptions options, CancellationToken stop) =>
        Execute(options, "assignment", Answers.Agents, Assigned, AssignedMsMax, stop);

    /// <summary>Known customers; the bar is on the reply's row in its number's queue.</summary>
    /// <returns>Whether the bar is met.</returns>
    public static Task<bool> KeywordReply(LoadOptions options, CancellationToken stop) =>
        Execute(options, "keyword_reply", Answers.Bot, Queued, QueuedMsMax, stop);

    private static async Task<bool> Execute(
        LoadOptions options, string kind, Answers answers, string awaited, double bar, CancellationToken stop)
    {
        await using var open = await OpenStore.Make(options.Store ?? StoreKind.Postgres, stop);
        await using var silo = await EngineSilo.Start(open.Store, stop);
        var tenant = await EngineTenant.Prepare(silo, options.Numbers, answers);
        var watch = new WaitWatch(silo, awaited);
        var contacts = answers == Answers.Bot ? options.Contacts : int.MaxValue;
        if (answers == Answers.Bot)
        {
            await ClosedLoop.Count(options.Connections, contacts, i => tenant.Write(i, i));
        }

        await watch.Run(tenant, contacts, options, stop);
        return await Summary.Publish(
            options,
            $"{kind}_{open.Kind.ToString().ToLowerInvariant()}",
            [.. watch.Figures(kind, bar)],
            CancellationToken.None);
    }

    private sealed class WaitWatch
    {
        private static readonly TimeSpan Drain = TimeSpan.FromSeconds(10);
        private readonly EngineSilo _silo;
        private readonly string _awaited;
        private readonly ConcurrentDictionary<string, Asked> _open = new(StringComparer.Ordinal);
        private readonly Series _waits = new();
        private readonly Series _sends = new();
        private readonly Series _acknowledged = new();
        private readonly Errors _errors = new();
        private readonly int _seed = 1;
        private long _from;
        private long _to;

        public WaitWatch(EngineSilo silo, string awaited)
        {
            _silo = silo;
            _awaited = awaited;
            silo.Events.Heard = Heard;
            silo.Graph.Started = send => Note(send.Conversation.ToString(), _sends, isLast: true);
            silo.Graph.Failed = failed => _errors.Count(failed.GetType().Name);
        }

        public async Task Run(EngineTenant tenant, int contacts, LoadOptions options, CancellationToken stop)
        {
            _from = Stopwatch.GetTimestamp() + (options.Warmup * Stopwatch.Frequency);
            _to = _from + (options.Seconds * Stopwatch.Frequency);
            var first = contacts == int.MaxValue ? 0 : contacts;
            var next = 0;
            await Task.Factory.StartNew(
                () => new PoissonArrivals(options.Rate, options.Seed + _seed).Run(
                    Stopwatch.GetTimestamp(),
                    _to,
                    intended =>
                    {
                        var i = next++;
                        ThreadPool.UnsafeQueueUserWorkItem(
                            work => _ = One(tenant, work.Contact, work.Message, work.Intended),
                            (Contact: i % contacts, Message: (long)first + i, Intended: intended),
                            preferLocal: false);
                        return true;
                    },
                    stop),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            await Task.Delay(Drain, TimeProvider.System, stop);
        }

        public IEnumerable<Figure> Figures(string kind, double bar)
        {
            var waits = _waits.Read();
            yield return Figure.One("measured", waits?.Count ?? 0, 1, isFloor: true);
            yield return Figure.One($"{kind}_p50_ms", waits?.P50 ?? double.MaxValue);
            yield return Figure.One($"{kind}_p99_ms", waits?.P99 ?? double.MaxValue, bar);
            yield return Figure.One($"{kind}_max_ms", waits?.Max ?? double.MaxValue);
            yield return Figure.One("durable_p99_ms", _acknowledged.Read()?.P99 ?? double.MaxValue);
            yield return Figure.One("send_begins_p99_ms", _sends.Read()?.P99 ?? double.MaxValue);
            yield return Figure.One("left_behind", _open.Count, 0);
            yield return Figure.One("errors", _errors.Read().Values.Sum(), 0);
        }

        private async Task One(EngineTenant tenant, int contact, long message, long intended)
        {
            try
            {
                // A new customer's conversation has no id yet: it is asked for first, as intake would ask.
                var conversation = (await tenant.ConversationOf(contact)).ToString();
                _open[conversation] = new Asked(intended);
                await tenant.Write(contact, message);
                Record(_acknowledged, intended);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                _errors.Count(failed.GetType().Name);
            }
        }

        private void Heard(Seen seen)
        {
            if (seen.Kind != _awaited)
            {
                return;
            }

            Note(seen.Subject, _waits, isLast: false);
            if (_awaited == Assigned)
            {
                ThreadPool.UnsafeQueueUserWorkItem(
                    work => _ = Serve(work), (Subject: seen.Subject, Agent: seen.Detail), preferLocal: false);
            }
        }

        // The agent answers once and closes, which makes room for the next.
        private async Task Serve((string Subject, string Agent) assigned)
        {
            try
            {
                var owner = OwnerKey.Of(EngineTenant.Id, ConversationId.Parse(assigned.Subject));
                var agent = AgentId.Parse(assigned.Agent);
                var id = MessageId.New(TimeProvider.System.GetUtcNow(), owner.Id ^ ((UInt128)_seed << 17));
                await _silo.Must(
                    owner,
                    new SendMessage(
                        id, new TextContent("Claro, ja verifico isso.", false), Lane.Reply, null, agent, null, null,
                        null));
                await _silo.Must(owner, new CloseConversation(agent, null));
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                _errors.Count(failed.GetType().Name);
            }
        }

        private void Note(string conversation, Series series, bool isLast)
        {
            if (_open.TryGetValue(conversation, out var asked))
            {
                Record(series, asked.Intended);
                if (isLast)
                {
                    _open.TryRemove(conversation, out _);
                }
            }
        }

        private void Record(Series series, long intended)
        {
            if (intended >= _from && intended < _to)
            {
                series.Record(Stopwatch.GetTimestamp() - intended);
            }
        }

        private readonly record struct Asked(long Intended);
    }
}
