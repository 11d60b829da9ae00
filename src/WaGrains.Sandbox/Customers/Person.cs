using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using WaGrains.Sandbox.Graph;
using WaGrains.Sandbox.Judging;

namespace WaGrains.Sandbox.Customers;

/// <summary>
/// Someone on WhatsApp as a business may see them: some hide their number, only some have a username.
/// </summary>
/// <param name="WaId">Null for a hidden number.</param>
/// <param name="UserId">Business-scoped user id; always known.</param>
/// <param name="Name">Profile name; null if this person never wrote.</param>
/// <param name="Username">With its @, or null.</param>
internal sealed record Person(string? WaId, string UserId, string? Name, string? Username)
{
    private static readonly (string Prefix, string Country)[] Countries =
        [("55", "BR"), ("52", "MX"), ("54", "AR"), ("34", "ES"), ("49", "DE"), ("44", "GB"), ("1", "US")];

    /// <summary>What limits and windows are kept by.</summary>
    public string Key => WaId ?? UserId;

    /// <summary>
    /// A person known only by phone; the user id follows from it, so it is the same in every webhook.
    /// </summary>
    public static Person ByPhone(string waId) => new(waId, UserIdOf(waId), null, null);

    public static Person ByUserId(string userId) => new(null, userId, null, null);

    public static string UserIdOf(string waId)
    {
        var print = Print.Of("user", waId, [], "");
        var digits = BinaryPrimitives.ReverseEndianness((ulong)print) % 100_000_000_000_000;
        var country = Countries.FirstOrDefault(each => waId.StartsWith(each.Prefix, StringComparison.Ordinal)).Country;
        return string.Create(CultureInfo.InvariantCulture, $"{country ?? "US"}.{digits:D14}");
    }

    /// <summary>The entry of `contacts[]`.</summary>
    public byte[] ToContact() => JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        if (Name is not null)
        {
            json.WriteStartObject("profile");
            json.WriteString("name", Name);
            if (Username is not null)
            {
                json.WriteString("username", Username);
            }

            json.WriteEndObject();
        }

        if (WaId is not null)
        {
            json.WriteString("wa_id", WaId);
        }

        json.WriteString("user_id", UserId);
        json.WriteEndObject();
    });
}
