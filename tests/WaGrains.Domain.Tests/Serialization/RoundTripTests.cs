using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Tests.Serialization;

public sealed class RoundTripTests
{
    private static readonly DateTimeOffset Now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).AddTicks(7);

    [Fact]
    public void Paces_come_back_from_json_to_the_tick()
    {
        Assert.Equal(Gcra.Fresh(7.5).Take(Now), Back(Gcra.Fresh(7.5).Take(Now), StrictJson.Default.Gcra));
        Assert.Equal(new Pacing(1.5, 1, 9, Now), Back(new Pacing(1.5, 1, 9, Now), StrictJson.Default.Pacing));
        Assert.Equal(PairLimit.Full.Take(Now), Back(PairLimit.Full.Take(Now), StrictJson.Default.PairLimit));
        Assert.Equal(WarmUp.Begin(Now).OnRisk(Now), Back(WarmUp.Begin(Now).OnRisk(Now), StrictJson.Default.WarmUp));
    }

    private static T? Back<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(JsonSerializer.Serialize(value, type), type);
}
