using Scalar.AspNetCore;

namespace WaGrains.Host.OpenApi;

/// <summary>The API's description (OpenAPI 3.1) and the page that shows it; both open without a key.</summary>
internal static class ReferenceComposition
{
    private const string Document = "v1";

    public static void AddReference(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.ShouldInclude = static endpoint =>
            endpoint.RelativePath is { } path
            && (path.StartsWith("v1/", StringComparison.Ordinal)
                || path.StartsWith("admin/", StringComparison.Ordinal));
        options.AddDocumentTransformer(DocumentDescription.Describe);
        options.AddOperationTransformer(OperationDescription.Describe);
        options.AddSchemaTransformer(SchemaDescription.Describe);
    });

    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

        // Script and styles come with the package and are served from here: the page must work where nothing outside
        // can be reached.
        routes.MapScalarApiReference("/reference", options => options
            .WithTitle("WaGrains API")
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()).AllowAnonymous();
    }
}
