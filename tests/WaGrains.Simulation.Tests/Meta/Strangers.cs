using System.Text;
using System.Text.Json;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Meta;

/// <summary>
/// People whose names come piece by piece: first by phone, then by user id, then both at once; numbers that change; and
/// in the calm after the storm one faithful person per number who keeps the webhooks flowing.
/// </summary>
internal sealed class Strangers
{
    private static readonly string[] Words =
        ["Hello", "What is the price?", "I want an agent", "stop", "Qual o horário?", "Still there?"];

    private readonly SimWorld _world;
    private readonly SimTenant _tenant;
    private readonly Dice _dice;
    private readonly List<(string? Phone, string? UserId)> _people = [];
    private int _wamids;

    private Strangers(SimWorld world, SimTenant tenant)
    {
        (_world, _tenant) = (world, tenant);
        _dice = Dice.For(world.Plan.Seed, 40 + tenant.Id.Value.Length);
        for (var i = 0; i < 6; i++)
        {
            _people.Add(($"49151123400{i:D2}", $"DE.9900{i:D2}"));
        }
    }

    public static void Begin(SimWorld world, SimTenant tenant)
    {
        var strangers = new Strangers(world, tenant);
        world.After(strangers._dice.Exponential(20), strangers.Happen);
        world.After(world.Plan.Storm, strangers.Trickle);
    }

    private void Happen()
    {
        if (!_world.IsStormy)
        {
            return;
        }

        var who = _dice.Below(_people.Count);
        var (phone, userId) = _people[who];
        switch (_dice.Below(10))
        {
            case 0 or 1 or 2:
                Write(phone, null);
                break;
            case 3 or 4 or 5:
                Write(null, userId);
                break;
            case 6 or 7:
                Write(phone, userId);
                break;
            case 8:
                var next = $"49151123{_dice.Below(90) + 10}{who:D2}";
                _people[who] = (next, userId);
                Push("messages", System(phone!, next));
                break;
            default:
                var other = $"DE.88{_dice.Below(90) + 10}{who:D2}";
                _people[who] = (phone, other);
                Push("user_id_update", UserIdUpdate(phone!, userId!, other));
                break;
        }

        _world.After(_dice.Exponential(20), Happen);
    }

    private void Trickle()
    {
        foreach (var number in _tenant.Numbers)
        {
            var message = Message("4915770000001", null, "reaction", new { message_id = "wamid.none", emoji = "🙂" });
            Push("messages", new { messages = new[] { message } }, number);
        }

        _world.After(TimeSpan.FromSeconds(25), Trickle);
    }

    private void Write(string? phone, string? userId)
    {
        var message = Message(phone, userId, "text", new { body = _dice.Pick(Words) });
        object[] contacts = [new Dictionary<string, object?> { ["wa_id"] = phone, ["user_id"] = userId }];
        Push("messages", new { contacts, messages = new[] { message } });
    }

    private Dictionary<string, object?> Message(string? phone, string? userId, string type, object content) => new()
    {
        ["from"] = phone,
        ["from_user_id"] = userId,
        ["id"] = $"wamid.STRANGER{(_world.Plan.Seed % 2 == 0 ? "" : _tenant.Id)}{++_wamids}",
        ["timestamp"] = Seconds(),
        ["type"] = type,
        [type] = content,
    };

    private object System(string from, string to) => new
    {
        messages =
            new[] { Message(from, null, "system", new { type = "user_changed_number", wa_id = to, body = "changed" }) },
    };

    private object UserIdUpdate(string phone, string previous, string current) => new
    {
        user_id_update = new[]
        {
            new { wa_id = phone, detail = "changed", user_id = new { previous, current }, timestamp = Seconds() },
        },
    };

    private string Seconds() => FormattableString.Invariant($"{_world.Clock.Now.ToUnixTimeSeconds()}");

    private void Push(string field, object value, SimNumber? number = null)
    {
        var metadata = new { display_phone_number = "551140000011",
            phone_number_id = (number ?? _dice.Pick(_tenant.Numbers)).MetaId };
        var fields = JsonSerializer.SerializeToNode(value)!.AsObject();
        fields["messaging_product"] = "whatsapp";
        fields["metadata"] = JsonSerializer.SerializeToNode(metadata);
        foreach (var list in fields.Where(field => field.Value is global::System.Text.Json.Nodes.JsonArray).ToList())
        {
            foreach (var item in list.Value!.AsArray())
            {
                foreach (var empty in item!.AsObject().Where(part => part.Value is null).Select(part => part.Key)
                    .ToList())
                {
                    item.AsObject().Remove(empty);
                }
            }
        }

        var body = new
        {
            @object = "whatsapp_business_account",
            entry = new[] { new { id = "710000000000001", changes = new[] { new { field, value = fields } } } },
        };
        _tenant.Sandbox.PushWebhook(_world.Clock.Now, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body)));
        _world.Meta.Step(_tenant);
    }
}
