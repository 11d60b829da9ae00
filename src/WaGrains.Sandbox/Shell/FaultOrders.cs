using System.Text.Json;

namespace WaGrains.Sandbox.Shell;

/// <summary>
/// Body of `POST /sandbox/faults`; any of: refuse_next {count, code}, fail_next {count, code}, lose_answers n,
/// never_answered share,
/// throttle_seconds n [with throttle_code], quality {phone_number_id, rating}, quality_event {phone_number_id, event,
/// limit}, messaging_limit {phone_number_id, users}, throughput {phone_number_id, per_second}, webhook {any object,
/// sent as it is}.
/// </summary>
internal static class FaultOrders
{
    private const int ThroughputReached = 130429;
    private const int CountMax = 1_000_000;
    private const double StormSecondsMax = 86_400;

    public static void Give(SandboxCore core, DateTimeOffset now, JsonElement order)
    {
        // All is read before anything is given, so that a mistake in one order does not leave half of them behind.
        List<Action> orders = [];
        foreach (var each in order.EnumerateObject())
        {
            orders.Add(Read(core, now, order, each));
        }

        orders.ForEach(each => each());
    }

    private static Action Read(SandboxCore core, DateTimeOffset now, JsonElement order, JsonProperty each)
    {
        var value = each.Value;
        switch (each.Name)
        {
            case "refuse_next":
                var (refuse, refuseCode) = (Count(value), Code(value));
                return () => core.RefuseNext(refuse, refuseCode);
            case "fail_next":
                var (fail, failCode) = (Count(value), Code(value));
                return () => core.FailNext(fail, failCode);
            case "lose_answers":
                var lost = Bounded(value.GetInt32());
                return () => core.LoseNextAnswers(lost);
            case "never_answered":
                var share = value.GetDouble();
                return share is >= 0 and <= 1
                    ? () => core.LeaveUnanswered(share)
                    : throw new ArgumentException("never_answered must be 0 to 1");
            case "throttle_seconds":
                var until = now + Seconds(value);
                var code = order.TryGetProperty("throttle_code", out var other) ? other.GetInt32() : ThroughputReached;
                return () => core.RefuseUntil(until, code);
            case "throttle_code":
                return () => { };
            case "quality":
                var (number, rating) = (NumberId(core, value), Text(value, "rating"));
                return () => core.SetQuality(number, rating);
            case "quality_event":
                var (id, name, limit) = (NumberId(core, value), Text(value, "event"), Text(value, "limit"));
                return () => core.QualityEvent(now, id, name, limit);
            case "messaging_limit":
                var (of, users) = (NumberId(core, value), value.GetProperty("users").GetInt32());
                return () => core.SetMessagingLimit(now, of, Bounded(users));
            case "throughput":
                var (slower, most) = (NumberId(core, value), Throughput(value));
                return () => core.SetThroughput(slower, most);
            case "webhook":
                var body = JsonSerializer.SerializeToUtf8Bytes(value);
                return () => core.PushWebhook(now, body);
            default:
                throw new ArgumentException($"Unknown fault: {each.Name}");
        }
    }

    private static int Count(JsonElement value) => Bounded(value.GetProperty("count").GetInt32());

    private static int Bounded(int count) =>
        count is >= 0 and <= CountMax ? count : throw new ArgumentException($"A count must be 0 to {CountMax}");

    private static int Throughput(JsonElement value) =>
        value.GetProperty("per_second").GetInt32() is >= 1 and <= CountMax and var most
            ? most
            : throw new ArgumentException($"per_second must be 1 to {CountMax}");

    private static TimeSpan Seconds(JsonElement value) =>
        value.GetDouble() is >= 0 and <= StormSecondsMax and var seconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentException($"throttle_seconds must be 0 to {StormSecondsMax}");

    private static string NumberId(SandboxCore core, JsonElement value) =>
        Text(value, "phone_number_id") is var id && core.NumberIds.Contains(id)
            ? id
            : throw new ArgumentException("phone_number_id is not one of this app's numbers");

    private static int Code(JsonElement value) => value.GetProperty("code").GetInt32();

    private static string Text(JsonElement value, string name) =>
        value.GetProperty(name).GetString() ?? throw new ArgumentException($"{name} must be a string");
}
