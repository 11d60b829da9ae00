namespace WaGrains.Load.Exchanges;

/// <summary>Which status of a message of ours.</summary>
internal enum StatusKind
{
    /// <summary>On its way.</summary>
    Sent,

    /// <summary>On the customer's phone.</summary>
    Delivered,

    /// <summary>Seen by the customer.</summary>
    Read,
}

/// <summary>
/// Writes the bodies a run sends: webhooks as Meta forms them (non-ASCII as lower-case \u escapes, slashes escaped, in
/// the signed bytes) and an agent's answer. Shapes: https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks,
/// read 2026-11.
/// </summary>
internal sealed class Payloads
{
    /// <summary>
    /// Large enough for every body; a callback is at most 512 characters, each escaped to at most 6 bytes.
    /// </summary>
    public const int BytesMax = 8192;

    /// <summary>A word that is in every customer text, so that one keyword rule answers all of them.</summary>
    public const string Keyword = "catalogo";

    private const string Close = "}]},'field':'messages'}]}]}";

    private static readonly string[] Texts =
    [
        @"Ol\u00e1! Vi o catalogo de ver\u00e3o e queria saber mais sobre a entrega em S\u00e3o Paulo \ud83d\ude00 obg",
        @"catalogo por favor, quanto custa o azul? vi em https:\/\/shop.example.test\/verao?x=1 e gostei muito dele",
        @"Hello, please send me the catalogo of this summer \u2014 I would like to order two of the blue ones today",
        @"Buenas, me pasas el catalogo? Quiero saber el precio \u00bftiene env\u00edo a casa? muchas gracias por todo",
    ];

    private static readonly string[] StatusWords = ["sent", "delivered", "read"];

    private readonly Template[] _messages;
    private readonly Template[] _statusHeads;
    private readonly Template _statusTail;
    private Template[] _answers = [];

    /// <param name="population">Gives the ids.</param>
    public Payloads(Population population)
    {
        var open = "{'object':'whatsapp_business_account','entry':[{'id':'" + population.AccountId
            + "','changes':[{'value':"
            + "{'messaging_product':'whatsapp','metadata':{'display_phone_number':'551130[N]','phone_number_id':'"
            + population.NumberPrefix + "[N]'},";
        _messages = [.. Texts.Select(text => new Template(open + MessageSource(text) + Close))];
        _statusHeads = [.. StatusWords.Select(word => new Template(open + StatusSource(word)))];
        _statusTail = new Template(
            ",'pricing':{'billable':false,'pricing_model':'PMP','type':'free_customer_service','category':'service'}"
            + Close);
    }

    /// <summary>Prepares the agents' answers.</summary>
    /// <param name="numberIds">The host's own ids of the numbers, by index.</param>
    public void PrepareAnswers(IReadOnlyList<string> numberIds) =>
        _answers = [.. numberIds.Select(id => new Template("{'number_id':'" + id + "','to':'+55119[C]',"
            + @"'content':{'type':'text','text':{'body':'Claro, j\u00e1 verifico isso para voc\u00ea. Ref [I]'}}}"))];

    /// <summary>A customer's text, about 900 bytes; the length is returned.</summary>
    public int Message(Span<byte> target, int exchange, in SlotValues values) =>
        _messages[exchange % _messages.Length].Write(target, values);

    /// <summary>A status of a message of ours; the length is returned.</summary>
    /// <param name="target">At least <see cref="BytesMax"/>.</param>
    /// <param name="kind">Which.</param>
    /// <param name="values">The message's own values.</param>
    /// <param name="callback">What the send carried, still escaped as JSON: echoed byte for byte. Empty leaves the
    /// field out.</param>
    public int Status(Span<byte> target, StatusKind kind, in SlotValues values, ReadOnlySpan<byte> callback)
    {
        var length = _statusHeads[(int)kind].Write(target, values);
        if (!callback.IsEmpty)
        {
            length += Append(target[length..], ",\"biz_opaque_callback_data\":\""u8);
            length += Append(target[length..], callback);
            length += Append(target[length..], "\""u8);
        }

        return length + _statusTail.Write(target[length..], values);
    }

    /// <summary>An agent's answer for <c>POST /v1/messages</c>; its text ends with the exchange's id.</summary>
    public int Answer(Span<byte> target, in SlotValues values) => _answers[values.Number].Write(target, values);

    private static int Append(Span<byte> target, ReadOnlySpan<byte> part)
    {
        part.CopyTo(target);
        return part.Length;
    }

    private static string MessageSource(string text) =>
        "'contacts':[{'profile':{'name':'" + @"Jo\u00e3o Concei\u00e7\u00e3o [C]'},'wa_id':'55119[C]'}],"
        + "'messages':[{'from':'55119[C]','id':'" + MessageIds.InboundPrefix + "[I]" + MessageIds.Suffix
        + "','timestamp':'[T]','type':'text','text':{'body':'" + text + "'},'referral':{"
        + @"'source_url':'https:\/\/fb.example.test\/5dZ1nVxYk','source_id':'120210000[N]','source_type':'ad',"
        + @"'headline':'Promo\u00e7\u00e3o de ver\u00e3o','body':'Fale com a gente','media_type':'image',"
        + @"'image_url':'https:\/\/cdn.example.test\/v\/t45\/0000.png','ctwa_clid':'ARAkLkA8rmlFeiCktEJQQTwRiyYHAFDL'}";

    private static string StatusSource(string word) =>
        "'contacts':[{'profile':{'name':'" + @"Jo\u00e3o Concei\u00e7\u00e3o [C]'},'wa_id':'55119[C]'}],"
        + "'statuses':[{'id':'" + MessageIds.OutboundPrefix + "[I]" + MessageIds.Suffix + "','status':'" + word
        + "','timestamp':'[T]','recipient_id':'55119[C]'";
}
