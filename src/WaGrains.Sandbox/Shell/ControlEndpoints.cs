using System.Text.Json;
using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox.Shell;

/// <summary>The operator's side: the report, the customers and ordered faults.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sandbox/report", Report);
        routes.MapGet("/sandbox/recipients", Recipients);
        routes.MapGet("/sandbox/callers", Callers);
        routes.MapGet("/sandbox/callers/numbers", CallersByNumber);
        routes.MapPost("/sandbox/customers", Customers);
        routes.MapPost("/sandbox/faults", Faults);
    }

    private static async Task Report(HttpContext context)
    {
        var report = Sandbox(context).Use((core, now) => core.Report(now));
        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.Body.WriteAsync(ReportJson.Write(report), context.RequestAborted);
    }

    /// <summary>Templates taken, by recipient.</summary>
    private static Task Recipients(HttpContext context)
    {
        var counts = Sandbox(context).Use((core, _) => core.TemplatesByRecipient);
        return Answer(context, json =>
        {
            foreach (var (person, count) in counts)
            {
                json.WriteNumber(person, count);
            }
        });
    }

    /// <summary>Sends, by the address they came in at.</summary>
    private static Task Callers(HttpContext context) => Answer(context, json =>
    {
        foreach (var (address, count) in context.RequestServices.GetRequiredService<Callers>().Counts)
        {
            json.WriteNumber(address, count);
        }
    });

    /// <summary>Where the last send of each number came in.</summary>
    private static Task CallersByNumber(HttpContext context) => Answer(context, json =>
    {
        foreach (var (number, address) in context.RequestServices.GetRequiredService<Callers>().LastByNumber)
        {
            json.WriteString(number, address);
        }
    });

    private static async Task Answer(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.Body.WriteAsync(JsonBytes.Write(json =>
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }), context.RequestAborted);
    }

    private static Task Customers(HttpContext context) => Order(context, (core, now, order) =>
    {
        var writing = !order.TryGetProperty("writing", out var flag) || flag.GetBoolean();
        if (!writing)
        {
            core.StopWriting();
            return;
        }

        core.StartWriting(now, order.GetProperty("messages_per_minute").GetDouble());
    });

    private static Task Faults(HttpContext context) => Order(context, FaultOrders.Give);

    /// <summary>
    /// An order is taken whole or answered with 400; what is wrong with it is named, nothing of it is kept.
    /// </summary>
    private static async Task Order(HttpContext context, Action<SandboxCore, DateTimeOffset, JsonElement> give)
    {
        var body = await Bodies.Read(context.Request);
        var answer = Sandbox(context).Use((core, now) => Try(() =>
        {
            using var document = JsonDocument.Parse(body);
            give(core, now, document.RootElement);
        }));
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static GraphResponse Try(Action order)
    {
        try
        {
            order();
            return GraphAnswers.Success;
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            return GraphAnswers.Refused(new GraphFault(100, wrong.Message), "Asandbox");
        }
    }

    private static SharedSandbox Sandbox(HttpContext context) =>
        context.RequestServices.GetRequiredService<SharedSandbox>();
}
