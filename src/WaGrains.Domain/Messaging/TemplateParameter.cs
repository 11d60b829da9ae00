using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>One value that fills a template: a closed set, like <see cref="MessageContent"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$kind")]
[JsonDerivedType(typeof(TextParameter), "text")]
[JsonDerivedType(typeof(CurrencyParameter), "currency")]
[JsonDerivedType(typeof(DateTimeParameter), "date_time")]
[JsonDerivedType(typeof(MediaParameter), "media")]
[JsonDerivedType(typeof(LocationParameter), "location")]
[JsonDerivedType(typeof(PayloadParameter), "payload")]
[JsonDerivedType(typeof(CouponCodeParameter), "coupon_code")]
[JsonDerivedType(typeof(ActionParameter), "action")]
public abstract record TemplateParameter
{
    private protected TemplateParameter()
    {
    }

    /// <inheritdoc cref="MessageContent.VisibleText"/>
    [JsonIgnore]
    public virtual string? VisibleText => null;

    /// <summary>The variable it fills, where the template names its variables; null where position counts.</summary>
    [JsonIgnore]
    public virtual string? VariableName => null;

    /// <summary>Calls the one function that fits the kind.</summary>
    public abstract TResult Match<TResult>(
        Func<TextParameter, TResult> text,
        Func<CurrencyParameter, TResult> currency,
        Func<DateTimeParameter, TResult> dateTime,
        Func<MediaParameter, TResult> media,
        Func<LocationParameter, TResult> location,
        Func<PayloadParameter, TResult> payload,
        Func<CouponCodeParameter, TResult> couponCode,
        Func<ActionParameter, TResult> action);

    /// <summary>The kind alone, so that no log line can carry message text by accident.</summary>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>Text, in header, body or the end of a button's address.</summary>
/// <param name="Text">Never empty.</param>
/// <param name="Name">The variable, where the template names its variables.</param>
public sealed record TextParameter(string Text, string? Name) : TemplateParameter
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string VisibleText => Text;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? VariableName => Name;

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextParameter, TResult> text,
        Func<CurrencyParameter, TResult> currency,
        Func<DateTimeParameter, TResult> dateTime,
        Func<MediaParameter, TResult> media,
        Func<LocationParameter, TResult> location,
        Func<PayloadParameter, TResult> payload,
        Func<CouponCodeParameter, TResult> couponCode,
        Func<ActionParameter, TResult> action) => text(this);
}

/// <summary>An amount of money, which the phone writes its own way.</summary>
/// <param name="FallbackText">What is shown where that fails.</param>
/// <param name="Currency">ISO 4217, three letters.</param>
/// <param name="AmountThousandths">The amount times 1,000.</param>
/// <param name="Name">The variable, where the template names its variables.</param>
public sealed record CurrencyParameter(string FallbackText, string Currency, long AmountThousandths, string? Name)
    : TemplateParameter
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string VisibleText => FallbackText;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? VariableName => Name;

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextParameter, TResult> text,
        Func<CurrencyParameter, TResult> currency,
        Func<DateTimeParameter, TResult> dateTime,
        Func<MediaParameter, TResult> media,
        Func<LocationParameter, TResult> location,
        Func<PayloadParameter, TResult> payload,
        Func<CouponCodeParameter, TResult> couponCode,
        Func<ActionParameter, TResult> action) => currency(this);
}

/// <summary>A time; WhatsApp shows the text as it is.</summary>
/// <param name="FallbackText">The time in words.</param>
/// <param name="Name">The variable, where the template names its variables.</param>
public sealed record DateTimeParameter(string FallbackText, string? Name) : TemplateParameter
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string VisibleText => FallbackText;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? VariableName => Name;

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextParameter, TResult> text,
        Func<CurrencyParameter, TResult> currency,
        Func<DateTimeParameter, TResult> dateTime,
        Func<MediaParameter, TResult> media,
        Func<LocationParameter, TResult> location,
        Func<PayloadParameter, TResult> payload,
        Func<CouponCodeParameter, TResult> couponCode,
        Func<ActionParameter, TResult> action) => dateTime(this);
}

/// <summary>A file in the header.</summary>
/// <param name="Kind">Image, video or document.</param>
/// <param name="Media">Where Meta finds it.</param>
/// <param name="Filename">The name a document is shown with.</param>
public sealed record MediaParameter(
    [property: JsonPropertyName("media_kind")] MediaKind Kind, MediaRef Media, string? Filename) : TemplateParameter
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string? VisibleText => Filename;

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextParameter, TResult> text,
        Func<CurrencyParameter, TResult> currency,
        Func<DateTimeParameter, TResult> dateTime,
        Func<MediaParameter, TResult> media,
        Func<LocationParameter, TResult> location,
        Func<PayloadParameter, TResult> payload,
        Func<CouponCodeParameter, TResult> couponCode,
        Func<ActionParameter, TResult> action) => media(this);
}

/// <summary>A place in the header.</summary>
/// <param name="Location">The place.</param>
public sealed record LocationParameter(LocationContent Location) : TemplateParameter
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string VisibleText => Location.VisibleText;

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextParameter, TResult> text,
        Func<CurrencyParameter, TResult> currency,
        Func<DateTimeParameter, TResult> dateTime,
        Func<MediaParameter, TResult> media,
        Func<LocationParameter, TResult> location,
        Func<PayloadParameter, TResult> payload,
        Func<CouponCodeParameter, TResult> couponCode,
        Func<ActionParameter, TResult> action) => location(this);
}

/// <summary>What comes back when a quick-reply button is tapped.</summary>
/// <param name="Payload">At most 256 characters.</param>
public sealed record PayloadParameter(string Payload) : TemplateParameter
{
    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextParameter, TResult> text,
        Func<CurrencyParameter, TResult> currency,
        Func<DateTimeParameter, TResult> dateTime,
        Func<MediaParameter, TResult> media,
        Func<LocationParameter, TResult> location,
        Func<PayloadParameter, TResult> payload,
        Func<CouponCodeParameter, TResult> couponCode,
        Func<ActionParameter, TResult> action) => payload(this);
}

/// <summary>What a copy-code button copies.</summary>
/// <param name="Code">At most 15 characters.</param>
public sealed record CouponCodeParameter(string Code) : TemplateParameter
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string VisibleText => Code;

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextParameter, TResult> text,
        Func<CurrencyParameter, TResult> currency,
        Func<DateTimeParameter, TResult> dateTime,
        Func<MediaParameter, TResult> media,
        Func<LocationParameter, TResult> location,
        Func<PayloadParameter, TResult> payload,
        Func<CouponCodeParameter, TResult> couponCode,
        Func<ActionParameter, TResult> action) => couponCode(this);
}

/// <summary>What a flow, catalog or product button starts with.</summary>
/// <param name="Json">Meta's action object, JSON as text, passed on as it is.</param>
public sealed record ActionParameter(string Json) : TemplateParameter
{
    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextParameter, TResult> text,
        Func<CurrencyParameter, TResult> currency,
        Func<DateTimeParameter, TResult> dateTime,
        Func<MediaParameter, TResult> media,
        Func<LocationParameter, TResult> location,
        Func<PayloadParameter, TResult> payload,
        Func<CouponCodeParameter, TResult> couponCode,
        Func<ActionParameter, TResult> action) => action(this);
}
