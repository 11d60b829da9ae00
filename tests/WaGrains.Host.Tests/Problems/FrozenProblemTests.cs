using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Tests.Problems;

public sealed class FrozenProblemTests
{
    private const string Detail = "Too much \"<of it>\"; é.";

    [Fact]
    public async Task It_reads_as_the_writer_would_have_written_it()
    {
        var wait = TimeSpan.FromSeconds(2);

        var frozen = await Answered(new FrozenProblem(ProblemCodes.Unavailable, Detail, wait).Answer);
        var written = await Answered(http => ProblemWriter.Answer(http, ProblemCodes.Unavailable, Detail, wait));

        Assert.Contains("0HN7:0000002A", frozen.Body, StringComparison.Ordinal);
        Assert.Equal(written, frozen);
    }

    private static async Task<(int Status, string? Type, string RetryAfter, string Body)> Answered(
        Func<HttpContext, Task> answer)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IProblemDetailsWriter, ProblemWriter>().AddLogging().AddProblemDetails()
            .BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services, TraceIdentifier = "0HN7:0000002A" };
        http.Response.Body = body;
        await answer(http);
        return (
            http.Response.StatusCode,
            http.Response.ContentType?.Split(';')[0],
            http.Response.Headers.RetryAfter.ToString(),
            System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}
