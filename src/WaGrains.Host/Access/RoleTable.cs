using WaGrains.Domain.Tenants;

namespace WaGrains.Host.Access;

/// <summary>Which role may do what: the whole table.</summary>
public static class RoleTable
{
    private static readonly Role[] Everyone = [Role.Owner, Role.Supervisor, Role.Agent, Role.ReadOnly];
    private static readonly Role[] Overseers = [Role.Owner, Role.Supervisor, Role.ReadOnly];
    private static readonly Role[] Leaders = [Role.Owner, Role.Supervisor];
    private static readonly Role[] Workers = [Role.Owner, Role.Supervisor, Role.Agent];

    /// <summary>The roles of a tenant that may; none where only the operator may.</summary>
    public static IReadOnlyList<Role> Allowed(Permission permission) => permission switch
    {
        Permission.Operate => [],
        Permission.ReadConfiguration => Overseers,
        Permission.ChangeConfiguration => [Role.Owner],
        Permission.HandleKeys => [Role.Owner],
        Permission.ReadNumbers => Overseers,
        Permission.ChangeNumbers => [Role.Owner],
        Permission.ReadConversations => Everyone,
        Permission.ReadAllMessages => Overseers,
        Permission.ActInConversations => Workers,
        Permission.StartConversations => Leaders,
        Permission.ReadStaff => Everyone,
        Permission.ChangeStaff => Leaders,
        Permission.SetPresence => Workers,
        Permission.ReadAlerts => Overseers,
        Permission.ReadEvents => Overseers,
    };
}
