using WaGrains.Domain.Turns;
using WaGrains.Engine.Owners;
using WaGrains.Host.Problems;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Problems;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("{\"name\":")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task Body_that_is_no_json_is_malformed(string body)
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();

        (await tenant.Owner.PostRaw("/v1/agents", body)).Problem(400, "malformed_body");
    }

    [Fact]
    public async Task Unknown_members_are_all_named_however_deep()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var configuration = new { keyword = 1, business_hours = new { zone = "UTC", weakly = 2 } };

        var errors = (await tenant.Owner.Put("/v1/configuration", new { configuration, ver = 1 }))
            .Problem(422, "validation_failed").GetProperty("errors").EnumerateArray();

        Assert.Equal(
            ["configuration.keyword", "configuration.business_hours.weakly", "ver"],
            errors.Select(error => error.GetProperty("param").GetString()));
    }

    [Theory]
    [InlineData("{\"name\":5}", "name")]
    [InlineData("{\"name\":\"a\",\"capacity\":\"many\"}", "capacity")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    public async Task Member_of_another_type_is_named(string body, string param)
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();

        (await tenant.Owner.PostRaw("/v1/agents", body)).Mistake(param, "wrong_type");
    }

    [Fact]
    public async Task Body_over_the_limit_is_too_large_and_one_at_the_limit_is_not()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        const int Limit = 256 * 1024;

        (await tenant.Owner.PostRaw("/v1/agents", new string(' ', Limit + 1))).Problem(413, "body_too_large");
        (await tenant.Owner.PostRaw("/v1/agents", new string(' ', Limit))).Problem(400, "malformed_body");
    }

    [Fact]
    public async Task Body_of_another_media_type_is_refused()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();

        (await tenant.Owner.PostRaw("/v1/agents", "{}", "text/plain")).Problem(415, "unsupported_media_type");
        (await tenant.Owner.PostRaw("/v1/numbers/pn_0000000000001/stop", "x", "text/plain"))
            .Problem(415, "unsupported_media_type");
    }

    [Fact]
    public async Task Unknown_path_and_wrong_method_are_problems_too()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();

        (await tenant.Owner.Get("/v1/nothing")).Problem(404, "route_not_found");
        (await api.Anybody.Get("/nothing")).Problem(404, "route_not_found");
        (await tenant.Owner.Delete("/v1/agents")).Problem(405, "method_not_allowed");
    }

    [Fact]
    public async Task Id_that_cannot_be_read_answers_as_an_unknown_one()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();

        (await tenant.Owner.Get("/v1/agents/agt_0000000000001")).Problem(404, "not_found");
        (await tenant.Owner.Get("/v1/agents/nobody")).Problem(404, "not_found");
    }

    [Fact]
    public async Task Bug_answers_500_and_tells_nothing()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        api.Owners.Failures.Enqueue(new OwnerFailedException("the secret of the turn"));

        var answer = await tenant.Owner.Post("/v1/agents", new { name = "Ana" });

        answer.Problem(500, "internal_error");
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_refusal_of_an_owner_has_a_code_here()
    {
        var fixedOnes = typeof(Domain.Turns.Refusals).GetFields()
            .Select(field => field.GetValue(null)).OfType<Refusal>();
        Refusal[] made =
        [
            Domain.Turns.Refusals.QueueFull(TimeSpan.Zero), Domain.Turns.Refusals.Forbidden("r"),
                Domain.Turns.Refusals.Invalid("d"),
        ];

        foreach (var refusal in fixedOnes.Concat(made))
        {
            Assert.Equal(refusal.Code, ProblemCodes.Of(refusal.Code).Code);
        }
    }

    [Fact]
    public void Codes_are_unique() =>
        Assert.Equal(ProblemCodes.All.Count, ProblemCodes.All.Select(known => known.Code).Distinct().Count());
}
