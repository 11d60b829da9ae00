namespace WaGrains.Host.Pages;

/// <summary>
/// A page that shows the pace of numbers and the drain of bulk sends to a person: opens without a key, asks for one,
/// keeps it in the tab, and reads with it what anybody with that key may read. Loads nothing from elsewhere.
/// </summary>
internal static class WatchPage
{
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src blob:; "
        + "form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    private static readonly Lazy<string> Page = new(Read);

    public static void MapWatch(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/watch", static (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = Policy;
            response.Headers.CacheControl = "no-cache";
            return TypedResults.Content(Page.Value, "text/html; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();

    private static string Read()
    {
        using var page = typeof(WatchPage).Assembly.GetManifestResourceStream("watch.html")
            ?? throw new InvalidOperationException("The page is missing from the program.");
        using var reader = new StreamReader(page);
        return reader.ReadToEnd();
    }
}
