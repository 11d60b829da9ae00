using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>What can be tapped in an interactive message: a closed set, like <see cref="MessageContent"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$kind")]
[JsonDerivedType(typeof(ButtonsAction), "buttons")]
[JsonDerivedType(typeof(ListAction), "list")]
[JsonDerivedType(typeof(UrlAction), "cta_url")]
[JsonDerivedType(typeof(FlowAction), "flow")]
[JsonDerivedType(typeof(LocationRequestAction), "location_request")]
[JsonDerivedType(typeof(ContactRequestAction), "contact_request")]
public abstract record InteractiveAction
{
    private protected InteractiveAction()
    {
    }

    /// <summary>Every text the action itself shows, in the order a person sees it.</summary>
    [JsonIgnore]
    public abstract IEnumerable<string> VisibleTexts { get; }

    /// <summary>Calls the one function that fits the kind.</summary>
    public abstract TResult Match<TResult>(
        Func<ButtonsAction, TResult> buttons,
        Func<ListAction, TResult> list,
        Func<UrlAction, TResult> url,
        Func<FlowAction, TResult> flow,
        Func<LocationRequestAction, TResult> locationRequest,
        Func<ContactRequestAction, TResult> contactRequest);

    /// <summary>The kind alone, so that no log line can carry message text by accident.</summary>
    public sealed override string ToString() => GetType().Name;
}
