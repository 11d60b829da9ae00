using System.Text.Json;
using WaGrains.Domain.Agents;
using WaGrains.Domain.Bots;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Feed;
using WaGrains.Engine.Serialization;

namespace WaGrains.Engine.Tests.Goldens;

/// <summary>What is stored today must load for ever. <c>WAGRAINS_UPDATE_GOLDENS=1</c> writes what is instead of
/// comparing.</summary>
public sealed class GoldenTests
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)
        .AddTicks(1_234_567);
    private static readonly MessageId Id = MessageId.New(At, 7);
    private static readonly TeamId Team = Bench.Team;
    private static readonly MediaRef Media = new("880001", null);

    private static readonly ConversationState Conversation = new()
    {
        Tenant = Bench.Tenant, Id = Bench.Talk, Version = 3, Phase = ConversationPhase.Held, Team = Team,
        Holder = Bench.Ana, Offer = 4,
        Asked = new AgentId(402), Declined = "agent_offline", WaitingSince = At,
        To = new Recipient("5511999990000", null),
        ProfileName = "Mia", LastInboundAt = At, Window = new ServiceWindow(At), LastActivityAt = At,
        UnansweredSince = At,
        ReplyCountedOn = new DateOnly(2026, 11, 22), Ordinal = 5, OptedOutAt = At, OffHoursRepliedAt = At,
        Recent = [Id], RecentFloor = Id,
        Unsettled = [Id], AliasOf = Bench.Talk, Aliases = [Bench.Talk], IdleTimerAt = At,
        Parcel = new MergeParcel(
            ConversationPhase.Held, Bench.Ana, Team, new ServiceWindow(At), At, new Recipient(null, "u1"))
        {
            Aliases = [Bench.Talk], Unsettled = [Id],
        },
    };

    private static readonly PhoneNumberState Number = PhoneNumberState.Fresh(Bench.Tenant, Bench.Number, At) with
    {
        Version = 2, WarmUp = WarmUp.Begin(At).OnRisk(At), Pacing = new Pacing(10, 1, 4_800, At),
        Slot = new Gcra(At + Gcra.Fresh(20).Interval, 20),
        Traffic = new DayTraffic(1, 2, 3, 4, 5, 6, 7), Quality = QualityRating.Yellow, Throttles = 2, HeldUntil = At,
        Stopped = "why",
        Settings = new PhoneNumberSettings
        {
            PhoneNumberId = "1001", AccountId = "2002", DisplayNumber = "+55 11", Name = "Main",
            Policy = SendingPolicy.Cloud,
            CeilingPerMinute = 90.5, Throughput = ThroughputLevel.High, QueueMax = 5, Team = Team,
            SealedToken = "sealed",
        },
    };

    private static readonly TenantState Tenant = new()
    {
        Id = Bench.Tenant, Version = 2, Name = "Demo",
        Configuration = new TenantConfiguration
        {
            Keywords = [new KeywordRule("r", ["oi"], MatchKind.Word, ["hi"], Team, 1, KeywordRuleState.Enabled)],
            Forbidden = [new ForbiddenRule("f", ["pix"], FilterReach.ThroughSpacing)], OptOutWords = ["chega"],
            OffHoursReply = "later",
            BusinessHours = new OpeningPlan(
                "UTC", [new WeeklyHours(DayOfWeek.Monday, new OpenHours(new TimeOnly(9, 0), new TimeOnly(18, 0)))],
                [new Holiday(new DateOnly(2026, 12, 25), [])]),
            DefaultTeam = Team, CloseIdleHours = 12, ResendUnknown = true,
        },
    };

    private static readonly IReadOnlyDictionary<string, object> All = new Dictionary<string, object>
    {
        ["conversation"] = Conversation,
        ["conversation_marketing"] = Conversation with
        {
            MarketingStoppedAt = At, MarketingParkedUntil = At, Marketing = [new MarketingSend(Id, 4, At)],
        },
        ["phone_number"] = Number,
        ["phone_number_held"] = Number with
        {
            HeldFor = "throughput_upgrade", HeldSince = At, StoppedSince = At, PausedSince = At, LevelSince = At,
            Recorded = new RecordedPace(3, At, PaceReason.Stopped, 0),
            Traffic = new DayTraffic(1, 2, 3, 4, 5, 6, 7)
            {
                MarketingSince = At, Told = RiskEvent.OptOutRatio, OptedOutIn = [Bench.Talk],
            },
        },
        ["tenant"] = Tenant,
        ["tenant_pacing"] = Tenant with
        {
            Configuration = Tenant.Configuration with
            {
                Pacing = new PacingRules
                {
                    WarmUp = new WarmUpRules(10, 30, 28, 60, 2, 1.3),
                    Day = new DayRules(10, 0.2, 0.3, 0.04, 100, 0.05, 30),
                    Throttling = new ThrottleRules(2, 0.05),
                    QuietHours = new QuietHours(new TimeOnly(20, 0), new TimeOnly(8, 0)),
                    FrequencyCap = new FrequencyCap(2, 7),
                },
                ConsentReplies = new ConsentReplies
                {
                    Language = WordLanguage.Spanish, Stopped = new TextByLanguage("a", "b", "c"),
                    Started = new TextByLanguage("d", "e", "f"),
                },
            },
        },
        ["team"] = new TeamState { Tenant = Bench.Tenant, Id = Team, Version = 1, Name = "T",
            Strategy = RoutingStrategy.Sticky, Members = [Bench.Ana] },
        ["agent"] = new AgentState
        {
            Tenant = Bench.Tenant, Id = Bench.Ana, Version = 1, Name = "Ana", Capacity = new AgentCapacity(9),
            Presence = Presence.Away, Teams = [Team],
        },
        ["content_text"] = new TextContent("Hi 👍", true),
        ["content_media"] = new MediaContent(MediaKind.Audio, Media, "c", "f", true),
        ["content_location"] = new LocationContent(1.5, -2.5, "n", "a"),
        ["content_reaction"] = new ReactionContent("wamid.A", "👍"),
        ["content_contacts"] = new ContactsContent([new ContactCard(
            new CardName("Mia S", "Mia", "S", null, null, null), [new CardPhone("+49", "WORK", "49")],
            [new CardEntry("m@example.test", null)],
            [], [new CardAddress("s", "c", null, "z", "Germany", "de", null)], new CardOrganisation("o", null, "t"),
            "1990-01-31")]),
        ["content_buttons"] = new InteractiveContent(
            new MediaHeader(MediaKind.Image, Media, null), "b", "f", new ButtonsAction([new ReplyButton("ok", "Yes")])),
        ["content_list"] = new InteractiveContent(
            new TextHeader("h"), "b", null,
            new ListAction("Pick", [new ListSection("s", [new ListRow("r", "t", "d")])])),
        ["content_url"] = new InteractiveContent(null, "b", null, new UrlAction("Open", "https://example.test/")),
        ["content_flow"] = new InteractiveContent(
            null, "b", null, new FlowAction("1", null, "Go", "tok", false, new FlowStart("3", false, "{}"))),
        ["content_location_request"] = new InteractiveContent(null, "b", null, new LocationRequestAction()),
        ["content_contact_request"] = new InteractiveContent(null, "b", null, new ContactRequestAction()),
        ["content_template"] = new TemplateContent(
            "n", "en", TemplateCategory.Utility, [new MediaParameter(MediaKind.Video, Media, "f"),
                new LocationParameter(new LocationContent(1, 2, null, null))],
            [new TextParameter("t", "n"), new CurrencyParameter("1", "EUR", 1000, null),
                new DateTimeParameter("d", null)],
            [new TemplateButton(TemplateButtonKind.QuickReply, 0, [new PayloadParameter("p")]),
                new TemplateButton(TemplateButtonKind.CopyCode, 1, [new CouponCodeParameter("c")]),
                new TemplateButton(TemplateButtonKind.Flow, 2, [new ActionParameter("{}")])]),
        ["feed_events"] = (IReadOnlyList<FeedEvent>)
        [
            new FeedEvent { Kind = FeedKinds.MessageQueued, Conversation = Bench.Talk, Message = Id, Detail = "bot" },
            new FeedEvent { Kind = FeedKinds.NumberStopped, Number = Bench.Number, Detail = "why" },
            new FeedEvent
            {
                Kind = FeedKinds.ConversationAssigned, Conversation = Bench.Talk, Agent = Bench.Ana, Team = Team,
            },
            new FeedEvent { Kind = FeedKinds.AlertRaised, Subject = "pn_1", Detail = "number_risk" },
        ],
        ["reply_done"] = Done.Reply,
        ["reply_refused"] = new Refused(Refusals.QueueFull(TimeSpan.FromMinutes(1))),
        ["reply_send_receipt"] = new SendReceipt(Id, 3, 4),
        ["reply_moved"] = new Moved(Bench.Conversation),
        ["reply_pace_report"] = new PaceReport(
            Number, 12.5, [WarmUp.Begin(At).Term(PacingRules.Default.WarmUp, At) with { Until = null }],
            new Dictionary<Lane, int> { [Lane.Reply] = 1, [Lane.Campaign] = 2 }, 1, At),
        ["reply_conversation_view"] = new ConversationView(Conversation),
        ["reply_tenant_view"] = new TenantView(Tenant),
        ["reply_portfolio_view"] = new PortfolioView(
            new PortfolioState
            {
                Tenant = Bench.Tenant, Id = new PortfolioId(9), Version = 3, Limit = MessagingLimit.Unlimited,
                LimitSince = At, LimitCause = "operator", Numbers = [Bench.Number],
            },
            5, 6, At),
        ["phone_number_lacking"] = Number with { BudgetSince = At, BudgetUntil = At },
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Golden_loads_and_is_written_back_the_same(string name)
    {
        var path = Path.Combine(Folder(), $"{name}.json");
        if (Environment.GetEnvironmentVariable("WAGRAINS_UPDATE_GOLDENS") == "1")
        {
            File.WriteAllBytes(path, [.. Write(All[name]), (byte)'\n']);
        }

        var stored = File.ReadAllText(path).TrimEnd('\n');
        Assert.Equal(stored, Text(All[name]));
        Assert.Equal(stored, Text(Read(name, stored)));
    }

    [Fact]
    public void Unknown_member_is_refused() => Assert.Throws<JsonException>(
        () => StoredJson.Read<Reply>("""{"$kind":"done.v1","more":1}"""u8));

    [Fact]
    public void Event_of_a_newer_version_is_read_as_far_as_it_is_known() => Assert.Equal(
        [new FeedEvent { Kind = "x", Detail = "d" }],
        StoredJson.Read<IReadOnlyList<FeedEvent>>("""[{"kind":"x","mood":1,"detail":"d"}]"""u8));

    private static string Text(object value) => System.Text.Encoding.UTF8.GetString(Write(value));

    private static byte[] Write(object value) => value switch
    {
        ConversationState state => StoredJson.Write(state),
        PhoneNumberState state => StoredJson.Write(state),
        TenantState state => StoredJson.Write(state),
        TeamState state => StoredJson.Write(state),
        AgentState state => StoredJson.Write(state),
        MessageContent content => StoredJson.Write(content),
        IReadOnlyList<FeedEvent> events => StoredJson.Write(events),
        _ => StoredJson.Write((Reply)value),
    };

    private static object Read(string name, string stored)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(stored);
        return All[name] switch
        {
            ConversationState => StoredJson.Read<ConversationState>(bytes),
            PhoneNumberState => StoredJson.Read<PhoneNumberState>(bytes),
            TenantState => StoredJson.Read<TenantState>(bytes),
            TeamState => StoredJson.Read<TeamState>(bytes),
            AgentState => StoredJson.Read<AgentState>(bytes),
            MessageContent => StoredJson.Read<MessageContent>(bytes),
            IReadOnlyList<FeedEvent> => StoredJson.Read<IReadOnlyList<FeedEvent>>(bytes),
            _ => StoredJson.Read<Reply>(bytes),
        };
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WaGrains.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "WaGrains.Engine.Tests", "Goldens");
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
