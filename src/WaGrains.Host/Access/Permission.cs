namespace WaGrains.Host.Access;

/// <summary>What a caller may be allowed to do; <see cref="RoleTable"/> says who may.</summary>
public enum Permission
{
    /// <summary>Make and list tenants: with the operator's key alone.</summary>
    Operate,

    /// <summary>Read the tenant's configuration.</summary>
    ReadConfiguration,

    /// <summary>Replace the tenant's configuration.</summary>
    ChangeConfiguration,

    /// <summary>Make, list and end keys.</summary>
    HandleKeys,

    /// <summary>See numbers and their pace.</summary>
    ReadNumbers,

    /// <summary>Add, change, stop and resume numbers.</summary>
    ChangeNumbers,

    /// <summary>See conversations and their messages; an agent only its own and those that wait in its teams.</summary>
    ReadConversations,

    /// <summary>See the messages of the whole tenant.</summary>
    ReadAllMessages,

    /// <summary>
    /// Write in a conversation, hand it over, close it, withdraw a message; an agent only where it is the holder.
    /// </summary>
    ActInConversations,

    /// <summary>Write to anybody, and reopen conversations: what no agent holds.</summary>
    StartConversations,

    /// <summary>See agents and teams.</summary>
    ReadStaff,

    /// <summary>Add and change agents and teams.</summary>
    ChangeStaff,

    /// <summary>Say that an agent comes or goes; an agent only for itself.</summary>
    SetPresence,

    /// <summary>See alerts.</summary>
    ReadAlerts,

    /// <summary>Follow everything that happens in the tenant.</summary>
    ReadEvents,
}
