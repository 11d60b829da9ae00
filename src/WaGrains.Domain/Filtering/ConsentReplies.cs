namespace WaGrains.Domain.Filtering;

/// <summary>What a contact is told once its word is honoured.</summary>
public sealed record ConsentReplies
{
    private static TextByLanguage StoppedUsual { get; } = new(
        "You will get no more messages from us. Reply START to get them again.",
        "Você não receberá mais mensagens nossas. Responda VOLTAR para voltar a recebê-las.",
        "No recibirás más mensajes nuestros. Responde ALTA para volver a recibirlos.");

    private static TextByLanguage StartedUsual { get; } = new(
        "You will get our messages again. Reply STOP to end them at any time.",
        "Você voltará a receber nossas mensagens. Responda SAIR para parar quando quiser.",
        "Volverás a recibir nuestros mensajes. Responde BAJA para dejar de recibirlos cuando quieras.");

    /// <summary>What a tenant gets that sets nothing.</summary>
    public static ConsentReplies Default { get; } = new();

    /// <summary>For words that are said in more than one language, and for the tenant's own.</summary>
    public WordLanguage Language { get; init; }

    /// <summary>To who asked to be left alone.</summary>
    public TextByLanguage Stopped { get; init => field = value ?? StoppedUsual; } = StoppedUsual;

    /// <summary>To who asked to be written to again.</summary>
    public TextByLanguage Started { get; init => field = value ?? StartedUsual; } = StartedUsual;

    /// <summary>The answer to a request; empty where the tenant wants none given.</summary>
    public string To(ConsentRequest request) =>
        (request.Word == ConsentWord.Start ? Started : Stopped).In(request.Language ?? Language);
}

/// <summary>A text in each language; an empty one says nothing.</summary>
/// <param name="En">English.</param>
/// <param name="Pt">Portuguese.</param>
/// <param name="Es">Spanish.</param>
public sealed record TextByLanguage(string En, string Pt, string Es)
{
    /// <summary>The text in this language.</summary>
    public string In(WordLanguage language) => language switch
    {
        WordLanguage.English => En,
        WordLanguage.Portuguese => Pt,
        WordLanguage.Spanish => Es,
    };
}
