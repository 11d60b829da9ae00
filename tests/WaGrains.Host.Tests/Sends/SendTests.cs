using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Bulk;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Contacts;
using WaGrains.Host.Ids;
using WaGrains.Host.Sends;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Sends;

public sealed class SendTests : IAsyncLifetime
{
    private TestApi _api = null!;
    private TestTenant _tenant = null!;
    private string _number = "";

    public async Task InitializeAsync()
    {
        _api = await TestApi.Run();
        _tenant = await _api.Tenant();
        _number = await _tenant.Number();
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    private static object Template(params string[] words) => new
    {
        type = "template",
        template = new
        {
            name = "spring",
            language = new { code = "en" },
            components = words.Length == 0
                ? []
                : new object[]
                {
                    new
                    {
                        type = "body",
                        parameters = words.Select(word => new { type = "text", text = word }).ToArray(),
                    },
                },
        },
    };

    private Task<TestAnswer> Post(
        object recipients, object? content = null, string? key = null, object? deadline = null)
    {
        var body = new
        {
            name = "Spring", number_ids = new[] { _number }, content = content ?? Template(), recipients, deadline,
        };
        return _tenant.Owner.Post("/v1/sends", body, key);
    }

    private static string Phone(int i) => $"+55 11 9{i:D8}";

    private async Task<JsonElement> Read(JsonElement send) =>
        (await _tenant.Owner.Get($"/v1/sends/{send.GetProperty("id").GetString()}")).Ok(200);

    private async Task Round(JsonElement send)
    {
        // Counts are handed out for two seconds.
        _api.Clock.Advance(TimeSpan.FromSeconds(2));
        var rounds = new BulkRounds(
            _api.Owners, _api.Store.Reads, _api.Provided.GetRequiredService<ContactDirectory>(), _api.Clock,
            _api.Provided.GetRequiredService<IdSource>().NewMessage);
        await rounds.Run(
            OwnerKey.Of(_tenant.Id, BulkSendId.Parse(send.GetProperty("id").GetString()!)), CancellationToken.None);
    }

    private async Task<long> Stored(string table = "bulk_recipient") =>
        (await _api.Store.Reads.Counts(CancellationToken.None))[table];

    [Fact]
    public async Task List_is_stored_and_the_send_runs()
    {
        var made = (await Post(new object[] { Phone(1), new { to = Phone(2) }, "BR.123abc" })).Ok(202);
        Assert.Equal(("running", 3), (made.GetProperty("status").GetString(), made.GetProperty("total").GetInt32()));
        var read = await Read(made);
        Assert.Equal(3, read.GetProperty("pending").GetInt32());

        await Round(made);

        read = await Read(made);
        Assert.Equal(0, read.GetProperty("pending").GetInt32());
        Assert.Equal(3, read.GetProperty("messages").GetProperty("queued").GetInt32());
        var id = made.GetProperty("id").GetString();
        var page = (await _tenant.Owner.Get($"/v1/sends/{id}/recipients?outcome=taken&limit=2")).Ok(200);
        Assert.Equal(
            ["5511900000001", "5511900000002"],
            page.GetProperty("data").EnumerateArray().Select(each => each.GetProperty("to").GetString()));
        var cursor = page.GetProperty("next_cursor").GetString();
        page = (await _tenant.Owner.Get($"/v1/sends/{id}/recipients?outcome=taken&limit=2&cursor={cursor}")).Ok(200);
        Assert.Equal("BR.123abc", page.GetProperty("data")[0].GetProperty("to").GetString());
        var newest = (await _tenant.Owner.Get("/v1/sends")).Ok(200).GetProperty("data")[0];
        Assert.Equal(id, newest.GetProperty("id").GetString());
    }

    [Fact]
    public async Task List_longer_than_any_buffer_is_read_whole()
    {
        var made = (await Post(Enumerable.Range(0, 12_345).Select(Phone))).Ok(202);
        Assert.Equal(12_345, made.GetProperty("total").GetInt32());
        Assert.Equal(12_345, await Stored());
    }

    [Fact]
    public async Task Each_recipient_gets_its_own_words()
    {
        var made = (await Post(
            new[] { new { to = Phone(1), variables = new { name = "Ana" } } },
            Template("Hi {{name}}"))).Ok(202);
        await Round(made);
        var id = made.GetProperty("id").GetString();
        var message = (await _tenant.Owner.Get($"/v1/sends/{id}/recipients")).Ok(200)
            .GetProperty("data")[0].GetProperty("message");
        Assert.Equal("Hi Ana", message.GetProperty("text").GetString());
        Assert.Equal(id, message.GetProperty("author").GetString());
    }

    [Fact]
    public async Task Same_key_makes_one_send_and_another_list_under_it_is_refused()
    {
        var first = (await Post(new[] { Phone(1) }, key: "k")).Ok(202);
        var second = await Post(new[] { Phone(1) }, key: "k");
        Assert.Equal(first.GetProperty("id").GetString(), second.Ok(202).GetProperty("id").GetString());
        Assert.Equal("true", second.Headers["Idempotency-Replayed"]);
        (await Post(new[] { Phone(2) }, key: "k")).Problem(409, "idempotency_key_reused");
        Assert.Equal((1, 1), (await Stored(), await Stored("bulk_send")));
    }

    [Fact]
    public async Task Every_mistake_has_its_code_and_leaves_nothing()
    {
        (await Post(new[] { Phone(1), "5511900000001" })).Mistake("recipients[1].to", "duplicate_recipient");
        (await Post(new[] { "12" })).Mistake("recipients[0].to", "invalid_phone");
        (await Post(new object[] { new { name = "Ana" } })).Mistake("recipients[0].to", "missing");
        (await Post(new object[] { new { to = Phone(1), nam = 1 } })).Mistake("recipients[0].nam", "unknown");
        (await Post(new[] { Phone(1) }, Template("{{name}}")))
            .Mistake("recipients[0].variables.name", "variable_missing");
        (await Post(new[] { new { to = Phone(1), variables = new { name = "" } } }, Template("{{name}}")))
            .Mistake("recipients[0].variables", "missing");
        (await Post(Array.Empty<string>())).Mistake("recipients", "missing");
        (await Post(new[] { Phone(1) }, deadline: TestApi.Start.AddSeconds(-1)))
            .Mistake("deadline", "deadline_passed");
        (await Post(new[] { Phone(1) }, deadline: TestApi.Start.AddDays(31))).Mistake("deadline", "out_of_range");
        (await _tenant.Owner.Post("/v1/sends", new
        {
            number_ids = new[] { _number, "pn_0000000000000" }, content = Template(), recipients = new[] { Phone(1) },
        })).Mistake("number_ids[1]", "not_found");
        (await _tenant.Owner.Post("/v1/sends", new { content = Template(), recipients = new[] { Phone(1) } }))
            .Mistake("number_ids", "missing");
        (await _tenant.Owner.Post("/v1/sends", new { number_ids = new[] { _number }, recipients = new[] { Phone(1) } }))
            .Mistake("content", "missing");
        Assert.Equal((0, 0), (await Stored(), await Stored("bulk_send")));
    }

    [Fact]
    public async Task Many_mistakes_are_named_up_to_twenty()
    {
        var errors = (await Post(Enumerable.Repeat("x", 500))).Problem(422, "validation_failed").GetProperty("errors");
        Assert.Equal(RecipientList.MistakesMax, errors.GetArrayLength());
    }

    [Fact]
    public async Task One_recipient_more_than_a_million_is_refused()
    {
        var body = new StringBuilder($$"""{"number_ids":["{{_number}}"],"recipients":[""");
        for (var i = 0; i <= RecipientList.CountMax; i++)
        {
            body.Append(i == 0 ? "" : ",").Append('"').Append(55_11_900_000_000 + i).Append('"');
        }

        body.Append("],\"content\":").Append(JsonSerializer.Serialize(Template())).Append('}');
        (await _tenant.Owner.PostRaw("/v1/sends", body.ToString())).Mistake("recipients", "too_many");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"recipients\":[\"5511900000001\"")]
    [InlineData("{\"recipients\":{}}")]
    [InlineData("{\"recipients\":[]} x")]
    public async Task Body_that_is_no_such_object_is_malformed(string body) =>
        (await _tenant.Owner.PostRaw("/v1/sends", body)).Problem(400, "malformed_body");

