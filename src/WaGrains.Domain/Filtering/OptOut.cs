using System.Collections.Frozen;
using WaGrains.Domain.Text;

namespace WaGrains.Domain.Filtering;

/// <summary>
/// Whether a message asks to be left alone, or to be written to again. Businesses must honour such words
/// (Meta, opt-in and opt-out rules). Only a message that is nothing else counts: "stop" does, "when does the bus
/// stop" does not. "Cancelar" alone is said of orders as well: it counts right after marketing, or where it is written
/// in capitals, the way campaigns ask for it ("reply CANCELAR") and phones do not write by themselves.
/// </summary>
public sealed class OptOut
{
    private static readonly (string Word, WordLanguage? Language)[] Stops =
    [
        ("stop", WordLanguage.English), ("stop all", WordLanguage.English), ("stop promo", WordLanguage.English),
        ("stop promotions", WordLanguage.English), ("unsubscribe", WordLanguage.English),
        ("opt out", WordLanguage.English), ("opt-out", WordLanguage.English), ("optout", WordLanguage.English),
        ("remove me", WordLanguage.English),
        ("parar", null), ("pare", null), ("sair", WordLanguage.Portuguese),
        ("descadastrar", WordLanguage.Portuguese), ("descadastre", WordLanguage.Portuguese),
        ("me descadastre", WordLanguage.Portuguese), ("cancelar inscrição", WordLanguage.Portuguese),
        ("cancelar envio", null), ("parar promoções", WordLanguage.Portuguese), ("remover", null),
        ("não quero receber", WordLanguage.Portuguese), ("não quero mais receber", WordLanguage.Portuguese),
        ("não receber mais", WordLanguage.Portuguese),
        ("baja", WordLanguage.Spanish), ("darme de baja", WordLanguage.Spanish), ("dar de baja", WordLanguage.Spanish),
        ("alto", WordLanguage.Spanish), ("detener", WordLanguage.Spanish),
        ("detener promociones", WordLanguage.Spanish), ("cancelar suscripción", WordLanguage.Spanish),
        ("no quiero recibir", WordLanguage.Spanish), ("no recibir más", WordLanguage.Spanish),
        ("no más mensajes", WordLanguage.Spanish),
    ];

    private static readonly (string Word, WordLanguage? Language)[] Cancels =
    [
        ("cancelar", null), ("cancela", null), ("cancele", null), ("cancel", WordLanguage.English),
        ("quit", WordLanguage.English), ("end", WordLanguage.English),
    ];

    private static readonly (string Word, WordLanguage? Language)[] Starts =
    [
        ("start", WordLanguage.English), ("unstop", WordLanguage.English), ("subscribe", WordLanguage.English),
        ("opt in", WordLanguage.English), ("opt-in", WordLanguage.English), ("optin", WordLanguage.English),
        ("voltar", WordLanguage.Portuguese), ("quero receber", WordLanguage.Portuguese),
        ("voltar a receber", WordLanguage.Portuguese), ("cadastrar", WordLanguage.Portuguese),
        ("alta", WordLanguage.Spanish), ("darme de alta", WordLanguage.Spanish),
        ("quiero recibir", WordLanguage.Spanish), ("reanudar", WordLanguage.Spanish),
        ("volver", WordLanguage.Spanish),
    ];

    private readonly FrozenDictionary<string, ConsentRequest> requests;

    private OptOut(IEnumerable<string> own)
    {
        var known = new Dictionary<string, ConsentRequest>(StringComparer.Ordinal);
        foreach (var word in own)
        {
            known.TryAdd(Key(word), new ConsentRequest(ConsentWord.Stop, null));
        }

        Add(known, Stops, ConsentWord.Stop);
        Add(known, Cancels, ConsentWord.Cancel);
        Add(known, Starts, ConsentWord.Start);
        known.Remove("");
        requests = known.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The words every tenant honours, in English, Portuguese and Spanish.</summary>
    public static OptOut Default { get; } = new([]);

    /// <summary>Those and a tenant's own words to be left alone: no tenant can switch the default ones off.</summary>
    public static OptOut With(IEnumerable<string> more) => new(more);

    /// <summary>What this message, all of it, asks for; null where it is no such request.</summary>
    /// <param name="text">What the contact wrote.</param>
    public ConsentRequest? Read(string text) =>
        requests.TryGetValue(Key(text), out var request)
            ? request.Word == ConsentWord.Cancel && IsInCapitals(text)
                ? request with { Word = ConsentWord.Stop }
                : request
            : null;

    /// <summary>Whether this message, all of it, asks to be left alone whatever was said before it.</summary>
    public bool IsRequest(string text) => Read(text) is { Word: ConsentWord.Stop };

    private static bool IsInCapitals(string text) => text.Any(char.IsUpper) && !text.Any(char.IsLower);

    private static void Add(
        Dictionary<string, ConsentRequest> known, (string Word, WordLanguage? Language)[] words, ConsentWord meaning)
    {
        foreach (var (word, language) in words)
        {
            known.TryAdd(Key(word), new ConsentRequest(meaning, language));
        }
    }

    private static string Key(string text) => WordBounds.TrimToWords(TextFolding.Fold(text));
}

/// <summary>What a contact's word asks for.</summary>
public enum ConsentWord
{
    /// <summary>To be left alone.</summary>
    Stop = 1,

    /// <summary>To cancel something: to be left alone where it answers marketing, an order otherwise.</summary>
    Cancel = 2,

    /// <summary>To be written to again; said by somebody who has not opted out it means whatever else it may.</summary>
    Start = 3,
}

/// <summary>A contact's request.</summary>
/// <param name="Word">What it asks for.</param>
/// <param name="Language">The word's language; null where it is said in more than one, or is the tenant's own.</param>
public readonly record struct ConsentRequest(ConsentWord Word, WordLanguage? Language);

/// <summary>The languages of the words that every tenant honours.</summary>
public enum WordLanguage
{
    /// <summary>English.</summary>
    English = 0,

    /// <summary>Portuguese.</summary>
    Portuguese = 1,

    /// <summary>Spanish.</summary>
    Spanish = 2,
}
