using System.Diagnostics.Metrics;

namespace WaGrains.Host.Telemetry;

/// <summary>Every metric of ours, named once. No tenant, number or person is ever a label.</summary>
internal sealed class EngineMeters
{
    /// <summary>The meter's name.</summary>
    public const string Name = "WaGrains";

    public EngineMeters(IMeterFactory factory)
    {
        Meter = factory.Create(Name);
        CommitSeconds =
            Meter.CreateHistogram<double>("wagrains.commit.duration", "s", "Time one group commit took in the store.");
        BatchTurns = Meter.CreateHistogram<long>("wagrains.commit.batch", "{turn}", "Turns in one group commit.");
        TurnsCommitted =
            Meter.CreateCounter<long>("wagrains.turns.committed", "{turn}", "Turns whose rows are durable.");
        TurnsRefused = Meter.CreateCounter<long>("wagrains.turns.refused", "{turn}", "Turns the store left out.");
        CommitsFailed =
            Meter.CreateCounter<long>("wagrains.commits.failed", "{commit}", "Commits that failed whole, by verdict.");
        HintsDropped =
            Meter.CreateCounter<long>("wagrains.hints.dropped", "{hint}", "Hints given up and left to recovery.");
        DeadLetters =
            Meter.CreateCounter<long>("wagrains.dead_letters", "{input}", "Inputs set aside after failing twice.");
        Sends = Meter.CreateCounter<long>("wagrains.sends", "{call}", "Calls of Meta's send endpoint, by outcome.");
        WebhookSeconds = Meter.CreateHistogram<double>(
            "wagrains.webhook.duration", "s", "From a webhook's body to its answer, by fate.");
        WebhookItems =
            Meter.CreateCounter<long>("wagrains.webhook.items", "{item}", "Messages, statuses and events in webhooks.");
        WebhooksRefused = Meter.CreateCounter<long>(
            "wagrains.webhook.refused", "{webhook}", "Webhooks sent back before any work was done, by reason.");
        WebhooksForwarded = Meter.CreateCounter<long>(
            "wagrains.webhook.forwarded", "{webhook}", "Webhooks sent on to the silo of their number, by fate.");
    }

    public Meter Meter { get; }

    public Histogram<double> CommitSeconds { get; }

    public Histogram<long> BatchTurns { get; }

    public Counter<long> TurnsCommitted { get; }

    public Counter<long> TurnsRefused { get; }

    public Counter<long> CommitsFailed { get; }

    public Counter<long> HintsDropped { get; }

    public Counter<long> DeadLetters { get; }

    public Counter<long> Sends { get; }

    public Histogram<double> WebhookSeconds { get; }

    public Counter<long> WebhookItems { get; }

    public Counter<long> WebhooksRefused { get; }

    public Counter<long> WebhooksForwarded { get; }
}
