using System.Diagnostics.Metrics;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Intake;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Turns;
using WaGrains.Grains.Hints;
using WaGrains.Grains.Reports;

namespace WaGrains.Host.Telemetry;

/// <summary>What the engine does, as numbers: see <see cref="EngineMeters"/> for their names.</summary>
internal sealed partial class EngineWatch(
    EngineMeters meters, CommitPulse pulse, IServiceProvider services, TimeProvider clock, ILogger<EngineWatch> log)
    : ICommitWatch, IHintWatch
{
    private long _callsEnded;

    /// <summary>Calls to Meta that have ended so far.</summary>
    public long CallsEnded => Volatile.Read(ref _callsEnded);

    /// <summary>The silo's clock.</summary>
    public TimeProvider Clock => clock;

    public void Committed(int turns, int withRows, CommitResult result, TimeSpan took)
    {
        meters.BatchTurns.Record(turns);
        if (withRows > 0)
        {
            meters.CommitSeconds.Record(took.TotalSeconds);
            pulse.Beat(took);
            meters.TurnsCommitted.Add(withRows - result.Refused.Count);
        }

        if (result.Refused.Count > 0)
        {
            meters.TurnsRefused.Add(result.Refused.Count);
            foreach (var refused in result.Refused)
            {
                TurnRefused(refused.Because, refused.Key);
            }
        }

        if (result.Verdict != CommitVerdict.Durable)
        {
            meters.CommitsFailed.Add(1, new KeyValuePair<string, object?>("verdict", result.Verdict.ToString()));
            CommitFailed(result.Verdict, turns);
        }
    }

    public void Dropped(Tell hint)
    {
        meters.HintsDropped.Add(1);
        HintDropped(hint.To.Kind, hint.Message.GetType().Name);
    }

    public void SetAside(Tell hint, OwnerFailedException failed)
    {
        meters.DeadLetters.Add(1);
        InputFailed(hint.To.Kind, hint.Message.GetType().Name, failed.InnerException?.GetType().Name ?? "");
        var rows = DeadLetters.Of(hint.To, hint.Message, failed, clock.GetUtcNow());
        services.GetRequiredService<Staging>().StageRows(hint.To, rows, [], static _ => { });
    }

    /// <summary>One call to Meta has ended.</summary>
    public void Sent(SendOutcome outcome)
    {
        Interlocked.Increment(ref _callsEnded);
        meters.Sends.Add(1, new KeyValuePair<string, object?>("outcome", outcome.Kind.ToString()));
    }

    /// <summary>One webhook has been answered.</summary>
    public void Webhook(string fate, int items, TimeSpan took)
    {
        meters.WebhookSeconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("fate", fate));
        meters.WebhookItems.Add(items);
    }

    [LoggerMessage(
        EventId = 2001, Level = LogLevel.Warning, Message = "A turn was refused by the store: {Because} at {Key}")]
    private partial void TurnRefused(RefusedBecause because, string key);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "A commit of {Turns} turns failed: {Verdict}")]
    private partial void CommitFailed(CommitVerdict verdict, int turns);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning,
        Message = "A hint for a {Kind} was given up: {Hint}; recovery finds its rows")]
    private partial void HintDropped(Domain.Ids.OwnerKind kind, string hint);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Error,
        Message = "A {Kind} could not take {Input} twice ({Failure}); it is set aside")]
    private partial void InputFailed(Domain.Ids.OwnerKind kind, string input, string failure);
}
