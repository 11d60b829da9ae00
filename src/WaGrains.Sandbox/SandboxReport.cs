namespace WaGrains.Sandbox;

/// <summary>
/// The judge's findings since the start. Every count is exact, except that repeats older than the last remembered
/// sends go unseen: <see cref="SendsForgotten"/> and <see cref="PairsForgotten"/> say when that has begun.
/// </summary>
public sealed record SandboxReport
{
    /// <summary>Sends answered with 200.</summary>
    public required long MessagesAccepted { get; init; }

    /// <summary>Different people to whom templates were accepted; `GET /sandbox/recipients` names them.</summary>
    public required int TemplateRecipients { get; init; }

    /// <summary>Of the accepted sends, the ones whose answer never came; see
    /// <see cref="Misbehaviour.NeverAnswered"/>.</summary>
    public required long NeverAnswered { get; init; }

    /// <summary>Of these, the ones of which no status tells either.</summary>
    public required long NeverTold { get; init; }

    /// <summary>Sends answered with an error, by Meta's code.</summary>
    public required IReadOnlyDictionary<int, long> MessagesRejectedByCode { get; init; }

    /// <summary>Accepted sends whose biz_opaque_callback_data had been accepted before on that number.</summary>
    public required long RepeatedSends { get; init; }

    /// <summary>Accepted sends of the same content with the same context to the same recipient.</summary>
    public required long RepeatedContent { get; init; }

    /// <summary>Accepted sends without biz_opaque_callback_data.</summary>
    public required long MissingCallbackData { get; init; }

    /// <summary>Sends refused for throughput (130429), ordered storms excepted.</summary>
    public required long RateViolations { get; init; }

    /// <summary>Sends refused for the pair limit (131056), ordered ones excepted.</summary>
    public required long PairViolations { get; init; }

    /// <summary>
    /// Requests beyond the agreed rate, refused or not; the next two overlap and add up to at least this.
    /// </summary>
    public required long ContractViolations { get; init; }

    /// <summary>Requests that made some 60 s window hold more than agreed.</summary>
    public required long ContractWindowViolations { get; init; }

    /// <summary>Requests that came before their own slot (GCRA).</summary>
    public required long ContractSpacingViolations { get; init; }

    /// <summary>Free-form sends into a closed 24 h window; accepted, then failed with 131047.</summary>
    public required long WindowViolations { get; init; }

    /// <summary>Accepted sends whose trailing #counter was lower than an earlier one to that recipient.</summary>
    public required long OrderViolations { get; init; }

    /// <summary>Requests that marked a message as read.</summary>
    public required long MarkedRead { get; init; }

    /// <summary>Of these, the ones that showed typing.</summary>
    public required long TypingShown { get; init; }

    /// <summary>What became of the webhooks.</summary>
    public required WebhookCounts Webhooks { get; init; }

    /// <summary>What became of the customers' messages.</summary>
    public required InboundCounts InboundMessages { get; init; }

    /// <summary>Customers who are waiting for an answer now.</summary>
    public required long CustomersWaiting { get; init; }

    /// <summary>Statuses told, by name; repeats count again.</summary>
    public required IReadOnlyDictionary<string, long> Statuses { get; init; }

    /// <summary>Statuses of accepted messages that are yet to be told.</summary>
    public required long StatusesPlanned { get; init; }

    /// <summary>How each business portfolio stands with its messaging limit, by its id.</summary>
    public required IReadOnlyDictionary<string, PortfolioCounts> Portfolios { get; init; }

    /// <summary>Sends no longer remembered for the two repeat counts.</summary>
    public required long SendsForgotten { get; init; }

    /// <summary>Pairs of number and recipient no longer remembered.</summary>
    public required long PairsForgotten { get; init; }

    /// <summary>Repeated sends and content, missing callback ids, rate, pair, contract and order violations, sends
    /// beyond
    /// a messaging limit.</summary>
    public long RulesBroken => Portfolios.Values.Sum(each => each.Refused + each.Overruns)
        + RepeatedSends + RepeatedContent + MissingCallbackData + RateViolations
        + PairViolations + ContractViolations + OrderViolations;
}

/// <summary>Webhooks are POSTs; each may hold many updates.</summary>
/// <param name="Created">POSTs made up, raw ones included.</param>
/// <param name="Acknowledged">Answered with 200.</param>
/// <param name="Pending">Neither acknowledged nor given up.</param>
/// <param name="Retried">Attempts after the first.</param>
/// <param name="GivenUp">Too old to try again.</param>
public sealed record WebhookCounts(long Created, long Acknowledged, long Pending, long Retried, long GivenUp)
{
    /// <summary>Updates that are due but in no POST yet, because too many are in flight.</summary>
    public required long UpdatesWaiting { get; init; }
}

/// <summary>Messages from customers.</summary>
/// <param name="Written">All of them.</param>
/// <param name="Acknowledged">Those in an acknowledged webhook.</param>
/// <param name="AnsweredByContext">Answered by a message that quotes it.</param>
/// <param name="AnsweredAfter">Not quoted, but some message to that customer came later.</param>
/// <param name="Unanswered">Of those that expect an answer, the ones without.</param>
public sealed record InboundCounts(
    long Written, long Acknowledged, long AnsweredByContext, long AnsweredAfter, long Unanswered);

/// <summary>A business portfolio and its messaging limit. Nobody is counted while there is none.</summary>
/// <param name="Limit">People in any 24 hours; 0 for no limit.</param>
/// <param name="Users">Different people who count now: written to outside a window, and not 24 hours past.</param>
/// <param name="Peak">The most there have been at once.</param>
/// <param name="Refused">Sends refused for the limit.</param>
/// <param name="Overruns">Sends beyond it that went through, where it is not enforced.</param>
public sealed record PortfolioCounts(int Limit, int Users, int Peak, long Refused, long Overruns);
