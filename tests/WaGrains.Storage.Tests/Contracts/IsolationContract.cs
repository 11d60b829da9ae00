using WaGrains.Domain.Agents;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;

namespace WaGrains.Storage.Tests.Contracts;

/// <summary>Two tenants use the very same ids, and neither ever sees or moves a row of the other.</summary>
public abstract class IsolationContract(Func<Task<StoreUnderTest>> open) : StoreContract(open)
{
    private static readonly Identity Phone = new(IdentityKind.Phone, "5511987654321");
    private static readonly ConversationId Chat = Sample.With(100);

    [Theory]
    [InlineData("acme", "rival")]
    [InlineData("rival", "acme")]
    public async Task Every_read_returns_its_own_tenants_rows(string mine, string other)
    {
        var tenant = TenantId.Parse(mine);
        await Fill(tenant);
        await Fill(TenantId.Parse(other));
        var none = CancellationToken.None;
        Assert.Equal(mine, (await Reads.Tenant(tenant, none))!.Name);
        Assert.Equal(mine, (await Reads.Conversation(tenant, Chat, none))!.ProfileName);
        var number = await Reads.Number(tenant, Sample.Number, Sample.At(0), none);
        Assert.Equal(mine, number!.State.Settings.Name);
        Assert.Equal(new TextContent(mine, PreviewUrl: false), Assert.Single(number.Queue).Content);
        Assert.Single(number.Recent);
        var team = await Reads.Team(tenant, Sample.Team, none);
        Assert.Equal(mine, team!.State.Name);
        Assert.Single(team.Waiting);
        Assert.Equal(mine, Assert.Single(team.Members).State.Name);
        var agent = await Reads.Agent(tenant, Sample.Ana, none);
        Assert.Equal((mine, 1, 1), (agent!.State.Name, agent.Held.Count, agent.Offers.Count));
        await ListsAreOwn(tenant);
    }

    [Fact]
    public async Task Tenant_without_rows_finds_nothing_under_another_tenants_ids()
    {
        await Fill(Sample.Acme);
        var none = CancellationToken.None;
        var rival = Sample.Rival;
        Assert.Null(await Reads.Conversation(rival, Chat, none));
        Assert.Null(await Reads.Number(rival, Sample.Number, Sample.At(0), none));
        Assert.Null(await Reads.Team(rival, Sample.Team, none));
        Assert.Null(await Reads.Agent(rival, Sample.Ana, none));
        Assert.Null(await Reads.Message(rival, Sample.Id(1), none));
        Assert.Null(await Reads.Idempotency(rival, "key", Sample.At(0), none));
        Assert.Empty(await Reads.KnownMessages(rival, [Sample.Id(1)], none));
        Assert.Empty(await Reads.Attempts(rival, Sample.Id(1), none));
        Assert.Empty(await Reads.Identities(rival, [Phone], none));
        Assert.Empty(await Reads.Messages(new MessageFilter(rival, [], null, null, null, null, 9), none));
        Assert.Empty(await Reads.Messages(new MessageFilter(rival, [Chat], null, null, null, null, 9), none));
        Assert.Empty(await Reads.Conversations(new ConversationFilter(rival, null, null, null, null, null, 9), none));
        Assert.Empty(await Reads.Alerts(rival, null, 9, none));
        Assert.Empty(await Reads.ApiKeys(rival, none));
        Assert.Empty(await Reads.Numbers(rival, none));
        Assert.Empty(await Reads.Teams(rival, none));
        Assert.Empty(await Reads.Agents(rival, none));
    }

    [Fact]
    public async Task Writes_of_one_tenant_leave_the_others_rows()
    {
        await Fill(Sample.Acme);
        var rival = Sample.Rival;
        await Store.Keep(
            new StatusRaised(rival, Sample.Id(1), MessageStatus.Failed, Sample.At(9), "forged", null, null, null),
            new AttemptEnded(rival, Sample.Id(1), 1, "forged", 0, null, Sample.At(9)),
            new OfferClosed(rival, Chat, 1, Sample.Ana),
            new TimerCleared(OwnerKey.Of(rival, Chat), "idle"),
            new ApiKeyRevoked(rival, "acme"),
            new ContactMergeDone(rival, new(6)));
        var message = await Reads.Message(Sample.Acme, Sample.Id(1), CancellationToken.None);
        Assert.Equal((MessageStatus.Queued, null), (message!.Row.Status, message.Row.Wamid));
        var attempts = await Reads.Attempts(Sample.Acme, Sample.Id(1), CancellationToken.None);
        Assert.Null(Assert.Single(attempts).Outcome);
        Assert.Single((await Reads.Agent(Sample.Acme, Sample.Ana, CancellationToken.None))!.Offers);
        Assert.Single(await Reads.Timers(Sample.At(99), 9, CancellationToken.None));
        Assert.NotNull(await Reads.ApiKey("acme", CancellationToken.None));
        Assert.Single(await Reads.OpenMerges(9, CancellationToken.None));
        var removed = await Store.Commit(new QueueRowRemoved(rival, Sample.Number, Sample.Id(1)));
        Assert.Single(removed.Refused);
    }

