using WaGrains.Sandbox.Judging;

namespace WaGrains.Sandbox.Customers;

/// <summary>Which phrases a customer knows.</summary>
internal enum Language
{
    Portuguese,
    English,
    Spanish,
}

/// <summary>A seeded customer of one number and the state of that conversation.</summary>
internal sealed class Customer(Person person, NumberState number, Language language)
{
    /// <summary>Older unanswered messages stay unanswered for good; nobody scrolls back further.</summary>
    private const int OpenMessagesMax = 64;

    private readonly List<OpenMessage> _open = [];

    public Person Person => person;

    public NumberState Number => number;

    public Language Language => language;

    public byte[] Contact { get; } = person.ToContact();

    /// <summary>Place in the list of those free to write; -1 while waiting or thinking.</summary>
    public int IdlePlace { get; set; } = -1;

    public bool IsWaiting { get; set; }

    /// <summary>When patience ends, if no answer comes.</summary>
    public DateTimeOffset WaitsUntil { get; set; }

    /// <summary>
    /// One alarm per customer, set again when it rings too early: the agenda grows with people, not messages.
    /// </summary>
    public bool HasAlarm { get; set; }

    /// <summary>Goes up whenever a wait begins or ends, so that a thought begun before finds itself outdated.</summary>
    public long Wait { get; set; }

    public string? LastText { get; set; }

    public string? LastOutbound { get; set; }

    public IReadOnlyList<Choice> Choices { get; set; } = [];

    public bool IsInConversation => LastOutbound is not null;

    public void Opened(string wamid)
    {
        if (_open.Count == OpenMessagesMax)
        {
            _open.RemoveAt(0);
        }

        _open.Add(new OpenMessage(wamid));
    }

    /// <summary>
    /// Counts what this outbound message answers: one by context, all others for the first time after it.
    /// </summary>
    public void Answer(string? contextId, Tally tally)
    {
        foreach (var message in _open)
        {
            if (message.Wamid == contextId)
            {
                tally.AnsweredByContext++;
                tally.AnsweredAfter -= message.IsAnsweredAfter ? 1 : 0;
            }
            else if (!message.IsAnsweredAfter)
            {
                tally.AnsweredAfter++;
                message.IsAnsweredAfter = true;
            }
        }

        _open.RemoveAll(each => each.Wamid == contextId);
    }

    private sealed class OpenMessage(string wamid)
    {
        public string Wamid => wamid;

        public bool IsAnsweredAfter { get; set; }
    }
}

/// <summary>Something a customer can tap.</summary>
/// <param name="Type">button_reply, list_reply, or button for a template's quick reply.</param>
/// <param name="Id">What comes back to the business.</param>
/// <param name="Title">What the customer sees.</param>
/// <param name="Description">Of a list row, or null.</param>
internal sealed record Choice(string Type, string Id, string Title, string? Description);
