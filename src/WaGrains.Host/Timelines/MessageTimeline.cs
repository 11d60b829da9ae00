using System.Globalization;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Stops;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Reading;
using WaGrains.Host.Messages;

namespace WaGrains.Host.Timelines;

/// <summary>Puts together from rows what happened to a message.</summary>
internal sealed class MessageTimeline(IStore store, IOwners owners, TimeProvider clock)
{
    private const int AheadMax = 10_000;
    private const int PagesMax = 5;
    private const int PageRows = 200;

    /// <summary>A wait shorter than this is no news.</summary>
    private static readonly TimeSpan WaitMin = TimeSpan.FromSeconds(1);

    /// <summary>The whole story as far as it is known.</summary>
    public async Task<TimelineResource> Of(TenantId tenant, StoredMessage message, CancellationToken cancel)
    {
        var story = new Story(message);
        if (message.Row.Direction != Direction.Outbound)
        {
            story.Add(new TimelineStep(message.Row.Id.At, "received", "The message came in."));
            return story.Told();
        }

        var number = message.Row.Conversation.Number;
        var attempts = await store.Reads.Attempts(tenant, message.Row.Id, cancel);
        var waits = message.Row.Id.At;
        story.Add(new TimelineStep(waits, "queued", "Accepted, and put into its number's queue."));
        foreach (var attempt in attempts)
        {
            if (attempt.StartedAt - waits >= WaitMin)
            {
                story.Add(await Waited(tenant, number, waits, attempt.StartedAt, story, cancel));
            }

            story.Add(attempt);
            waits = attempt.EndedAt ?? attempt.StartedAt;
        }

        if (message.Row.Status == MessageStatus.Queued && attempts is [] or [.., { EndedAt: not null }])
        {
            await AddWaiting(tenant, number, waits, story, cancel);
        }

        story.AddStatuses(attempts);
        return story.Told();
    }

    private async Task<TimelineStep> Waited(
        TenantId tenant, PhoneNumberId number, DateTimeOffset from, DateTimeOffset until, Story story,
        CancellationToken cancel)
    {
        var ahead = await store.Reads.AttemptsStarted(tenant, number, from, until, AheadMax, cancel);
        var pace = await PaceAt(tenant, number, until, cancel);
        if (pace is null)
        {
            story.Trim("pace_history");
        }

        return Wait("waited", from, until, ahead, pace);
    }

    /// <summary>Where it stands in the queue: what is more urgent, and at most all of its own kind.</summary>
    private async Task AddWaiting(
        TenantId tenant, PhoneNumberId number, DateTimeOffset since, Story story, CancellationToken cancel)
    {
        if (!story.IsQueued || await owners.Ask(OwnerKey.Of(tenant, number), new ReadPace(), cancel)
            is not PaceReport pace)
        {
            return;
        }

        var now = clock.GetUtcNow();
        if (pace.PerMinute > 0 && story.StopAmong(pace.Stops ?? []) is { } stop)
        {
            story.Add(Wait("waits", since, now, ahead: 0, (stop.Reason, 0)));
            return;
        }

        var ahead = Math.Max(0, pace.Queued.Values.Sum() - 1);
        story.Add(Wait("waits", since, now, ahead, (ApiJson.Word(pace.Terms[0].Reason), pace.PerMinute)));
    }

    private static TimelineStep Wait(
        string step, DateTimeOffset from, DateTimeOffset until, int ahead,
        (string Limit, double PerMinute)? pace)
    {
        var limit = pace?.Limit;
        var seconds = Math.Round((until - from).TotalSeconds, 1);
        var rate = pace is { PerMinute: > 0 and var perMinute }
            ? string.Create(CultureInfo.InvariantCulture, $" at {perMinute:0.##} a minute")
            : "";
        var begin = step == "waited" ? "Waited" : "Has waited";
        var why = limit is null ? "" : $" for {limit.Replace('_', ' ')}{rate}";
        var others = ahead == 0 ? "."
            : step == "waited" ? $"; the number sent {ahead} other messages meanwhile."
            : $"; up to {ahead} other messages go first.";
        var words = string.Create(CultureInfo.InvariantCulture, $"{begin} {seconds:0.#} s{why}{others}");
        return new TimelineStep(until, step, words) { Seconds = seconds, Ahead = ahead, Limit = limit };
    }

