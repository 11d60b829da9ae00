namespace WaGrains.Sandbox.Statuses;

/// <summary>What can be said about an outbound message (facts 3.6).</summary>
internal enum StatusKind
{
    Sent,
    Delivered,
    Read,
    Played,
    Failed,
}
