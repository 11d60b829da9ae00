using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;

namespace WaGrains.Engine.Contacts;

/// <summary>What an unfinished merge of two contacts obliges to: each conversation of the younger becomes an alias of
/// the older's on the same number.</summary>
public static class MergeHints
{
    /// <summary>One hint per conversation that is not an alias yet.</summary>
    public static IReadOnlyList<Effect> Of(OpenMerge merge) =>
    [
        .. merge.Conversations.Select(conversation => new Tell(
            OwnerKey.Of(merge.Tenant, conversation),
            new MergeInto(new ConversationId(conversation.Number, merge.Into)))),
    ];
}