    [Fact]
    public async Task Recovery_names_each_tenants_owners_apart()
    {
        await Fill(Sample.Acme);
        await Fill(Sample.Rival);
        var pending = await Reads.Pending(Sample.At(99), 99, CancellationToken.None);
        Assert.Equal(5, pending.Count(owner => owner is { Owner.Tenant.Value: "acme", Rows: 1 }));
        Assert.Equal(5, pending.Count(owner => owner is { Owner.Tenant.Value: "rival", Rows: 1 }));
        var merges = await Reads.OpenMerges(9, CancellationToken.None);
        Assert.Equal([Sample.Acme, Sample.Rival], merges.Select(merge => merge.Tenant));
        Assert.All(merges, merge => Assert.Single(merge.Conversations));
        var timers = await Reads.Timers(Sample.At(99), 9, CancellationToken.None);
        Assert.Equal([Sample.Acme, Sample.Rival], timers.Select(timer => timer.Owner.Tenant));
    }

    private async Task ListsAreOwn(TenantId tenant)
    {
        var none = CancellationToken.None;
        var name = tenant.Value;
        Assert.Equal([Sample.Id(1)], await Reads.KnownMessages(tenant, [Sample.Id(1)], none));
        Assert.Equal(name, (await Reads.Message(tenant, Sample.Id(1), none))!.Row.Text);
        Assert.Single(await Reads.Attempts(tenant, Sample.Id(1), none));
        var messages = await Reads.Messages(new MessageFilter(tenant, [Chat], null, null, null, null, 9), none);
        Assert.Equal([name], messages.Select(message => message.Row.Text));
        var conversations = new ConversationFilter(tenant, ConversationPhase.Held, null, null, null, null, 9);
        Assert.All(await Reads.Conversations(conversations, none), state => Assert.Equal(tenant, state.Tenant));
        Assert.Equal(
            [(name, AlertSeverity.Critical)],
            (await Reads.Alerts(tenant, null, 9, none)).Select(alert => (alert.Detail, alert.Severity)));
        Assert.Equal([name], (await Reads.ApiKeys(tenant, none)).Select(key => key.Name));
        Assert.Equal([name], (await Reads.Numbers(tenant, none)).Select(number => number.Settings.Name));
        Assert.Equal([name], (await Reads.Teams(tenant, none)).Select(team => team.Name));
        Assert.Equal([name], (await Reads.Agents(tenant, none)).Select(agent => agent.State.Name));
        var kept = await Reads.Idempotency(tenant, "key", Sample.At(0), none);
        Assert.Equal(new Refused(Refusals.Invalid(name)), kept!.Answer);
        var contact = name == "acme" ? 4UL : 5UL;
        var known = await Reads.Identities(tenant, [Phone], none);
        Assert.Equal([new KnownIdentity(Phone, new ContactId(contact))], known);
        Assert.Equal(tenant, (await Reads.NumberByMetaId(name, none))!.Tenant);
        Assert.Equal([Sample.Acme, Sample.Rival], (await Reads.Tenants(none)).Select(state => state.Id));
    }

    private async Task Fill(TenantId tenant)
    {
        var name = tenant.Value;
        var settings = new PhoneNumberSettings { PhoneNumberId = name, Name = name };
        var waiting = Sample.Conversation(101) with
        {
            Tenant = tenant, WaitingSince = Sample.At(1), Team = Sample.Team,
        };
        var content = new MessagePayload(default, new TextContent(name, PreviewUrl: false));
        await Store.Keep(
            new TenantWritten(new TenantState { Id = tenant, Version = 1, Name = name }),
            new PhoneNumberWritten(
                PhoneNumberState.Fresh(tenant, Sample.Number, Sample.Start) with { Version = 1, Settings = settings }),
            new TeamWritten(new TeamState
            {
                Tenant = tenant, Id = Sample.Team, Version = 1, Name = name, Members = [Sample.Ana],
            }),
            new AgentWritten(new AgentState { Tenant = tenant, Id = Sample.Ana, Version = 1, Name = name }),
            Held(tenant),
            new ConversationWritten(waiting with { Phase = ConversationPhase.Waiting }),
            new ConversationWritten(Sample.Conversation(6) with { Tenant = tenant, Phase = ConversationPhase.Merging }),
            new MessageAdded(Sample.Outbound(1).Row with { Tenant = tenant, Text = name, Payload = content }),
            new QueueRowAdded(Sample.Row(1) with { Tenant = tenant }),
            new AttemptStarted(tenant, Sample.Number, Sample.Id(1), 1, Sample.At(3)),
            new OfferOpened(tenant, Chat, 1, Sample.Ana, Sample.At(3)),
            new TimerSet(OwnerKey.Of(tenant, Chat), "idle", Sample.At(9)));
        await FillDirectory(tenant);
    }

    private static ConversationWritten Held(TenantId tenant) => new(Sample.Conversation(100) with
    {
        Tenant = tenant,
        Phase = ConversationPhase.Held,
        Holder = Sample.Ana,
        ProfileName = tenant.Value,
    });

    private async Task FillDirectory(TenantId tenant)
    {
        var name = tenant.Value;
        var into = new ContactId(name == "acme" ? 4UL : 5UL);
        await Store.Keep(
            new AlertRaised(tenant, Sample.Id(1), Sample.At(1), "number_risk", "pn_x", name)
            {
                Severity = AlertSeverity.Critical,
            },
            new RawKept(tenant, Sample.Id(1), "calls", "unknown_field", new byte[] { 1 }),
            new ContactAdded(tenant, into, name, null, Sample.At(0)),
            new ContactAdded(tenant, new(6), name, null, Sample.At(0)),
            new IdentityAdded(tenant, Phone, new(6)),
            new ContactMerged(tenant, new(6), into, Sample.At(3)),
            new ApiKeyAdded(tenant, name, name, Role.Owner, null, Sample.At(0)),
            new IdempotencyKept(tenant, "key", 1, new Refused(Refusals.Invalid(name)), Sample.At(1)));
    }
}