    /// <summary>What bound the number then; null where its history does not reach back so far.</summary>
    private async Task<(string Limit, double PerMinute)?> PaceAt(
        TenantId tenant, PhoneNumberId number, DateTimeOffset at, CancellationToken cancel)
    {
        long? before = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var changes = await store.Reads.PaceHistory(
                new PaceHistoryFilter(tenant, number, Since: null, before, PageRows), cancel);
            if (changes.FirstOrDefault(change => change.At <= at) is { } inForce)
            {
                return (ApiJson.Word(inForce.Binding), inForce.After);
            }

            if (changes.Count < PageRows)
            {
                return null;
            }

            before = changes[^1].Entry;
        }

        return null;
    }

    /// <summary>The steps so far, and what is missing of them.</summary>
    private sealed class Story(StoredMessage message)
    {
        private readonly List<TimelineStep> _steps = [];
        private readonly SortedSet<string> _trimmed = new(StringComparer.Ordinal);

        public bool IsQueued => message.Row.Status == MessageStatus.Queued;

        /// <summary>The stop of these that keeps the message from leaving, whatever its number's pace.</summary>
        public SendStop? StopAmong(IReadOnlyList<SendStop> stops) => message.Row.Payload.Content is { } content
            ? stops.FirstOrDefault(stop => stop.Concerns(stop.Account, content))
            : null;

        public void Add(TimelineStep step) => _steps.Add(step);

        public void Trim(string what) => _trimmed.Add(what);

        public void Add(StoredAttempt attempt)
        {
            Add(new TimelineStep(attempt.StartedAt, "attempted", $"Attempt {attempt.Attempt} began.")
            {
                Attempt = attempt.Attempt,
            });
            if (attempt.EndedAt is { } ended)
            {
                Add(new TimelineStep(ended, "answered", Answer(attempt))
                {
                    Attempt = attempt.Attempt,
                    Outcome = attempt.Outcome,
                    Code = attempt.Code == 0 ? null : attempt.Code,
                });
            }
        }

        public void AddStatuses(IReadOnlyList<StoredAttempt> attempts)
        {
            var status = message.Row.Status;
            if (attempts.Count == 0 && status is not (MessageStatus.Queued or MessageStatus.Cancelled
                or MessageStatus.Expired or MessageStatus.Failed))
            {
                Trim("attempts");
            }

            Add(message.SentAt, "sent", "Meta sent it on.");
            Add(message.DeliveredAt, "delivered", "It reached the contact's device.");
            if (status is MessageStatus.Delivered or MessageStatus.Read or MessageStatus.Played
                && (message.SentAt is null || message.DeliveredAt is null))
            {
                // Statuses may come in any order: one that comes after a further one tells nothing any more.
                Trim("status_times");
            }

            if (Last(status) is { } words)
            {
                Add(new TimelineStep(message.StatusAt, MessageWords.Of(status), words)
                {
                    Outcome = message.Error?.Reason,
                    Code = message.Error is { Code: > 0 and var code } ? code : null,
                });
            }
        }

        public TimelineResource Told() => new(
            message.Row.Id, [.. _steps.OrderBy(step => step.At)], [.. _trimmed]);

        private void Add(DateTimeOffset? at, string step, string words)
        {
            if (at is { } known)
            {
                Add(new TimelineStep(known, step, words));
            }
        }

        private static string Answer(StoredAttempt attempt) => attempt.Outcome switch
        {
            "accepted" => "Meta took it.",
            "settled_by_status" => "Meta's status told what became of it.",
            "unknown" => "No answer came: nobody knows whether it left.",
            _ => attempt.Code == 0
                ? $"It did not leave: {attempt.Outcome?.Replace('_', ' ')}."
                : $"It did not leave: {attempt.Outcome?.Replace('_', ' ')}, Meta's code {attempt.Code}.",
        };

        /// <summary>The words for the newest status, where no other step says it.</summary>
        private static string? Last(MessageStatus status) => status switch
        {
            MessageStatus.Received or MessageStatus.Queued or MessageStatus.Accepted or MessageStatus.Sent
                or MessageStatus.Delivered => null,
            MessageStatus.Read => "The contact opened it.",
            MessageStatus.Played => "The contact played it.",
            MessageStatus.Expired => "Its deadline passed before it could leave.",
            MessageStatus.Cancelled => "It was withdrawn before it left.",
            MessageStatus.Unknown => "Whether it left will not be known any more: it is not sent again.",
            MessageStatus.Failed => "It failed for good.",
        };
    }
}
