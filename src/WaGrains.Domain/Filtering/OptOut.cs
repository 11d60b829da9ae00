using System.Collections.Frozen;
using WaGrains.Domain.Text;

namespace WaGrains.Domain.Filtering;

/// <summary>
/// Whether a message asks to be left alone. Businesses must honour such words
/// (Meta, opt-in and opt-out rules). Only a message that is nothing else counts: "stop" does, "when does the bus
/// stop" does not; so does not "cancelar" alone, which customers say of orders.
/// </summary>
public sealed class OptOut
{
    private static readonly string[] Words =
    [
        "stop", "stop all", "stop promo", "stop promotions", "unsubscribe", "opt out", "opt-out", "optout", "remove me",
        "parar", "pare", "sair",
        "descadastrar", "descadastre", "me descadastre", "cancelar inscrição", "cancelar envio",
        "parar promoções", "remover", "não quero receber", "não quero mais receber", "não receber mais",
        "baja", "darme de baja", "dar de baja", "alto",
        "detener", "detener promociones", "cancelar suscripción", "no quiero recibir",
        "no recibir más", "no más mensajes",
    ];

    private readonly FrozenSet<string> requests;

    private OptOut(IEnumerable<string> requests) =>
        this.requests = requests.Select(Key).Where(key => key.Length > 0).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words every tenant honours, in English, Portuguese and Spanish.</summary>
    public static OptOut Default { get; } = new(Words);

    /// <summary>Those and a tenant's own: no tenant can switch the default ones off.</summary>
    public static OptOut With(IEnumerable<string> more) => new(Words.Concat(more));

    /// <summary>Whether this message, all of it, is such a request.</summary>
    public bool IsRequest(string text) => requests.Contains(Key(text));

    private static string Key(string text) => WordBounds.TrimToWords(TextFolding.Fold(text));
}
