using System.Globalization;
using WaGrains.Domain.Messaging;

namespace WaGrains.Storage.Rows;

/// <summary>What of a message's status matters for the budget that is held for it.</summary>
internal static class BudgetColumns
{
    /// <summary>The statuses after which a message may still be delivered and is not yet, for a condition.</summary>
    public static readonly string OpenStatuses = string.Join(
        ", ",
        Enum.GetValues<MessageStatus>().Where(status => !IsSettled(status))
            .Select(status => ((int)status).ToString(CultureInfo.InvariantCulture)));

    /// <summary>Whether it is known that it has arrived, or how it ended.</summary>
    public static bool IsSettled(MessageStatus status) => status
        is not (MessageStatus.Received or MessageStatus.Queued or MessageStatus.Accepted or MessageStatus.Sent);
}
