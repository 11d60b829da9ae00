using WaGrains.Domain.Conversations;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Conversations;

public sealed class ConsentTests
{
    [Theory]
    [InlineData("STOP", "START")]
    [InlineData("sair", "VOLTAR")]
    [InlineData("Baja", "ALTA")]
    [InlineData("PARAR", "START")]
    public void Opt_out_is_confirmed_in_the_language_of_its_word(string word, string wayBack)
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(Given.Inbound(Given.Delivery("w2", word)));

        var confirmation = Assert.Single(desk.Changes<MessageAdded>(), row => row.Row.Direction == Direction.Outbound);
        Assert.Contains(wayBack, confirmation.Row.Text, StringComparison.Ordinal);
        Assert.Equal(Lane.Reply, Assert.Single(desk.Queued).Lane);
    }

    [Fact]
    public void Opt_out_is_confirmed_once_and_counted_once()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(Given.Inbound(Given.Delivery("w2", "stop")));
        Assert.Single(desk.Hints<ContactOptedOut>(ConversationDesk.Number));
        desk.Tell(new SendSettled(desk.Queued[0].Message, MessageStatus.Accepted, null));
        desk.Tell(Given.Inbound(Given.Delivery("w3", "stop", Given.Now)));

        Assert.Empty(desk.Queued);
        Assert.Empty(desk.Hints<ContactOptedOut>(ConversationDesk.Number));
    }

    [Fact]
    public void Tenant_words_are_answered_in_the_tenant_language_and_with_its_text()
    {
        var desk = new ConversationDesk
        {
            Rules = new TenantRules(Given.Configuration with
            {
                OptOutWords = ["chega"],
                ConsentReplies = new ConsentReplies
                {
                    Language = WordLanguage.Portuguese, Stopped = new TextByLanguage("bye", "tchau", "adios"),
                },
            }, 1),
        };
        desk.Tell(Given.Inbound(Given.Delivery("w1", "Chega!")));

        Assert.Contains(desk.Changes<MessageAdded>(), row => row.Row.Text == "tchau");
    }

    [Fact]
    public void Contact_comes_back_with_its_word()
    {
        var desk = new ConversationDesk().Told(
            Given.Inbound(Given.Delivery("w1", "stop")), new SetPreference(Wanted: false, Given.Now.AddSeconds(-1)));
        desk.Tell(Given.Inbound(Given.Delivery("w2", "Voltar", Given.Now)));

        Assert.Null(desk.State.OptedOutAt);
        Assert.Null(desk.State.MarketingStoppedAt);
        Assert.Contains(
            "SAIR",
            Assert.Single(desk.Changes<MessageAdded>(), row => row.Row.Direction == Direction.Outbound).Row.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Voltar_of_somebody_who_has_not_opted_out_is_any_message()
    {
        var desk = new ConversationDesk();
        desk.Tell(Given.Inbound(Given.Delivery("w1", "voltar")));
        Assert.Empty(desk.Queued);
    }

    [Fact]
    public void Cancelar_cancels_an_order_unless_it_answers_marketing()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(Given.Inbound(Given.Delivery("w2", "cancelar")));
        Assert.Null(desk.State.OptedOutAt);

        desk.Tell(Given.Send(1, Given.Marketing, lane: Lane.Campaign));
        desk.Now = Given.Now.AddDays(7);
        desk.Tell(Given.Inbound(Given.Delivery("w3", "Cancelar", desk.Now)));
        Assert.NotNull(desk.State.OptedOutAt);
    }

    [Fact]
    public void Cancelar_after_something_else_was_written_does_not_answer_the_marketing()
    {
        var desk = ConversationDesk.HeldByAna().Told(
            Given.Send(1, Given.Marketing, lane: Lane.Campaign), Given.Send(2, Given.Text("your order"), Given.Ana));
        desk.Tell(Given.Inbound(Given.Delivery("w2", "cancelar")));
        Assert.Null(desk.State.OptedOutAt);
    }

    [Fact]
    public void Cancelar_in_capitals_is_what_campaigns_ask_for()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(Given.Inbound(Given.Delivery("w2", "CANCELAR")));
        Assert.NotNull(desk.State.OptedOutAt);
    }

    [Fact]
    public void Refused_131050_stops_marketing_and_nothing_else()
    {
        var desk = ConversationDesk.HeldByAna().Told(Given.Send(1, Given.Marketing, lane: Lane.Campaign));
        desk.Tell(new SendSettled(Given.Id(1), MessageStatus.Failed, null) { Code = 131050 });
        Assert.Single(desk.Hints<ContactOptedOut>(ConversationDesk.Number));
        desk.Tell(Given.Send(2, Given.Marketing, lane: Lane.Campaign));
        Assert.Equal("contact_opted_out", desk.RefusalCode);
        desk.Tell(Given.Send(3, Given.Text("an answer"), Given.Ana));
        Assert.Null(desk.RefusalCode);
    }

    [Fact]
    public void Failed_131049_parks_marketing_for_a_day()
    {
        var desk = new ConversationDesk().Told(Given.Inbound(Given.Delivery("w1", "hello")));
        desk.Tell(new ReceiveStatuses([new StatusOfAttempt(Given.Id(1), 1, new StatusUpdate(
            "w", MessageStatus.Failed, Given.Now, null, new SendError(131049, "why", null), null, null))]));
        var until = Given.Now.AddDays(1);
        Assert.Equal(until, Assert.Single(desk.Hints<ParkRecipient>(ConversationDesk.Number)).Until);

        desk.Tell(Given.Send(2, Given.Marketing, lane: Lane.Campaign) with { Deadline = until });
        Assert.Equal("recipient_parked", desk.RefusalCode);
        desk.Tell(Given.Send(3, Given.Marketing, lane: Lane.Campaign) with { Deadline = until.AddSeconds(1) });
        Assert.Equal(until, Assert.Single(desk.Queued).NotBefore);
        desk.Tell(Given.Send(4, Given.Template(), lane: Lane.Utility));
        Assert.Null(Assert.Single(desk.Queued).NotBefore);
    }

    [Fact]
    public void Status_that_repeats_the_refusal_writes_nothing_again()
    {
        var desk = new ConversationDesk().Told(Given.Inbound(Given.Delivery("w1", "hello")));
        var refused = new ReceiveStatuses([new StatusOfAttempt(Given.Id(1), 1, new StatusUpdate(
            "w", MessageStatus.Failed, Given.Now, null, new SendError(131049, "why", null), null, null))]);
        desk.Told(refused, refused);
        Assert.Empty(desk.Changes<ConversationWritten>());
    }

    [Fact]
    public void Marketing_over_the_cap_is_refused_until_its_days_are_over()
    {
        var desk = new ConversationDesk
        {
            Rules = new TenantRules(Given.Configuration with
            {
                Pacing = new PacingRules { FrequencyCap = new FrequencyCap(2, 3) },
            }, 1),
        };
        desk.Told(Given.Send(1, Given.Marketing), Given.Send(2, Given.Marketing));
        desk.Tell(Given.Send(3, Given.Marketing));
        Assert.Equal("frequency_capped", desk.RefusalCode);
        desk.Tell(Given.Send(4, Given.Template()));
        Assert.Null(desk.RefusalCode);
        desk.Now = Given.Now.AddDays(3);
        desk.Tell(Given.Send(5, Given.Marketing));
        Assert.Null(desk.RefusalCode);
    }

    [Fact]
    public void Marketing_that_never_left_is_no_part_of_the_cap()
    {
        var desk = new ConversationDesk
        {
            Rules = new TenantRules(Given.Configuration with
            {
                Pacing = new PacingRules { FrequencyCap = new FrequencyCap(1, 3) },
            }, 1),
        };
        desk.Told(
            Given.Send(1, Given.Marketing), new SendSettled(Given.Id(1), MessageStatus.Expired, null),
            Given.Send(2, Given.Marketing));
        Assert.Null(desk.RefusalCode);
    }

    [Fact]
    public void Answer_to_marketing_is_told_as_such()
    {
        var desk = ConversationDesk.HeldByAna().Told(Given.Send(1, Given.Marketing, lane: Lane.Campaign));
        desk.Tell(Given.Inbound(Given.Delivery("w2", "how much?", Given.Now)));
        Assert.True(Assert.Single(desk.Hints<ContactReplied>(ConversationDesk.Number)).ToMarketing);
    }
}
