using System.Text.Json.Serialization;
using WaGrains.Domain.Bots;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Routing;

namespace WaGrains.Domain.Tests.Serialization;

/// <summary>The attitude of our own stored states: what another assembly's generated context will do with Domain's
/// values.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Gcra))]
[JsonSerializable(typeof(Pacing))]
[JsonSerializable(typeof(PairLimit))]
[JsonSerializable(typeof(WarmUp))]
[JsonSerializable(typeof(DayTraffic))]
[JsonSerializable(typeof(PaceTerm))]
[JsonSerializable(typeof(KeywordRule))]
[JsonSerializable(typeof(OpeningPlan))]
[JsonSerializable(typeof(ForbiddenRule))]
[JsonSerializable(typeof(IdentityDecision))]
[JsonSerializable(typeof(AgentCapacity))]
[JsonSerializable(typeof(Candidate))]
internal sealed partial class StrictJson : JsonSerializerContext;
