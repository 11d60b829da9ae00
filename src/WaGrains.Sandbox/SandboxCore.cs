using WaGrains.Sandbox.Customers;
using WaGrains.Sandbox.Graph;
using WaGrains.Sandbox.Judging;
using WaGrains.Sandbox.Sends;
using WaGrains.Sandbox.Statuses;
using WaGrains.Sandbox.Webhooks;

namespace WaGrains.Sandbox;

/// <summary>
/// A Cloud API look-alike that is stepped from outside: no clock, no thread, no socket. The same options, seed and
/// calls
/// give the same bytes. Times may repeat; one that goes backwards is taken as the latest seen. Not thread-safe.
/// </summary>
public sealed class SandboxCore
{
    private readonly SandboxWorld _world;
    private readonly SendDesk _desk;
    private DateTimeOffset _latest = DateTimeOffset.MinValue;
    private bool _isStarted;

    /// <exception cref="ArgumentException">The options have problems; the message names all of them.</exception>
    public SandboxCore(SandboxOptions options, int seed)
    {
        var problems = options.Problems();
        if (problems.Count > 0)
        {
            throw new ArgumentException($"The sandbox cannot start: {string.Join(' ', problems)}", nameof(options));
        }

        _world = new SandboxWorld(options, seed);
        _desk = new SendDesk(_world);
    }

    /// <summary>The phone number ids of this app.</summary>
    public IEnumerable<string> NumberIds => _world.Numbers.Keys;

    /// <summary>When <see cref="TakeDue"/> should be called next, the past included; null while only a call can
    /// bring something new.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            if (!_isStarted)
            {
                return DateTimeOffset.MinValue;
            }

