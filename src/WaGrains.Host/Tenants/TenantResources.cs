using WaGrains.Domain.Bots;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Host.Access;

namespace WaGrains.Host.Tenants;

/// <summary>A tenant's configuration with its version.</summary>
/// <param name="Version">Counts the changes; give it back with a change to lose nobody else's.</param>
/// <param name="Configuration">Everything the tenant may set.</param>
internal sealed record ConfigurationResource(long Version, ConfigurationBody Configuration)
{
    public static ConfigurationResource Of(TenantState state) =>
        new(state.Version, ConfigurationBody.Of(state.Configuration));
}

/// <summary>A configuration to replace the present one as a whole.</summary>
/// <param name="Configuration">The new one.</param>
/// <param name="Version">The version it was based on; refused if another change came in between. Not checked unless
/// given.</param>
internal sealed record ConfigurationRequest(ConfigurationBody? Configuration = null, long? Version = null);

/// <summary>Everything a tenant may set; what a request leaves out is as in a new tenant.</summary>
/// <param name="Keywords">Answers to keywords.</param>
/// <param name="Forbidden">Words that may not leave.</param>
/// <param name="OptOutWords">Further words by which a contact asks to be left alone.</param>
/// <param name="BusinessHours">When people answer; always unless given.</param>
/// <param name="OffHoursReply">What is said outside business hours; nothing unless given.</param>
/// <param name="DefaultTeam">The team that gets what no rule answers; left to the bot unless given.</param>
/// <param name="CloseIdleHours">A conversation in which nothing happens for so long is closed; 1 to 720 hours.</param>
/// <param name="ResendUnknown">Whether a send whose outcome stays unknown is sent again; no unless given.</param>
/// <param name="Retention">For how long after its month (UTC) a message is kept; a change holds from the next
/// month.</param>
/// <param name="Pacing">How numbers are paced.</param>
/// <param name="ConsentReplies">What a contact is told whose opt-out or return is honoured.</param>
internal sealed record ConfigurationBody(
    IReadOnlyList<KeywordRule>? Keywords = null,
    IReadOnlyList<ForbiddenRule>? Forbidden = null,
    IReadOnlyList<string>? OptOutWords = null,
    OpeningPlan? BusinessHours = null,
    string? OffHoursReply = null,
    TeamId? DefaultTeam = null,
    int? CloseIdleHours = null,
    bool? ResendUnknown = null,
    Retention? Retention = null,
    PacingBody? Pacing = null,
    ConsentRepliesBody? ConsentReplies = null)
{
    public static ConfigurationBody Of(TenantConfiguration configuration) => new(
        configuration.Keywords,
        configuration.Forbidden,
        configuration.OptOutWords,
        configuration.BusinessHours,
        configuration.OffHoursReply,
        configuration.DefaultTeam,
        configuration.CloseIdleHours,
        configuration.ResendUnknown,
        configuration.Retention,
        PacingBody.Of(configuration.Pacing ?? PacingRules.Default),
        ConsentRepliesBody.Of(configuration.ConsentReplies ?? Domain.Filtering.ConsentReplies.Default));

    public TenantConfiguration Over(TenantConfiguration usual) => new()
    {
        Keywords = Keywords ?? usual.Keywords,
        Forbidden = Forbidden ?? usual.Forbidden,
        OptOutWords = OptOutWords ?? usual.OptOutWords,
        BusinessHours = BusinessHours ?? usual.BusinessHours,
        OffHoursReply = OffHoursReply ?? usual.OffHoursReply,
        DefaultTeam = DefaultTeam ?? usual.DefaultTeam,
        CloseIdleHours = CloseIdleHours ?? usual.CloseIdleHours,
        ResendUnknown = ResendUnknown ?? usual.ResendUnknown,
        Retention = Retention ?? usual.Retention,
        Pacing = Pacing?.Rules ?? usual.Pacing,
        ConsentReplies = ConsentReplies?.Replies ?? usual.ConsentReplies,
    };
}

/// <summary>A key to make.</summary>
/// <param name="Name">What it is for, 1 to 100 characters.</param>
/// <param name="Role">owner, supervisor, agent or read_only.</param>
/// <param name="AgentId">The agent it speaks for; needed for the role agent, and only there.</param>
internal sealed record KeyRequest(string? Name = null, Role? Role = null, AgentId? AgentId = null);

/// <summary>A key to the tenant's API.</summary>
/// <param name="Id">Names the key without opening anything.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do.</param>
/// <param name="AgentId">The agent it speaks for.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record KeyResource(string Id, string Name, Role Role, AgentId? AgentId, DateTimeOffset CreatedAt)
{
    public static KeyResource Of(ApiKeyAdded key) =>
        new(ApiKeySecret.IdOf(key.Hash), key.Name, key.Role, key.Agent, key.At);
}

/// <summary>A new key. Its text is shown here and never again.</summary>
/// <param name="Id">Names the key without opening anything.</param>
/// <param name="Key">The key itself.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do.</param>
/// <param name="AgentId">The agent it speaks for.</param>
internal sealed record NewKeyResource(string Id, string Key, string Name, Role Role, AgentId? AgentId)
{
    /// <summary>Keeps the key out of logs and failure messages.</summary>
    public override string ToString() => Id;
}

/// <summary>A tenant to make.</summary>
/// <param name="Id">A slug of 1 to 32 of a-z 0-9 -, first a letter; never changed.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Configuration">How it begins; empty unless given.</param>
internal sealed record TenantRequest(TenantId? Id = null, string? Name = null, ConfigurationBody? Configuration = null);

/// <summary>A tenant.</summary>
/// <param name="Id">Its slug.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of its configuration.</param>
/// <param name="Configuration">Everything it may set.</param>
internal sealed record TenantResource(TenantId Id, string Name, long Version, ConfigurationBody Configuration)
{
    public static TenantResource Of(TenantState state) =>
        new(state.Id, state.Name, state.Version, ConfigurationBody.Of(state.Configuration));
}

/// <summary>A new tenant with its first key, which is shown here and never again.</summary>
/// <param name="Id">Its slug.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of its configuration.</param>
/// <param name="Configuration">Everything it may set.</param>
/// <param name="OwnerKey">A key with the role owner.</param>
internal sealed record NewTenantResource(
    TenantId Id, string Name, long Version, ConfigurationBody Configuration, string OwnerKey)
{
    public static NewTenantResource Of(TenantState state, ApiKeySecret key) =>
        new(state.Id, state.Name, state.Version, ConfigurationBody.Of(state.Configuration), key.Text);

    /// <summary>Keeps the key out of logs and failure messages.</summary>
    public override string ToString() => Id.Value;
}