    [Fact]
    public async Task Send_is_paused_resumed_and_cancelled_once()
    {
        var made = (await Post(new[] { Phone(1), Phone(2) })).Ok(202);
        var path = $"/v1/sends/{made.GetProperty("id").GetString()}";
        Assert.Equal("paused", (await _tenant.Owner.Post($"{path}/pause")).Ok(200).GetProperty("status").GetString());
        Assert.Equal("running", (await _tenant.Owner.Post($"{path}/resume")).Ok(200).GetProperty("status").GetString());
        Assert.Equal("closing", (await _tenant.Owner.Post($"{path}/cancel")).Ok(200).GetProperty("status").GetString());
        await Round(made);
        await Round(made);
        var ended = await Read(made);
        Assert.Equal("ended", ended.GetProperty("send").GetProperty("status").GetString());
        Assert.Equal(2, ended.GetProperty("dropped").GetProperty("cancelled").GetInt32());
        (await _tenant.Owner.Post($"{path}/resume")).Problem(409, "send_ended");
        (await _tenant.Owner.Post("/v1/sends/send_0000000000000/pause")).Problem(404, "not_found");
    }

    [Fact]
    public async Task Another_tenants_send_is_not_there()
    {
        var made = (await Post(new[] { Phone(1) })).Ok(202);
        var rival = await _api.Tenant("rival");
        (await rival.Owner.Get($"/v1/sends/{made.GetProperty("id").GetString()}")).Problem(404, "not_found");
    }

