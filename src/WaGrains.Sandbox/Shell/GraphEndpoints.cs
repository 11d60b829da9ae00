using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox.Shell;

/// <summary>Graph's paths, with a version of any number and without one (facts 1.1, 10.1).</summary>
internal static class GraphEndpoints
{
    private const string ApiVersion = "v25.0";

    public static void MapGraph(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/{id}/messages", Send);
        routes.MapPost("/{version}/{id}/messages", Send);
        routes.MapGet("/{id}", Read);
        routes.MapGet("/{version}/{id}", Read);
        routes.MapFallback(Unknown);
    }

    private static async Task Send(HttpContext context)
    {
        if (!HasUsableVersion(context))
        {
            await Unknown(context);
            return;
        }

        var (id, bearer) = (Route(context, "id")!, Bearer(context.Request));
        var isOurs = Sandbox(context).Use((core, _) => core.NumberIds.Contains(id));
        context.RequestServices.GetRequiredService<Callers>().Count(context.Connection, isOurs ? id : null);
        var body = await Bodies.Read(context.Request);
        await Answer(context, Sandbox(context).Use((core, now) => core.Post(now, id, bearer, body)));
    }

    private static async Task Read(HttpContext context)
    {
        if (!HasUsableVersion(context))
        {
            await Unknown(context);
            return;
        }

        var (id, bearer) = (Route(context, "id")!, Bearer(context.Request));
        string? fields = context.Request.Query["fields"];
        await Answer(context, Sandbox(context).Use((core, now) => core.Get(now, id, bearer, fields)));
    }

    private static Task Unknown(HttpContext context) => Answer(context, GraphAnswers.Refused(
        new GraphFault(100, "Unsupported request: no such path in this sandbox.") { Subcode = 33 }, "Asandbox"));

    private static async Task Answer(HttpContext context, GraphResponse answer)
    {
        if (answer.NeverAnswered)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (answer.AnswerLost)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        context.Response.ContentLength = answer.Body.Length;
        context.Response.Headers["facebook-api-version"] = ApiVersion;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static SharedSandbox Sandbox(HttpContext context) =>
        context.RequestServices.GetRequiredService<SharedSandbox>();

    private static string? Route(HttpContext context, string name) => context.Request.RouteValues[name] as string;

    private static bool HasUsableVersion(HttpContext context)
    {
        var version = Route(context, "version");
        return version is null
            || (version.StartsWith('v') && Version.TryParse(version.AsSpan(1), out var parsed) && parsed.Build < 0);
    }

    private static string? Bearer(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? header[scheme.Length..].Trim()
            : request.Query["access_token"];
    }
}
