namespace WaGrains.Sandbox.Customers;

/// <summary>What customers say: about half the openings hold a word a keyword bot would know.</summary>
internal static class Phrases
{
    private static readonly string[] PortugueseOpenings =
    [
        "Oi, qual o preço do plano básico?", "Bom dia! Qual o horário de atendimento?", "Preciso de ajuda, por favor",
        "Quero falar com um atendente", "Olá, meu pedido ainda não chegou 😕", "Vocês entregam em São José?",
        "Boa tarde, gostei do produto da vitrine", "Preço à vista tem desconto?",
    ];

    private static readonly string[] PortugueseReplies =
    [
        "Obrigada!", "Certo, e o preço do frete?", "Pode ser amanhã de manhã?", "Ainda não entendi 🤔", "Não, só isso",
    ];

    private static readonly string[] EnglishOpenings =
    [
        "Hi, what is the price of the basic plan?", "What are your opening hours?", "I need help with my order",
        "Can I talk to an agent, please?", "My parcel arrived open", "Do you ship to Canada?", "Is the blue one back?",
        "Good morning 👋",
    ];

    private static readonly string[] EnglishReplies =
        ["Thanks!", "And the price with delivery?", "Would tomorrow work?", "I still don't see it", "No, that's all"];

    private static readonly string[] SpanishOpenings =
    [
        "Hola, ¿cuál es el precio?", "¿Qué horario tienen hoy?", "Necesito ayuda con mi pedido",
        "Quiero hablar con un agente", "¿Hacen envíos a Córdoba?", "Mi cupón no funciona 😔", "Buenas tardes",
    ];

    private static readonly string[] SpanishReplies =
        ["¡Gracias!", "¿Y el precio con envío?", "Mañana puedo pasar", "Todavía no lo veo", "No, eso es todo"];

    public static IReadOnlyList<string> Openings(Language language) => language switch
    {
        Language.Portuguese => PortugueseOpenings,
        Language.English => EnglishOpenings,
        Language.Spanish => SpanishOpenings,
    };

    public static IReadOnlyList<string> Replies(Language language) => language switch
    {
        Language.Portuguese => PortugueseReplies,
        Language.English => EnglishReplies,
        Language.Spanish => SpanishReplies,
    };
}
