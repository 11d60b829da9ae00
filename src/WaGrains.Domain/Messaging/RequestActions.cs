using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>One button that opens a web page.</summary>
/// <param name="DisplayText">What it says, 1 to 20 characters.</param>
/// <param name="Url">The page, http or https.</param>
public sealed record UrlAction(string DisplayText, string Url) : InteractiveAction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<string> VisibleTexts => [DisplayText, Url];

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<ButtonsAction, TResult> buttons,
        Func<ListAction, TResult> list,
        Func<UrlAction, TResult> url,
        Func<FlowAction, TResult> flow,
        Func<LocationRequestAction, TResult> locationRequest,
        Func<ContactRequestAction, TResult> contactRequest) => url(this);
}

/// <summary>One button that opens a WhatsApp flow (a form). Exactly one of id and name says which.</summary>
/// <param name="FlowId">Meta's id of the flow.</param>
/// <param name="FlowName">Its name, instead of the id.</param>
/// <param name="Cta">What the button says, 1 to 30 characters, no emoji.</param>
/// <param name="Token">What comes back with the answers, so that they find their question.</param>
/// <param name="IsDraft">Whether an unpublished flow is meant, for trials.</param>
/// <param name="Start">How the flow starts.</param>
public sealed record FlowAction(
    string? FlowId,
    string? FlowName,
    string Cta,
    string? Token,
    bool IsDraft,
    FlowStart Start) : InteractiveAction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<string> VisibleTexts => [Cta];

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<ButtonsAction, TResult> buttons,
        Func<ListAction, TResult> list,
        Func<UrlAction, TResult> url,
        Func<FlowAction, TResult> flow,
        Func<LocationRequestAction, TResult> locationRequest,
        Func<ContactRequestAction, TResult> contactRequest) => flow(this);
}

/// <summary>How a flow starts.</summary>
/// <param name="MessageVersion">The version of Meta's flow message, "3" today.</param>
/// <param name="AsksEndpoint">True: the flow's own endpoint gives the first screen (data_exchange). False: it opens at
/// a screen (navigate).</param>
/// <param name="PayloadJson">The <c>flow_action_payload</c> object, JSON as text; null to leave it out.</param>
public sealed record FlowStart(string MessageVersion, bool AsksEndpoint, string? PayloadJson);

/// <summary>One button that sends the customer's location.</summary>
public sealed record LocationRequestAction : InteractiveAction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<string> VisibleTexts => [];

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<ButtonsAction, TResult> buttons,
        Func<ListAction, TResult> list,
        Func<UrlAction, TResult> url,
        Func<FlowAction, TResult> flow,
        Func<LocationRequestAction, TResult> locationRequest,
        Func<ContactRequestAction, TResult> contactRequest) => locationRequest(this);
}

/// <summary>One button that shares the customer's phone number, for those whom we know by user id only.</summary>
public sealed record ContactRequestAction : InteractiveAction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<string> VisibleTexts => [];

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<ButtonsAction, TResult> buttons,
        Func<ListAction, TResult> list,
        Func<UrlAction, TResult> url,
        Func<FlowAction, TResult> flow,
        Func<LocationRequestAction, TResult> locationRequest,
        Func<ContactRequestAction, TResult> contactRequest) => contactRequest(this);
}
