using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>One to three buttons; the tapped one comes back with its id.</summary>
/// <param name="Buttons">In the order shown; ids and titles are unique.</param>
public sealed record ButtonsAction(IReadOnlyList<ReplyButton> Buttons) : InteractiveAction
{
    /// <inheritdoc cref="ButtonsAction"/>
    public IReadOnlyList<ReplyButton> Buttons { get; init; } = FrozenList.Of(Buttons);

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<string> VisibleTexts => Buttons.Select(button => button.Title);

    /// <inheritdoc/>
    public bool Equals(ButtonsAction? other) => other is not null && FrozenList.Same(Buttons, other.Buttons);

    /// <inheritdoc/>
    public override int GetHashCode() => FrozenList.Hash(Buttons);

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<ButtonsAction, TResult> buttons,
        Func<ListAction, TResult> list,
        Func<UrlAction, TResult> url,
        Func<FlowAction, TResult> flow,
        Func<LocationRequestAction, TResult> locationRequest,
        Func<ContactRequestAction, TResult> contactRequest) => buttons(this);
}

/// <summary>A button that answers.</summary>
/// <param name="Id">What comes back when it is tapped, 1 to 256 characters, no space at either end.</param>
/// <param name="Title">What it says, 1 to 20 characters.</param>
public sealed record ReplyButton(string Id, string Title);

/// <summary>A menu behind one button; the chosen row comes back with its id.</summary>
/// <param name="Button">What the button says, 1 to 20 characters.</param>
/// <param name="Sections">One to ten sections with at most ten rows in all.</param>
public sealed record ListAction(string Button, IReadOnlyList<ListSection> Sections) : InteractiveAction
{
    /// <inheritdoc cref="ListAction"/>
    public IReadOnlyList<ListSection> Sections { get; init; } = FrozenList.Of(Sections);

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<string> VisibleTexts =>
        [Button, .. Sections.SelectMany(section => section.VisibleTexts)];

    /// <inheritdoc/>
    public bool Equals(ListAction? other) =>
        other is not null && Button == other.Button && FrozenList.Same(Sections, other.Sections);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Button, FrozenList.Hash(Sections));

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<ButtonsAction, TResult> buttons,
        Func<ListAction, TResult> list,
        Func<UrlAction, TResult> url,
        Func<FlowAction, TResult> flow,
        Func<LocationRequestAction, TResult> locationRequest,
        Func<ContactRequestAction, TResult> contactRequest) => list(this);
}

/// <summary>Rows under one heading.</summary>
/// <param name="Title">The heading, at most 24 characters; required when there are several sections.</param>
/// <param name="Rows">At least one.</param>
public sealed record ListSection(string? Title, IReadOnlyList<ListRow> Rows)
{
    /// <inheritdoc cref="ListSection"/>
    public IReadOnlyList<ListRow> Rows { get; init; } = FrozenList.Of(Rows);

    /// <summary>Heading and rows, in the order shown.</summary>
    [JsonIgnore]
    public IEnumerable<string> VisibleTexts =>
        [Title ?? string.Empty, .. Rows.SelectMany(row => new[] { row.Title, row.Description ?? string.Empty })];

    /// <inheritdoc/>
    public bool Equals(ListSection? other) =>
        other is not null && Title == other.Title && FrozenList.Same(Rows, other.Rows);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Title, FrozenList.Hash(Rows));
}

/// <summary>One choice of a menu.</summary>
/// <param name="Id">What comes back when it is chosen, 1 to 200 characters, unique in the menu.</param>
/// <param name="Title">1 to 24 characters.</param>
/// <param name="Description">At most 72 characters.</param>
public sealed record ListRow(string Id, string Title, string? Description);
