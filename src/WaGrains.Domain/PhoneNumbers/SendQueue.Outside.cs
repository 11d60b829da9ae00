using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;

namespace WaGrains.Domain.PhoneNumbers;

// What concerns messages to people outside their service windows, which need budget of the portfolio.
public sealed partial class SendQueue
{
    /// <summary>The messages that would be tried next, in about the order they would be, at most so many.</summary>
    public IEnumerable<QueuedSend> Ahead(int most)
    {
        foreach (var lane in _ready)
        {
            foreach (var (line, stamp) in lane.Ahead())
            {
                if (most == 0)
                {
                    yield break;
                }

                if (stamp == line.Stamp && line.Head is { } head)
                {
                    most--;
                    yield return head;
                }
            }
        }
    }

    /// <summary>Whether this message goes to somebody outside their service window, or may do so before it has
    /// left.</summary>
    public bool IsOutside(QueuedSend send, DateTimeOffset until) => send.Content is TemplateContent
        && !(_lines.TryGetValue(send.Row.Conversation, out var line) && line.WindowClosesAt > until);

    /// <summary>The contact has written: until when its window is open.</summary>
    public void OpenWindow(ConversationId conversation, DateTimeOffset closesAt)
    {
        if (_lines.TryGetValue(conversation, out var line))
        {
            line.WindowClosesAt = line.WindowClosesAt > closesAt ? line.WindowClosesAt : closesAt;
            Resume(line);
        }
    }

    /// <summary>Messages to this recipient that wait.</summary>
    public IEnumerable<MessageId> WaitingFor(ConversationId conversation) =>
        _lines.TryGetValue(conversation, out var line) ? line.Waiting : [];

    /// <summary>The line waits for budget, and is looked at again then.</summary>
    public void Await(ConversationId conversation, DateTimeOffset until)
    {
        var line = LineOf(conversation);
        line.AwaitsUntil = until;
        Place(line);
    }

    /// <summary>The line need not wait for budget any more.</summary>
    public void Resume(ConversationId conversation)
    {
        if (_lines.TryGetValue(conversation, out var line))
        {
            Resume(line);
        }
    }

    /// <summary>No line needs to.</summary>
    public void ResumeAll()
    {
        foreach (var line in _lines.Values)
        {
            Resume(line);
        }
    }

    private void Resume(Line line)
    {
        if (line.AwaitsUntil is not null)
        {
            line.AwaitsUntil = null;
            Place(line);
        }
    }
}
