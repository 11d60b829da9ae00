using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using WaGrains.Host.Problems;

namespace WaGrains.Host.OpenApi;

/// <summary>What holds for the whole API: its name, its keys, its one error form.</summary>
internal static class DocumentDescription
{
    public const string Bearer = "bearer";
    public const string ProblemSchema = "Problem";
    private const string MistakeSchema = "FieldMistake";

    public static Task Describe(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo
        {
            Title = "WaGrains API",
            Version = "v1",
            Description = "Every error is an RFC 9457 problem with a stable `code`:\n\n" + string.Join(
                '\n', ProblemCodes.All.Select(known => $"- `{known.Code}` ({known.Status}): {known.Title}."))
                + ErrorDescription.Text(),
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            Description = "An API key, `wak_...`; for /admin the operator's key.",
        };
        document.Security =
            [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[MistakeSchema] = Mistake();
        document.Components.Schemas[ProblemSchema] = Shape(document);
        return Task.CompletedTask;
    }

    private static OpenApiSchema Mistake() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "param", "code", "detail" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["param"] = Text("JSON path in the body, or name of the parameter."),
            ["code"] = Text("Stable snake_case word: missing, unknown, wrong_type, too_long, ..."),
            ["detail"] = Text("The rule in words."),
        },
    };

    private static OpenApiSchema Shape(OpenApiDocument document)
    {
        var code = Text("Stable, for programs.");
        code.Enum = [.. ProblemCodes.All.Select(known => System.Text.Json.Nodes.JsonValue.Create(known.Code))];
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "type", "title", "status", "code", "request_id" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("Where the code is described."),
                ["title"] = Text("The kind of problem, the same for every occurrence."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = Text("What happened here."),
                ["code"] = code,
                [Problem.ParamMember] = Text("The field, where there is exactly one."),
                [Problem.ErrorsMember] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchemaReference(MistakeSchema, document),
                },
                [Problem.RetryMember] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Description = "After how many milliseconds trying again may help.",
                },
                [Problem.RequestMember] = Text("What to quote when asking about this answer; also in X-Request-Id."),
            },
        };
    }

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };
}
