using System.Text.Json.Serialization;
using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Tests.Serialization;

/// <summary>The attitude of our own stored states: what another assembly's generated context will do with Domain's values.</summary>
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
[JsonSerializable(typeof(EffectiveRate))]
internal sealed partial class StrictJson : JsonSerializerContext;