    [Fact]
    public async Task Counts_say_how_old_they_are_and_are_two_seconds_old_at_most()
    {
        var made = (await Post(new[] { Phone(1) })).Ok(202);
        var first = await Read(made);
        await Round(made);
        var second = await Read(made);
        Assert.Equal(TestApi.Start, first.GetProperty("counted_at").GetDateTimeOffset());
        Assert.Equal(TestApi.Start.AddSeconds(2), second.GetProperty("counted_at").GetDateTimeOffset());
        _api.Clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(
            second.GetProperty("counted_at").GetDateTimeOffset(),
            (await Read(made)).GetProperty("counted_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task Life_of_a_send_is_told_in_the_feed_with_its_totals()
    {
        var made = (await Post(new[] { Phone(1), Phone(2) })).Ok(202);
        var path = $"/v1/sends/{made.GetProperty("id").GetString()}";
        await _tenant.Owner.Post($"{path}/pause");
        await _tenant.Owner.Post($"{path}/resume");
        await _tenant.Owner.Post($"{path}/cancel");
        await Round(made);
        await Round(made);
        var events = (await _tenant.Owner.Get("/v1/events?limit=200")).Ok(200).GetProperty("data").EnumerateArray()
            .Where(each => each.GetProperty("send_id").GetString() == made.GetProperty("id").GetString())
            .ToList();
        Assert.Equal(
            ["send_created", "send_paused", "send_resumed", "send_cancelled", "send_started", "send_ended"],
            events.Select(each => each.GetProperty("type").GetString()));
        Assert.Equal(2, events[0].GetProperty("counts").GetProperty("total").GetInt32());
        Assert.Equal("cancelled", events[^1].GetProperty("detail").GetString());
        Assert.Equal(
            ["delivered 0", "failed 2", "read 0", "sent 0", "total 2"],
            events[^1].GetProperty("counts").EnumerateObject().Select(each => $"{each.Name} {each.Value}"));
    }

    [Fact]
    public async Task Drain_is_drawn_for_those_who_may_read_it()
    {
        var made = (await Post(new[] { Phone(1), Phone(2) })).Ok(202);
        await Round(made);
        var drawn = await _tenant.Owner.Get($"/v1/sends/{made.GetProperty("id").GetString()}/drain.svg");
        Assert.StartsWith("<svg", drawn.Text, StringComparison.Ordinal);
        Assert.Contains("2 of 2 to go, done about", drawn.Text, StringComparison.Ordinal);
        (await _tenant.Owner.Get("/v1/sends/send_0000000000000/drain.svg")).Problem(404, "not_found");
    }

    [Fact]
    public async Task Page_to_watch_opens_without_a_key_and_holds_nothing_of_anybody()
    {
        var page = await _api.Anybody.Get("/watch");
        Assert.Equal(200, page.Status);
        Assert.Contains("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_upload_is_left_behind()
    {
        var folder = Path.Combine(
            _api.Provided.GetRequiredService<IOptions<ApiOptions>>().Value.DataFolder, "uploads");
        Assert.False(Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any());
    }
}
