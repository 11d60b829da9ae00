using System.Text;
using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Serialization;

namespace WaGrains.Storage.Tests;

/// <summary>Rows that differ from one another in what a test names.</summary>
public static class Sample
{
    public static readonly TenantId Acme = TenantId.Parse("acme");
    public static readonly TenantId Rival = TenantId.Parse("rival");
    public static readonly PhoneNumberId Number = new(7);
    public static readonly TeamId Team = new(30);
    public static readonly AgentId Ana = new(1);
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    public static MessageId Id(int n) => MessageId.New(At(n), (UInt128)(ulong)n);

    public static ConversationId With(ulong contact) => new(Number, new ContactId(contact));

    public static MessageAdded Inbound(int n, ulong contact = 100) => new(new MessageRow(
        Acme,
        Id(n),
        With(contact),
        Direction.Inbound,
        "text",
        MessageStatus.Received,
        $"wamid.{n}",
        null,
        "",
        $"hello {n}",
        new MessagePayload(Encoding.UTF8.GetBytes($"{{\"n\":{n}}}"), null)));

    public static MessageAdded Outbound(int n, ulong contact = 100) => new(new MessageRow(
        Acme,
        Id(n),
        With(contact),
        Direction.Outbound,
        "text",
        MessageStatus.Queued,
        null,
        "wamid.quoted",
        "api",
        $"answer {n}",
        new MessagePayload(default, new TextContent($"answer {n}", PreviewUrl: false))));

    public static QueueRow Row(int n, ulong contact = 100) => new(
        Acme,
        Number,
        Id(n),
        With(contact),
        n,
        Lane.Utility,
        At(n),
        At(n + 3600),
        At(n + 60),
        new Recipient("5511987654321", null),
        "wamid.quoted",
        0,
        QueuePhase.Queued,
        null,
        null);

    public static ConversationState Conversation(ulong contact, long version = 1) =>
        ConversationState.Fresh(Acme, With(contact)) with { Version = version, LastActivityAt = At(contact) };

    public static ConversationWritten Write(ConversationState state) => new(state);

    public static AgentWritten Agent(ulong id, long version = 1, string name = "Ana") =>
        new(new AgentState { Tenant = Acme, Id = new AgentId(id), Version = version, Name = name });

    public static TeamWritten TeamOf(params AgentId[] members) =>
        new(new TeamState { Tenant = Acme, Id = Team, Version = 1, Name = "Sales", Members = members });

    public static PhoneNumberWritten NumberRow(ulong id = 7, long version = 1, string metaId = "106540352242922") =>
        new(PhoneNumberState.Fresh(Acme, new PhoneNumberId(id), Start) with
        {
            Version = version,
            Settings = new PhoneNumberSettings { PhoneNumberId = metaId, Name = "Main" },
        });

    public static AlertRaised Alert(int n) => new(Acme, Id(n), At(n), "number_risk", "pn_x", $"alert {n}");

    public static PaceChanged Pace(long entry, ulong number = 7) => new(
        Acme, new PhoneNumberId(number), entry, At(entry), "day_closed", PaceReason.WarmUp, entry, entry + (5 / 7.0));

    public static IdempotencyKept Idempotent(string key, double seconds) =>
        new(Acme, key, 77, new Refused(Refusals.NotFound), At(seconds));

    /// <summary>A value's stored form: equal exactly where a store would not tell two values apart.</summary>
    public static string Json<T>(T value) => Encoding.UTF8.GetString(StoredJson.Write(value));
}
