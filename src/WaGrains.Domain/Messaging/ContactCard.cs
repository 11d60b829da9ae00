using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>One address card, as WhatsApp shows it.</summary>
/// <param name="Name">The name; its formatted form is what is shown.</param>
/// <param name="Phones">Phone numbers, may be empty.</param>
/// <param name="Emails">Mail addresses, may be empty.</param>
/// <param name="Urls">Web addresses, may be empty.</param>
/// <param name="Addresses">Postal addresses, may be empty.</param>
/// <param name="Organisation">Where the person works, if told.</param>
/// <param name="Birthday">A date as <c>YYYY-MM-DD</c>, if told.</param>
public sealed record ContactCard(
    CardName Name,
    IReadOnlyList<CardPhone> Phones,
    IReadOnlyList<CardEntry> Emails,
    IReadOnlyList<CardEntry> Urls,
    IReadOnlyList<CardAddress> Addresses,
    CardOrganisation? Organisation,
    string? Birthday)
{
    /// <inheritdoc cref="ContactCard"/>
    public IReadOnlyList<CardPhone> Phones { get; init; } = FrozenList.Of(Phones);

    /// <inheritdoc cref="ContactCard"/>
    public IReadOnlyList<CardEntry> Emails { get; init; } = FrozenList.Of(Emails);

    /// <inheritdoc cref="ContactCard"/>
    public IReadOnlyList<CardEntry> Urls { get; init; } = FrozenList.Of(Urls);

    /// <inheritdoc cref="ContactCard"/>
    public IReadOnlyList<CardAddress> Addresses { get; init; } = FrozenList.Of(Addresses);

    /// <inheritdoc cref="MessageContent.VisibleText"/>
    [JsonIgnore]
    public string VisibleText => FrozenList.Lines(
    [
        Name.Formatted,
        Organisation?.Company,
        Organisation?.Department,
        Organisation?.Title,
        .. Phones.Select(phone => phone.Phone),
        .. Emails.Select(mail => mail.Value),
        .. Urls.Select(url => url.Value),
        .. Addresses.Select(address => address.VisibleText),
    ]);

    /// <inheritdoc/>
    public bool Equals(ContactCard? other) =>
        other is not null && Name == other.Name && Organisation == other.Organisation && Birthday == other.Birthday
        && FrozenList.Same(Phones, other.Phones) && FrozenList.Same(Emails, other.Emails)
        && FrozenList.Same(Urls, other.Urls) && FrozenList.Same(Addresses, other.Addresses);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Birthday, FrozenList.Hash(Phones));

    /// <summary>Nothing of the person, so that no log line can carry it by accident.</summary>
    public override string ToString() => nameof(ContactCard);
}

/// <summary>A name in an address card.</summary>
/// <param name="Formatted">The whole name as shown; required.</param>
/// <param name="First">Given name; WhatsApp wants at least one part beside the formatted name.</param>
/// <param name="Last">Family name.</param>
/// <param name="Middle">Middle name.</param>
/// <param name="Prefix">Such as a title before the name.</param>
/// <param name="Suffix">Such as a degree behind it.</param>
public sealed record CardName(
    string Formatted,
    string? First,
    string? Last,
    string? Middle,
    string? Prefix,
    string? Suffix);

/// <summary>A phone number in an address card.</summary>
/// <param name="Phone">As people write it.</param>
/// <param name="Type">Such as WORK or CELL; free text.</param>
/// <param name="WaId">Digits of the WhatsApp account, which give the card its message button.</param>
public sealed record CardPhone(string Phone, string? Type, string? WaId);

/// <summary>A mail or web address in an address card.</summary>
/// <param name="Value">The address.</param>
/// <param name="Type">Such as WORK or HOME; free text.</param>
public sealed record CardEntry(string Value, string? Type);

/// <summary>A postal address in an address card.</summary>
public sealed record CardAddress(
    string? Street,
    string? City,
    string? State,
    string? Zip,
    string? Country,
    string? CountryCode,
    string? Type)
{
    /// <inheritdoc cref="MessageContent.VisibleText"/>
    [JsonIgnore]
    public string VisibleText => FrozenList.Lines(Street, City, State, Zip, Country);
}

/// <summary>Where the person of an address card works.</summary>
public sealed record CardOrganisation(string? Company, string? Department, string? Title);
