using WaGrains.Domain.Bots;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Turns;

/// <summary>The people and things that tests of owners speak of.</summary>
internal static class Given
{
    public static readonly TenantId Tenant = TenantId.Parse("demo");
    public static readonly PhoneNumberId Number = new(101);
    public static readonly ConversationId Talk = new(Number, new ContactId(500));
    public static readonly TeamId Sales = new(301);
    public static readonly TeamId Support = new(302);
    public static readonly AgentId Ana = new(401);
    public static readonly AgentId Bo = new(402);

    /// <summary>A time that no clock of milliseconds or microseconds shows.</summary>
    public static readonly DateTimeOffset Now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)
        .AddTicks(1_234_567);

    public static readonly IdempotencyKey Key = new("key-1", 77);

    public static readonly TenantConfiguration Configuration = new()
    {
        Keywords =
        [
            new KeywordRule("hours", ["horario"], MatchKind.Word, ["9 to 18", "Closed on Sundays"], null, 0,
                KeywordRuleState.Enabled),
            new KeywordRule("sales", ["buy"], MatchKind.Word, ["One moment"], Sales, 0, KeywordRuleState.Enabled),
        ],
        Forbidden = [new ForbiddenRule("no_pix", ["pix"], FilterReach.AsWritten)],
        DefaultTeam = Support,
        CloseIdleHours = 24,
    };

    public static readonly TenantRules Rules = new(Configuration, 1);

    public static OwnerKey Of(TeamId team) => OwnerKey.Of(Tenant, team);

    public static OwnerKey Of(AgentId agent) => OwnerKey.Of(Tenant, agent);

    public static OwnerKey TheNumber => OwnerKey.Of(Tenant, Number);

    public static TextContent Text(string body) => new(body, PreviewUrl: false);

    public static TemplateContent Template() => new("hello", "en", TemplateCategory.Utility, [], [], []);

    public static TemplateContent Marketing { get; } = new("offer", "en", TemplateCategory.Marketing, [], [], []);

    public static MessageId Id(int n) => MessageId.New(Now.AddMinutes(-1), (UInt128)n);

    public static InboundDelivery Delivery(
        string wamid, string text, DateTimeOffset? at = null, InboundKind kind = InboundKind.Text)
    {
        var sentAt = at ?? Now.AddSeconds(-1);
        var message = new InboundMessage(wamid, sentAt, kind, text, null, null, null, "{}"u8.ToArray());
        return new InboundDelivery(MessageId.Inbound(Tenant, wamid, sentAt), message);
    }

    public static PersonNames Person { get; } = new("5511999990000", null, null, "Mia");

    public static ReceiveInbound Inbound(params InboundDelivery[] deliveries) => new(deliveries, Person, null, []);

    public static SendMessage Send(int id, MessageContent content, AgentId? author = null, Lane lane = Lane.Reply) =>
        new(Id(id), content, lane, null, author, null, new Recipient("5511999990000", null), null);
}