            var (happens, leaves) = (_world.Agenda.NextDue, _world.Outbox.NextDue);
            return happens is null || leaves < happens ? leaves : happens;
        }
    }

    /// <summary>`POST /{version}/{phone-number-id}/messages`: a message, a mark as read, or typing.</summary>
    public GraphResponse Post(DateTimeOffset now, string phoneNumberId, string? bearer, ReadOnlySpan<byte> body) =>
        _desk.Handle(Step(now), phoneNumberId, bearer, body);

    /// <summary>`GET /{version}/{node-id}?fields=`; only phone numbers can be read.</summary>
    public GraphResponse Get(DateTimeOffset now, string nodeId, string? bearer, string? fields)
    {
        Step(now);
        byte[] body = [];
        var fault = _desk.Access(bearer)
            ?? _desk.Number(nodeId, out var number)
            ?? NumberReads.Read(number!, fields, out body);
        return fault is null
            ? new GraphResponse(200, body)
            : GraphAnswers.Refused(fault, _world.Wamids.NextTrace());
    }

    /// <summary>
    /// Signed POSTs to make now, at most <paramref name="most"/>; each must get its <see cref="Answered"/>.
    /// </summary>
    public IReadOnlyList<WebhookCall> TakeDue(DateTimeOffset now, int most) => _world.Outbox.Take(Step(now), most);

    /// <summary>
    /// How a POST ended; 0 = no answer in time. Only 200 is success, anything else means the same bytes again: at once,
    /// then ever slower, for 7 days. An id that is not in flight is ignored.
    /// </summary>
    public void Answered(DateTimeOffset now, long webhookId, int httpStatus)
    {
        var acknowledged = _world.Outbox.Answered(Step(now), webhookId, httpStatus);
        _world.Tally.InboundAcknowledged += acknowledged;
    }

    /// <summary>Customers write nothing new; statuses and answers go on.</summary>
    public void StopWriting() => _world.Crowd.StopWriting();

    /// <summary>Customers write at this rate from now on, all together.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 6,000,000.</exception>
    public void StartWriting(DateTimeOffset now, double messagesPerMinute)
    {
        if (!(messagesPerMinute is >= 0 and <= SandboxOptionsRules.MessagesPerMinuteMax))
        {
            throw new ArgumentOutOfRangeException(nameof(messagesPerMinute), "The rate is out of range.");
        }

        _world.Crowd.StartWriting(Step(now), messagesPerMinute);
    }

    /// <summary>
    /// A person of the caller's choice writes a text; opens the window of that pair. Everyone who wrote is remembered.
    /// <paramref name="from"/> is a phone number or a business-scoped user id. Returns the message's wamid.
    /// </summary>
    public string Write(DateTimeOffset now, string phoneNumberId, string from, string body)
    {
        var at = Step(now);
        var digits = PhoneDigits.Read(from);
        var known = digits is null ? Person.ByUserId(from) : Person.ByPhone(PhoneDigits.ToWaId(digits));
        return _world.Crowd.Visit(_world.Numbers[phoneNumberId], known with { Name = "Guest" }, body, at);
    }

    /// <summary>The next <paramref name="count"/> valid sends are refused with this code.</summary>
    public void RefuseNext(int count, int code) => _world.Faults.RefuseNext(count, code);

    /// <summary>The next <paramref name="count"/> sends are accepted and then fail with this code.</summary>
    public void FailNext(int count, int code) => _world.Faults.FailNext(count, code);

    /// <summary>
    /// The next <paramref name="count"/> sends are accepted, but their answers must not reach the sender.
    /// </summary>
    public void LoseNextAnswers(int count) => _world.Faults.LoseAnswers(count);

    /// <summary>From now on this share of the sends, 0 to 1, is taken and never answered.</summary>
    public void LeaveUnanswered(double share) => _world.Options.Misbehaviour.NeverAnswered = share;

    /// <summary>
    /// Every valid send until <paramref name="until"/> is refused with this code, 130429 for a storm.
    /// </summary>
    public void RefuseUntil(DateTimeOffset until, int code) => _world.Faults.Storm(until, code);

    /// <summary>
    /// The number's quality as reads show it: GREEN, YELLOW, RED or UNKNOWN. Meta sends no webhook for that.
    /// </summary>
    public void SetQuality(string phoneNumberId, string rating) =>
        _world.Numbers[phoneNumberId].QualityRating = rating;

    /// <summary>What the number may really move from now on, in and out together; no read and no webhook tells
    /// it.</summary>
    /// <param name="phoneNumberId">One of this app's numbers.</param>
    /// <param name="perSecond">Messages per second.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not between 1 and 1,000,000.</exception>
    public void SetThroughput(string phoneNumberId, int perSecond)
    {
        if (perSecond is < 1 or > SandboxOptionsRules.ThroughputMax)
        {
            throw new ArgumentOutOfRangeException(nameof(perSecond), "The throughput is out of range.");
        }

        _world.Numbers[phoneNumberId].Throughput.Most = perSecond;
    }

    /// <summary>
    /// A phone_number_quality_update webhook; THROUGHPUT_UPGRADE also raises the number to 1,000 messages a second.
    /// </summary>
    public void QualityEvent(DateTimeOffset now, string phoneNumberId, string eventName, string limit)
    {
        var at = Step(now);
        var number = _world.Numbers[phoneNumberId];
        if (eventName == "THROUGHPUT_UPGRADE")
        {
            number.Throughput.Most = 1000;
        }

        _world.Outbox.AddBody(Envelope.WriteField(number.WabaId, at, "phone_number_quality_update", json =>
        {
            json.WriteString("display_phone_number", number.Digits);
            json.WriteString("event", eventName);
            json.WriteString("current_limit", limit);
            json.WriteString("max_daily_conversations_per_business", limit);
        }), at);
    }

    /// <summary>
    /// The messaging limit of the number's portfolio from now on, told by a business_capability_update webhook to each
    /// of
    /// its accounts.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="phoneNumberId">A number of the portfolio.</param>
    /// <param name="users">People; 0 for no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 1,000,000.</exception>
    public void SetMessagingLimit(DateTimeOffset now, string phoneNumberId, int users)
    {
        if (users is < 0 or > SandboxOptionsRules.MessagingLimitMax)
        {
            throw new ArgumentOutOfRangeException(nameof(users), "The messaging limit is out of range.");
        }

        var at = Step(now);
        var portfolio = _world.Numbers[phoneNumberId].Portfolio;
        portfolio.Limit = users;
        foreach (var account in _world.Numbers.Values
            .Where(number => number.Portfolio == portfolio).Select(number => number.WabaId).Distinct().ToList())
        {
            _world.Outbox.AddBody(Envelope.WriteField(account, at, "business_capability_update", json =>
            {
                json.WriteNumber("max_daily_conversations_per_business", users == 0 ? -1 : users);
                json.WriteNumber("max_phone_numbers_per_waba", 25);
            }), at);
        }
    }

    /// <summary>Any body as a webhook of its own: signed and sent as it is, valid or not.</summary>
    public void PushWebhook(DateTimeOffset now, ReadOnlySpan<byte> body) =>
        _world.Outbox.AddBody(body.ToArray(), Step(now));

    /// <summary>How many templates each person was sent, over all numbers, by phone number or business-scoped user
    /// id.</summary>
    public IReadOnlyDictionary<string, int> TemplatesByRecipient => _world.Judge.Recipients.Now;

    /// <summary>What the judge has found up to now.</summary>
    public SandboxReport Report(DateTimeOffset now)
    {
        var at = Step(now);
        var (tally, outbox) = (_world.Tally, _world.Outbox);
        return new SandboxReport
        {
            MessagesAccepted = tally.Accepted,
            TemplateRecipients = _world.Judge.Recipients.Count,
            NeverAnswered = _world.Silence.Mute,
            NeverTold = _world.Silence.Untold,
            MessagesRejectedByCode = new SortedDictionary<int, long>(tally.RejectedByCode),
            RepeatedSends = tally.RepeatedSends,
            RepeatedContent = tally.RepeatedContent,
            MissingCallbackData = tally.WithoutCallbackText,
            RateViolations = tally.RateViolations,
            PairViolations = tally.PairViolations,
            ContractViolations = tally.ContractViolations,
            ContractWindowViolations = tally.ContractWindow,
            ContractSpacingViolations = tally.ContractSpacing,
            WindowViolations = tally.WindowViolations,
            OrderViolations = tally.OrderViolations,
            MarkedRead = tally.MarkedRead,
            TypingShown = tally.TypingShown,
            Webhooks = new WebhookCounts(
                outbox.Created, outbox.Acknowledged, outbox.Pending, outbox.Retried, outbox.GivenUp)
            {
                UpdatesWaiting = outbox.Waiting,
            },
            InboundMessages = Inbound(tally),
            CustomersWaiting = _world.Crowd.Waiting,
            Statuses = Enum.GetValues<StatusKind>()
                .ToDictionary(StatusWriter.Name, kind => tally.StatusesByKind[(int)kind]),
            StatusesPlanned = tally.StatusesPlanned,
            Portfolios = new SortedDictionary<string, PortfolioCounts>(
                _world.Portfolios.ToDictionary(each => each.Key, each => Counts(each.Value, at)),
                StringComparer.Ordinal),
            SendsForgotten = _world.Judge.SendsForgotten,
            PairsForgotten = _world.Judge.PairsForgotten,
        };
    }

    private static PortfolioCounts Counts(PortfolioCount portfolio, DateTimeOffset at) => new(
        portfolio.Limit, portfolio.UsersAt(at), portfolio.Peak, portfolio.Refused, portfolio.Overruns);

    private static InboundCounts Inbound(Tally tally) => new(
        tally.Written,
        tally.InboundAcknowledged,
        tally.AnsweredByContext,
        tally.AnsweredAfter,
        tally.ExpectingAnswer - tally.AnsweredByContext - tally.AnsweredAfter);

    private DateTimeOffset Step(DateTimeOffset now)
    {
        _latest = now > _latest ? now.ToUniversalTime() : _latest;
        if (!_isStarted)
        {
            _isStarted = true;
            _world.Wamids.Start(_latest);
            _world.Crowd.StartWriting(_latest, _world.Options.MessagesPerMinute);
        }

        while (_world.Agenda.TryTakeDue(_latest, out var happening, out var due))
        {
            happening(due);
        }

        return _latest;
    }
}
