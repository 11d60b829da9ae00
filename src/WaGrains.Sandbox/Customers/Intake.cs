using System.Globalization;
using WaGrains.Sandbox.Graph;
using WaGrains.Sandbox.Judging;
using WaGrains.Sandbox.Webhooks;

namespace WaGrains.Sandbox.Customers;

/// <summary>Takes messages to the business: opens the window, counts towards throughput, tells the app.</summary>
internal sealed class Intake(Judge judge, Tally tally, WebhookOutbox outbox, Wamids wamids)
{
    public Tally Tally => tally;

    public bool IsFull => outbox.IsFull;

    public string Receive(NumberState number, Person person, byte[] contact, Draft draft, DateTimeOffset at)
    {
        var wamid = wamids.Next();
        judge.PairOf(number, person.Key).LastInbound = at;
        number.Throughput.Add(at);
        tally.Written++;
        tally.ExpectingAnswer += draft.ExpectsAnswer ? 1 : 0;
        var json = Write(number, person, draft, wamid, at);
        outbox.Add(new Update(UpdateKind.Message, number, json, contact), at);
        return wamid;
    }

    private static byte[] Write(NumberState number, Person person, Draft draft, string wamid, DateTimeOffset at) =>
        JsonBytes.Write(json =>
        {
            json.WriteStartObject();
            if (draft.ContextId is { } context)
            {
                json.WriteStartObject("context");
                json.WriteString("from", number.Digits);
                json.WriteString("id", context);
                json.WriteEndObject();
            }

            if (person.WaId is { } waId)
            {
                json.WriteString("from", waId);
            }

            json.WriteString("from_user_id", person.UserId);
            json.WriteString("id", wamid);
            json.WriteString("timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            json.WriteString("type", draft.Type);
            draft.Content(json);
            json.WriteEndObject();
        });
}
