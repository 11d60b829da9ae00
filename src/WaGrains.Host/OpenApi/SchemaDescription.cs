using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using WaGrains.Domain.Ids;

namespace WaGrains.Host.OpenApi;

/// <summary>Types whose JSON the framework cannot see into.</summary>
internal static class SchemaDescription
{
    private static readonly Dictionary<Type, string> Ids = new()
    {
        [typeof(AgentId)] = "^agt_[0-9a-z]{13}$",
        [typeof(ContactId)] = "^ct_[0-9a-z]{13}$",
        [typeof(ConversationId)] = "^conv_[0-9a-z]{26}$",
        [typeof(MessageId)] = "^msg_[0-9a-z]{26}$",
        [typeof(PhoneNumberId)] = "^pn_[0-9a-z]{13}$",
        [typeof(TeamId)] = "^team_[0-9a-z]{13}$",
        [typeof(TenantId)] = "^[a-z][a-z0-9-]{0,31}$",
    };

    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = context.JsonTypeInfo.Type;
        var inner = Nullable.GetUnderlyingType(type);
        if (Ids.TryGetValue(inner ?? type, out var pattern))
        {
            schema.Type = inner is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Pattern = pattern;
        }
        else if ((inner ?? type) == typeof(JsonElement))
        {
            schema.Description ??= "An object in the Cloud API's own shape.";
        }

        return Task.CompletedTask;
    }
}
