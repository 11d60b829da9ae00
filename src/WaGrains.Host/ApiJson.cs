using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using WaGrains.Host.Agents;
using WaGrains.Host.Alerts;
using WaGrains.Host.Conversations;
using WaGrains.Host.Events;
using WaGrains.Host.Forecasts;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Lists;
using WaGrains.Host.Messages;
using WaGrains.Host.PhoneNumbers;
using WaGrains.Host.Problems;
using WaGrains.Host.Sends;
using WaGrains.Host.Stops;
using WaGrains.Host.Teams;
using WaGrains.Host.Tenants;
using WaGrains.Host.Timelines;

namespace WaGrains.Host;

/// <summary>The JSON of the API: snake_case, strict on the way in, with every member present on the way out.</summary>
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(IReadOnlyList<FieldMistake>))]
[JsonSerializable(typeof(List<FieldMistake>))]
[JsonSerializable(typeof(FieldMistake[]))]
[JsonSerializable(typeof(NoBody))]
[JsonSerializable(typeof(AssignRequest))]
[JsonSerializable(typeof(SendRequest))]
[JsonSerializable(typeof(StartRequest))]
[JsonSerializable(typeof(NumberRequest))]
[JsonSerializable(typeof(RiskRequest))]
[JsonSerializable(typeof(AgentRequest))]
[JsonSerializable(typeof(PresenceRequest))]
[JsonSerializable(typeof(TeamRequest))]
[JsonSerializable(typeof(ConfigurationRequest))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(TenantRequest))]
[JsonSerializable(typeof(Page<ConversationResource>))]
[JsonSerializable(typeof(Page<MessageResource>))]
[JsonSerializable(typeof(Page<NumberResource>))]
[JsonSerializable(typeof(Page<AgentResource>))]
[JsonSerializable(typeof(Page<TeamResource>))]
[JsonSerializable(typeof(Page<KeyResource>))]
[JsonSerializable(typeof(Page<TenantResource>))]
[JsonSerializable(typeof(Page<AlertResource>))]
[JsonSerializable(typeof(BulkRequest))]
[JsonSerializable(typeof(Page<BulkResource>))]
[JsonSerializable(typeof(BulkProgress))]
[JsonSerializable(typeof(Page<BulkRecipientResource>))]
[JsonSerializable(typeof(ForecastResource))]
[JsonSerializable(typeof(TimelineResource))]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(EventResource))]
[JsonSerializable(typeof(QueuedResource))]
[JsonSerializable(typeof(PaceResource))]
[JsonSerializable(typeof(Page<PaceChangeResource>))]
[JsonSerializable(typeof(Page<StopResource>))]
[JsonSerializable(typeof(ConfigurationResource))]
[JsonSerializable(typeof(NewKeyResource))]
[JsonSerializable(typeof(NewTenantResource))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    // Lazy: the generated half of this class sets its own statics in no stated order.
    private static readonly Lazy<JsonSerializerOptions> Made = new(MakeStrict);

    /// <summary>Exactly the types of this page: anything else is a mistake of ours and fails loudly.</summary>
    public static JsonSerializerOptions Strict => Made.Value;

    /// <summary>The word for a value of a closed set.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>Makes the framework write and describe as this page does; its own types it may still bring.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        Set(options);
        options.TypeInfoResolverChain.Insert(0, Default);
    }

    private static JsonSerializerOptions MakeStrict()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = Default };
        Set(options);
        options.MakeReadOnly();
        return options;
    }

    private static void Set(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.PropertyNameCaseInsensitive = false;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new SnakeCaseWords());
    }
}

/// <summary>Closed sets travel as snake_case words, never as numbers.</summary>
internal sealed class SnakeCaseWords()
    : JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
