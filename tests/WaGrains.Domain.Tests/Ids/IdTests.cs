using WaGrains.Domain.Ids;
using WaGrains.Domain.Tests.Turns;

namespace WaGrains.Domain.Tests.Ids;

public sealed class IdTests
{
    private static readonly TenantId Other = TenantId.Parse("other");

    [Fact]
    public void Ids_come_back_from_their_text_and_sort_as_their_values()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var (a, b) = (new MessageId(Bits(random)), new MessageId(Bits(random)));
            Assert.Equal(a, MessageId.Parse(a.ToString()));
            Assert.Equal(Math.Sign(a.CompareTo(b)), Math.Sign(string.CompareOrdinal(a.ToString(), b.ToString())));
            var talk = ConversationId.FromValue(a.Value);
            Assert.Equal(talk, ConversationId.Parse(talk.ToString()));
            Assert.Equal(a.Value, talk.Value);
            var agent = new AgentId((ulong)a.Value);
            Assert.Equal(agent, AgentId.Parse(agent.ToString()));
        }
    }

    [Fact]
    public void Owners_come_back_from_their_text()
    {
        OwnerKey[] owners =
        [
            OwnerKey.Of(Given.Tenant), OwnerKey.Of(Given.Tenant, Given.Number), OwnerKey.Of(Given.Tenant, Given.Talk),
            OwnerKey.Of(Given.Tenant, Given.Sales), OwnerKey.Of(Given.Tenant, Given.Ana),
            OwnerKey.ContactsOf(Given.Tenant),
        ];
        Assert.All(owners, owner => Assert.Equal(owner, OwnerKey.Parse(owner.ToString(), null)));
        Assert.All(owners, owner => Assert.Equal(owner, OwnerKey.Parse(owner.Kind, owner.Path)));
        Assert.Equal(owners.Length, owners.Select(owner => owner.ToString()).Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("2:")]
    [InlineData("9:demo")]
    [InlineData("5:demo/pn_0000000000001")]
    [InlineData("2:DEMO/pn_0000000000001")]
    public void Text_of_no_owner_is_refused(string text) => Assert.False(OwnerKey.TryParse(text, null, out _));

    [Theory]
    [InlineData("msg_zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("msg_0000000000000000000000000")]
    [InlineData("msg_0000000000000000000000000u")]
    [InlineData("pn_00000000000000000000000000")]
    public void Text_of_no_message_is_refused(string text) => Assert.False(MessageId.TryParse(text, null, out _));

    [Theory]
    [InlineData("", false)]
    [InlineData("1a", false)]
    [InlineData("a-1", true)]
    [InlineData("A", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz-01234", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz-012345", false)]
    public void Tenant_is_a_slug(string text, bool good) => Assert.Equal(good, TenantId.TryParse(text, null, out _));

    [Fact]
    public void Repeat_has_the_id_of_its_first_and_no_tenant_meets_anothers()
    {
        var at = Given.Now;
        Assert.Equal(MessageId.Inbound(Given.Tenant, "w", at), MessageId.Inbound(Given.Tenant, "w", at));
        Assert.NotEqual(MessageId.Inbound(Given.Tenant, "w", at), MessageId.Inbound(Other, "w", at));
        Assert.NotEqual(MessageId.Inbound(Given.Tenant, "w", at), MessageId.Inbound(Given.Tenant, "x", at));
    }

    [Fact]
    public void Answers_to_one_message_differ_and_repeat()
    {
        var id = MessageId.Inbound(Given.Tenant, "w", Given.Now);
        Assert.Equal(id.Answer(0, Given.Now), id.Answer(0, Given.Now));
        Assert.NotEqual(id.Answer(0, Given.Now), id.Answer(1, Given.Now));
    }

    [Fact]
    public void Id_of_a_message_leads_with_its_time()
    {
        var id = MessageId.New(Given.Now, UInt128.MaxValue);
        Assert.Equal(Given.Now.ToUnixTimeMilliseconds(), id.At.ToUnixTimeMilliseconds());
        Assert.True(MessageId.First(Given.Now).CompareTo(id) <= 0
            && id.CompareTo(MessageId.First(Given.Now.AddMilliseconds(1))) < 0);
    }

    private static UInt128 Bits(Random random) => new((ulong)random.NextInt64(), (ulong)random.NextInt64());
}
