using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.OpenApi;

/// <summary>What an endpoint's metadata says of it: its roles, its codes, its headers.</summary>
internal static class OperationDescription
{
    private static readonly ProblemCode[] Always =
    [
        ProblemCodes.Unauthorized, ProblemCodes.ForbiddenRole, ProblemCodes.RateLimited, ProblemCodes.InternalError,
        ProblemCodes.Unavailable,
    ];

    private static readonly ProblemCode[] OfCommands =
    [
        ProblemCodes.MalformedBody, ProblemCodes.BodyTooLarge, ProblemCodes.UnsupportedMediaType,
        ProblemCodes.ValidationFailed, ProblemCodes.KeyReused,
    ];

    public static Task Describe(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isCommand = metadata.OfType<Accepted>().Any();
        var codes = Always
            .Concat(isCommand ? OfCommands : [])
            .Concat(metadata.OfType<Refusals>().SelectMany(each => each.Codes))
            .Distinct();
        operation.Responses ??= [];
        foreach (var status in codes.GroupBy(code => code.Status).OrderBy(group => group.Key))
        {
            operation.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] =
                Response(context.Document!, status);
        }

        if (metadata.OfType<Needed>().FirstOrDefault() is { Permission: var permission })
        {
            var roles = RoleTable.Allowed(permission);
            var who = roles.Count == 0 ? "the operator" : string.Join(", ", roles.Select(ApiJson.Word));
            operation.Description = string.Join("\n\n", new[] { operation.Description, $"Roles: {who}." }
                .Where(line => !string.IsNullOrEmpty(line)));
        }

        operation.Parameters ??= [];
        foreach (var known in operation.Parameters.OfType<OpenApiParameter>())
        {
            Rename(known);
        }

        if (isCommand)
        {
            operation.Parameters.Add(KeyHeader());
        }

        return Task.CompletedTask;
    }

    // The framework names a filter as the code does; queries are read in any case, but the API writes lower case.
    private static void Rename(OpenApiParameter parameter)
    {
        if (parameter.In == ParameterLocation.Query)
        {
            parameter.Name = parameter.Name?.ToLowerInvariant();
        }

        if (parameter.Name == "limit")
        {
            parameter.Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = "1",
                Maximum = PageRequest.LimitMax.ToString(CultureInfo.InvariantCulture),
            };
        }
    }

    private static OpenApiResponse Response(OpenApiDocument document, IEnumerable<ProblemCode> codes) => new()
    {
        Description = string.Join(", ", codes.Select(code => $"`{code.Code}`")),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new()
            {
                Schema = new OpenApiSchemaReference(DocumentDescription.ProblemSchema, document),
            },
        },
    };

    private static OpenApiParameter KeyHeader() => new()
    {
        Name = Command.Header,
        In = ParameterLocation.Header,
        Description = "The same key with the same body gets the first answer again, for seven days.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Command.KeyCharsMax },
    };
}
