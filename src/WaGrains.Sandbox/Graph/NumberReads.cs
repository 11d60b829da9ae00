using System.Text.Json;
using WaGrains.Sandbox.Judging;
using WaGrains.Sandbox.Sends;

namespace WaGrains.Sandbox.Graph;

/// <summary>Reads of a phone number node with `fields=` (facts 8, 10.5).</summary>
internal static class NumberReads
{
    private const string DefaultFields =
        "verified_name,code_verification_status,display_phone_number,quality_rating,id";

    private static readonly Dictionary<string, Action<Utf8JsonWriter, NumberState>> Readable = new()
    {
        ["id"] = (json, number) => json.WriteString("id", number.Id),
        ["display_phone_number"] = (json, number) => json.WriteString("display_phone_number", number.DisplayNumber),
        ["verified_name"] = (json, number) => json.WriteString("verified_name", number.VerifiedName),
        ["quality_rating"] = (json, number) => json.WriteString("quality_rating", number.QualityRating),
        ["status"] = (json, _) => json.WriteString("status", "CONNECTED"),
        ["code_verification_status"] = (json, _) => json.WriteString("code_verification_status", "VERIFIED"),
        ["name_status"] = (json, _) => json.WriteString("name_status", "APPROVED"),
        ["platform_type"] = (json, _) => json.WriteString("platform_type", "CLOUD_API"),
        ["account_mode"] = (json, _) => json.WriteString("account_mode", "LIVE"),
        ["is_on_biz_app"] = (json, _) => json.WriteBoolean("is_on_biz_app", false),
        ["is_official_business_account"] = (json, _) => json.WriteBoolean("is_official_business_account", false),
        ["is_pin_enabled"] = (json, _) => json.WriteBoolean("is_pin_enabled", true),
        ["messaging_limit_tier"] = (json, number) =>
            json.WriteString("messaging_limit_tier", number.Portfolio.Tier),
        ["whatsapp_business_manager_messaging_limit"] = (json, number) =>
            json.WriteString("whatsapp_business_manager_messaging_limit", number.Portfolio.Tier),
        ["throughput"] = (json, number) => Nested(json, "throughput", "level", number.ThroughputLevel),
        ["quality_score"] = (json, number) => Nested(json, "quality_score", "score", number.QualityRating),
        ["health_status"] = (json, _) => Nested(json, "health_status", "can_send_message", "AVAILABLE"),
    };

    public static GraphFault? Read(NumberState number, string? fields, out byte[] body)
    {
        body = [];
        var names = Split(string.IsNullOrWhiteSpace(fields) ? DefaultFields : fields);
        if (names.FirstOrDefault(each => !Readable.ContainsKey(each)) is { } unknown)
        {
            return new GraphFault(100, $"Tried accessing nonexisting field ({unknown}).");
        }

        body = JsonBytes.Write(json =>
        {
            json.WriteStartObject();
            foreach (var name in names.Append("id").Distinct())
            {
                Readable[name](json, number);
            }

            json.WriteEndObject();
        });
        return null;
    }

    /// <summary>Top-level names; what stands in braces is always returned whole.</summary>
    private static List<string> Split(string fields)
    {
        var names = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i <= fields.Length; i++)
        {
            var symbol = i < fields.Length ? fields[i] : ',';
            depth += symbol == '{' ? 1 : symbol == '}' ? -1 : 0;
            if (symbol == ',' && depth <= 0)
            {
                names.Add(fields[start..i].Split('{')[0].Trim());
                start = i + 1;
            }
        }

        return names;
    }

    private static void Nested(Utf8JsonWriter json, string name, string inner, string value)
    {
        json.WriteStartObject(name);
        json.WriteString(inner, value);
        json.WriteEndObject();
    }
}
