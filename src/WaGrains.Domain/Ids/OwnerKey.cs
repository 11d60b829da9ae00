using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace WaGrains.Domain.Ids;

/// <summary>What may own state and take turns.</summary>
public enum OwnerKind
{
    /// <summary>A tenant's configuration, keys and rules.</summary>
    Tenant = 1,

    /// <summary>A business phone number and its send queue.</summary>
    PhoneNumber = 2,

    /// <summary>A conversation.</summary>
    Conversation = 3,

    /// <summary>A team and its waiting queue.</summary>
    Team = 4,

    /// <summary>An agent and what it holds.</summary>
    Agent = 5,

    /// <summary>The tenant's directory of contacts: rows under unique keys, written at the rim, without a state of its
    /// own.</summary>
    Contacts = 6,

    /// <summary>One message to many recipients.</summary>
    BulkSend = 7,

    /// <summary>A business portfolio and what its numbers may spend of its messaging limit.</summary>
    Portfolio = 8,
}

/// <summary>The address of one owner of state; the tenant is part of it, so nothing is ever found across
/// tenants.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">Its id's raw value; 0 for the tenant itself and for its contacts.</param>
[JsonConverter(typeof(TextIdConverter<OwnerKey>))]
public readonly record struct OwnerKey(OwnerKind Kind, TenantId Tenant, UInt128 Id) : IParsable<OwnerKey>
{
    /// <summary>The owner of a tenant's configuration.</summary>
    public static OwnerKey Of(TenantId tenant) => new(OwnerKind.Tenant, tenant, 0);

    /// <summary>The owner of a number.</summary>
    public static OwnerKey Of(TenantId tenant, PhoneNumberId id) => new(OwnerKind.PhoneNumber, tenant, id.Value);

    /// <summary>The owner of a conversation.</summary>
    public static OwnerKey Of(TenantId tenant, ConversationId id) => new(OwnerKind.Conversation, tenant, id.Value);

    /// <summary>The owner of a team.</summary>
    public static OwnerKey Of(TenantId tenant, TeamId id) => new(OwnerKind.Team, tenant, id.Value);

    /// <summary>The owner of an agent.</summary>
    public static OwnerKey Of(TenantId tenant, AgentId id) => new(OwnerKind.Agent, tenant, id.Value);

    /// <summary>The owner of a tenant's directory of contacts.</summary>
    public static OwnerKey ContactsOf(TenantId tenant) => new(OwnerKind.Contacts, tenant, 0);

    /// <summary>The owner of a bulk send.</summary>
    public static OwnerKey Of(TenantId tenant, BulkSendId id) => new(OwnerKind.BulkSend, tenant, id.Value);

    /// <summary>The owner of a portfolio.</summary>
    public static OwnerKey Of(TenantId tenant, PortfolioId id) => new(OwnerKind.Portfolio, tenant, id.Value);

    /// <summary>The conversation this addresses; call only where <see cref="Kind"/> says so.</summary>
    [JsonIgnore]
    public ConversationId Conversation => ConversationId.FromValue(Id);

    /// <summary>The number this addresses; call only where <see cref="Kind"/> says so.</summary>
    [JsonIgnore]
    public PhoneNumberId Number => new((ulong)Id);

    /// <summary>The team this addresses; call only where <see cref="Kind"/> says so.</summary>
    [JsonIgnore]
    public TeamId Team => new((ulong)Id);

    /// <summary>The agent this addresses; call only where <see cref="Kind"/> says so.</summary>
    [JsonIgnore]
    public AgentId Agent => new((ulong)Id);

    /// <summary>The bulk send this addresses; call only where <see cref="Kind"/> says so.</summary>
    [JsonIgnore]
    public BulkSendId BulkSend => new((ulong)Id);

    /// <summary>The portfolio this addresses; call only where <see cref="Kind"/> says so.</summary>
    [JsonIgnore]
    public PortfolioId Portfolio => new((ulong)Id);

    /// <summary>Tenant and public id, <c>demo/conv_...</c>: the grain key, which with the kind is the whole
    /// address.</summary>
    [JsonIgnore]
    public string Path => Kind switch
    {
        OwnerKind.Tenant => Tenant.Value,
        OwnerKind.PhoneNumber => $"{Tenant}/{Number}",
        OwnerKind.Conversation => $"{Tenant}/{Conversation}",
        OwnerKind.Team => $"{Tenant}/{Team}",
        OwnerKind.Agent => $"{Tenant}/{Agent}",
        OwnerKind.Contacts => $"{Tenant}/contacts",
        OwnerKind.BulkSend => $"{Tenant}/{BulkSend}",
        OwnerKind.Portfolio => $"{Tenant}/{Portfolio}",
    };

    /// <inheritdoc/>
    public override string ToString() => $"{(int)Kind}:{Path}";

    /// <summary>The owner whose kind and <see cref="Path"/> these are.</summary>
    /// <exception cref="FormatException">No owner of that kind has such a path.</exception>
    public static OwnerKey Parse(OwnerKind kind, string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var tenant = TenantId.Parse(slash < 0 ? path : path[..slash]);
        var id = path[(slash + 1)..];
        return kind switch
        {
            OwnerKind.Tenant => Of(tenant),
            OwnerKind.PhoneNumber => Of(tenant, PhoneNumberId.Parse(id)),
            OwnerKind.Conversation => Of(tenant, ConversationId.Parse(id)),
            OwnerKind.Team => Of(tenant, TeamId.Parse(id)),
            OwnerKind.Agent => Of(tenant, AgentId.Parse(id)),
            OwnerKind.Contacts => ContactsOf(tenant),
            OwnerKind.BulkSend => Of(tenant, BulkSendId.Parse(id)),
            OwnerKind.Portfolio => Of(tenant, PortfolioId.Parse(id)),
        };
    }

    /// <inheritdoc/>
    public static OwnerKey Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse((OwnerKind)(s[0] - '0'), s[2..]);
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OwnerKey result)
    {
        result = default;
        if (s is not { Length: > 2 } || s[0] is < '1' or > '8' || s[1] != ':')
        {
            return false;
        }

        try
        {
            result = Parse(s, provider);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
