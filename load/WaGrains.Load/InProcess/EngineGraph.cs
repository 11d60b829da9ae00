using System.Collections.Concurrent;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Intake;

namespace WaGrains.Load.InProcess;

/// <summary>
/// Meta's side without a wire: every call is accepted at once, and its three statuses come back through intake. An
/// exchange is complete when all three are durable.
/// </summary>
internal sealed class EngineGraph : IGraphCalls
{
    private static readonly MessageStatus[] Statuses =
        [MessageStatus.Sent, MessageStatus.Delivered, MessageStatus.Read];

    private static readonly ReadOnlyMemory<byte> Payload = new byte[400];

    private readonly ConcurrentDictionary<string, PhoneNumberState> _numbers = new(StringComparer.Ordinal);
    private EngineSilo? _silo;

    /// <summary>Told of each call, at once.</summary>
    public Action<SendToGraph> Started { get; set; } = static _ => { };

    /// <summary>Told of each message whose three statuses are durable.</summary>
    public Action<SendToGraph> Completed { get; set; } = static _ => { };

    /// <summary>Told what a call ran into: a bench with failures measures nothing.</summary>
    public Action<Exception> Failed { get; set; } = static _ => { };

    /// <summary>Answers go there.</summary>
    public void Attach(EngineSilo silo) => _silo = silo;

    /// <summary>Knows this number from now on.</summary>
    public void Know(PhoneNumberState number) => _numbers[number.Settings.PhoneNumberId] = number;

    /// <inheritdoc/>
    public void Start(SendToGraph send, long commitStartedAt)
    {
        Started(send);
        ThreadPool.UnsafeQueueUserWorkItem(
            static call => call.Self.Run(call.Send), (Self: this, Send: send), preferLocal: false);
    }

    private void Run(SendToGraph send) => Answer(send).ContinueWith(
        done =>
        {
            if (done.Exception is { } failure)
            {
                Failed(failure.GetBaseException());
            }
        },
        TaskScheduler.Default);

    private async Task Answer(SendToGraph send)
    {
        var wamid = $"wamid.{send.Message}";
        _silo!.Hints.Carry(
            new Tell(send.Number, new SendCompleted(send.Message, send.Attempt, SendOutcome.Accepted(wamid, null))));
        var callback = new CallbackData(send.Number.Tenant, send.Conversation, send.Message, send.Attempt).ToString();
        var number = _numbers[send.PhoneNumberId];
        var now = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(Statuses.Select(status => _silo.Intake.Accept(
            send.Number.Tenant,
            [
                new StatusArrival(
                    number,
                    new StatusUpdate(wamid, status, now, callback, null, "service", "free_customer_service"),
                    Payload),
            ],
            now,
            CancellationToken.None)));
        Completed(send);
    }
}
